import type { Mention } from '#schemas/records/description.ts';
import { FORMATS, type FormatName, formatOf } from '../formats/index.ts';
import type { Keys } from '../ports/index.ts';
import { identifiersIn, nameKey } from './names.ts';
import { isAbsolute, resolveLink } from './resolve-link.ts';

/** More are a list of everything; each costs a row in the index of names. */
export const MOST_MENTIONS = 100;
const LONGEST = 200;

const ADDRESS = /https?:\/\/[^\s<>"'“”()[\]{}|\\^`]+/giu;
const EXTENSIONS = (Object.keys(FORMATS) as FormatName[]).flatMap((name) =>
  formatOf(name).extensions.map((extension) => extension.slice(1)),
);
const FILE = new RegExp(
  `(?<![\\p{L}\\p{N}/.@_-])[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,80}\\.(?:${EXTENSIONS.join('|')})(?![\\p{L}\\p{N}_/-])`,
  'giu',
);
/** `see "Supply agreement"`, `siehe auch das Dokument „Hausordnung“` */
const QUOTED =
  /(?<!\p{L})(?:see|cf\.?|refer to|siehe|vgl\.?|gemäß|voir|cf|véase|ver|vedi|zie)\s+(?:[\p{L}.]+\s+){0,3}?["“„«‚]\s?([^"“”„«»\n]{4,120}?)\s?["”“»‘]/giu;

const trimmed = (address: string): string => address.replace(/[.,;:!?]+$/, '');
const mention = (text: string, by: Mention['by'], key: string): Mention => ({ text: text.slice(0, LONGEST), by, key });

/** Each once, but for what is the document itself. */
export function distinct(mentions: readonly Mention[], own: readonly string[]): Mention[] {
  const seen = new Set(own);
  return mentions
    .filter(({ key }) => {
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .slice(0, MOST_MENTIONS);
}

/** Links of a file. `shown`: the same links without personal data. */
export const linkMentions = (keys: Keys, from: string, links: readonly string[], shown: readonly string[]): Mention[] =>
  links.flatMap((link, i) => {
    const uri = resolveLink(from, link);
    return uri === undefined ? [] : [mention(shown[i] ?? '', isAbsolute(link) ? 'address' : 'link', nameKey(keys, 'uri', uri))];
  });

/** What a text says of other documents: addresses, names of files, quoted titles, numbers. */
export function textMentions(keys: Keys, text: string, identifiers: RegExp | undefined): Mention[] {
  const addresses = [...text.matchAll(ADDRESS)].map(([found]) => trimmed(found));
  return [
    ...addresses.map((found) => mention(found, 'address', nameKey(keys, 'uri', resolveLink('', found) ?? found))),
    ...[...text.matchAll(FILE)].map(([found]) => mention(found, 'name', nameKey(keys, 'file', found))),
    ...[...text.matchAll(QUOTED)].map(([, title = '']) => mention(title, 'name', nameKey(keys, 'title', title))),
    ...identifiersIn(text, identifiers).map((found) => mention(found, 'identifier', nameKey(keys, 'identifier', found))),
  ];
}
