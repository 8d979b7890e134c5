import type { Keys } from '../ports/index.ts';
import type { TraceKind } from '../ports/traces.ts';

/** Traces by which documents find each other. */
export const NAMING = ['name', 'reference', 'address'] as const satisfies readonly TraceKind[];

/** By what a document can be named. */
type NameKind = 'uri' | 'file' | 'title' | 'identifier';

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A keyed hash of a name: what leads from a mention to the documents that bear it. */
export function nameKey(keys: Keys, kind: NameKind, name: string): string {
  const exact = kind === 'uri' ? name.normalize('NFC') : kind === 'file' ? name.normalize('NFC').toLowerCase() : plain(name);
  return keys.hash('name', `${kind}\u0000${exact}`);
}

/** How far into a text a document's own number stands. */
const HEAD = 400;
/** What a line begins with, or has behind `Document no.`, `Ref:` */
const labelled = (text: string): string =>
  [...text.matchAll(/^(?:[\p{L} ]{0,30}(?::|\bno\.|\bnr\.|#)\s*)?(\S+)/gimu)].map(([, first]) => first).join('\n');

/** Shorter titles (`Notes`) are those of many. */
const SHORTEST_TITLE = 6;

export type Named = { uri: string; title: string | undefined; text: string };

export const identifiersIn = (text: string, pattern: RegExp | undefined): string[] =>
  pattern ? [...new Set([...text.matchAll(pattern)].map(([found]) => found))] : [];

/** The keys of a document's own names: its address, its file's name, its title, and the number that it bears. */
export function ownNames(keys: Keys, { uri, title, text }: Named, identifiers: RegExp | undefined): string[] {
  const file = uri.slice(uri.lastIndexOf('/') + 1);
  // In its title or its file's name a number is its own; of those that begin a first line, or stand there behind a label, the first.
  const borne = identifiersIn(`${title ?? ''}\n${file}`, identifiers);
  const own = borne.length > 0 ? borne : identifiersIn(labelled(text.slice(0, HEAD)), identifiers).slice(0, 1);
  return [
    nameKey(keys, 'uri', uri),
    ...(file === '' ? [] : [nameKey(keys, 'file', file)]),
    ...(title !== undefined && title.length >= SHORTEST_TITLE ? [nameKey(keys, 'title', title)] : []),
    ...own.map((name) => nameKey(keys, 'identifier', name)),
  ];
}
