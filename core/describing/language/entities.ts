import type { Entity } from '../../ports/language.ts';
import { factsOf } from '../../purify/names/lexicon.ts';
import { countryOf } from './countries.ts';
import { DATE, isoDay } from './dates.ts';

/** What companies call themselves by, at the end of their name. */
const LEGAL =
  /^(?:GmbH|mbH|AG|KG|KGaA|OHG|SE|UG|e\.?V|eG|Ltd|Limited|LLC|LLP|PLC|plc|Inc|Incorporated|Corp|Corporation|Co|Company|S\.?A|S\.?A\.?S|S\.?A\.?R\.?L|S\.?p\.?A|S\.?r\.?l|S\.?L|Lda|Ltda|B\.?V|N\.?V|Oy|AB|ASA|ApS|A\/S|Pty|Group|Holdings?)$/u;
/** What institutions are: a name with one of these in it is one. */
const INSTITUTION =
  /^(?:University|College|Institute|Institution|Bank|Trust|Ministry|Department|Agency|Authority|Council|Commission|Committee|Association|Foundation|Federation|Society|Union|Hospital|Clinic|Court|Parliament|Museum|Library|Corporation|Consortium|Laborator(?:y|ies)|Services|Systems|Technologies|Industries|Insurance|Solutions|Partners|Software|Pharmaceuticals|Universität|Hochschule|Institut|Stiftung|Verband|Verein|Ministerium|Behörde|Kammer|Stadtwerke|Klinikum|Krankenhaus|Sparkasse|Versicherung|Bundesamt|Landesamt|Amtsgericht|Landgericht|Université|Banque|Ministère|Fondation|Hôpital|Société|Universidad|Banco|Ministerio|Fundación|Sociedad|Asociación|Università|Banca|Ministero|Fondazione|Società|Universiteit|Ministerie|Stichting|Universidade|Ministério|Fundação)$/u;
/** Words that stand within names. */
const WITHIN = /^(?:of|for|and|the|&|de|des|du|la|le|les|del|della|di|der|die|das|für|und|van|voor|en|y|e|do|da|dos)$/u;
/** After these a place is likely. */
const BEFORE_PLACE = /^(?:in|at|from|near|to|into|aus|nach|bei|über|von|à|en|dans|vers|desde|hacia|a|in|da|te|naar|uit|em)$/u;

const TOKEN = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}'’&/-]|\.(?=\p{L}))*|&/gu;
const LONGEST = 8;
/** Words of a run; what is longer is a list, and is cut. */
const LONGEST_RUN = 40;

type Token = { text: string; start: number; end: number };

const isNamed = ({ text }: Token): boolean => /^\p{Lu}/u.test(text);

/** `Kestrelbrook Pumps, Inc`, `Müller GmbH & Co. KG` */
const goesOn = (between: string, word: string): boolean =>
  /^(?:[ \t]{1,2}|\n|)$/.test(between) || (/^(?:, |\. )$/.test(between) && LEGAL.test(word) && word !== 'Co');

/** Runs of words that begin large, with what stands within names between them; nothing but a blank lies between two words. */
function runsOf(text: string): Token[][] {
  const runs: Token[][] = [];
  let run: Token[] = [];
  const close = (): void => {
    while (run.length > 0 && WITHIN.test(run.at(-1)?.text ?? '')) run.pop();
    if (run.length > 0) runs.push(run);
    run = [];
  };
  for (const match of text.matchAll(TOKEN)) {
    const token = { text: match[0], start: match.index, end: match.index + match[0].length };
    const last = run.at(-1);
    if (last && !goesOn(text.slice(last.end, token.start), token.text)) close();
    if (run.length === LONGEST_RUN) close();
    if (isNamed(token) || (run.length > 0 && WITHIN.test(token.text))) run.push(token);
    else close();
  }
  close();
  return runs;
}

const spanOf = (tokens: readonly Token[], type: string, score: number): Entity[] => {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first && last ? [{ start: first.start, end: last.end, type, score }] : [];
};

/** A name without the words that begin its sentence, or stand before it as an article or a title. */
function trimmed(tokens: readonly Token[]): readonly Token[] {
  const from = tokens.findIndex(
    ({ text }) => !WITHIN.test(text.toLowerCase()) && !/^(?:Our|Their|This|That|Dear|Herr|Frau|Mr|Mrs|Ms|Dr|An|By)$/u.test(text),
  );
  return from < 0 ? [] : tokens.slice(from);
}

const AND = /^(?:and|und|et|y|e|en)$/u;
const isInstitution = (tokens: readonly Token[]): boolean =>
  tokens.filter(isNamed).length >= 2 && tokens.length <= LONGEST && tokens.some(({ text }) => INSTITUTION.test(text));

/** What ends with a legal form, or holds the word for an institution beside another word. */
function organisationOf(run: readonly Token[]): Entity[] {
  const end = run.findLastIndex(({ text }) => LEGAL.test(text));
  const named = trimmed(run.slice(Math.max(0, end - LONGEST), end + 1));
  if (end > 0 && named.length > 1) return spanOf(named, 'ORGANIZATION', 0.9);
  const own = trimmed(run);
  return isInstitution(own) ? spanOf(own, 'ORGANIZATION', 0.7) : [];
}

/** `A Bank and B Ltd` are two, `Smith and Sons Ltd` is one. */
function organisationsIn(run: readonly Token[]): Entity[] {
  const found: Entity[] = [];
  let from = 0;
  for (const [i, { text }] of run.entries()) {
    const own = AND.test(text) ? organisationOf(run.slice(from, i)) : [];
    if (own.length === 0) continue;
    found.push(...own);
    from = i + 1;
  }
  return [...found, ...organisationOf(run.slice(from))];
}

const LONGEST_PLACE = 4;

/** Places: names of countries, and of cities and states that are no ordinary word; one that is a person's name too needs a word before it. */
function placesIn(run: readonly Token[], text: string, isWordHere: (word: string) => boolean): Entity[] {
  const found: Entity[] = [];
  for (let at = 0; at < run.length; at++) {
    for (let length = Math.min(LONGEST_PLACE, run.length - at); length > 0; length--) {
      const tokens = run.slice(at, at + length);
      const [first, last] = [tokens[0], tokens.at(-1)];
      if (
        !first ||
        !last ||
        !isPlace(text.slice(first.start, last.end), text.slice(Math.max(0, first.start - 12), first.start), isWordHere)
      )
        continue;
      found.push(...spanOf(tokens, 'LOCATION', 0.8));
      at += length - 1;
      break;
    }
  }
  return found;
}

function isPlace(name: string, before: string, isWordHere: (word: string) => boolean): boolean {
  if (name.length < 3 || isWordHere(name)) return false;
  if (countryOf(name) !== undefined) return true;
  const { place, word, given, name: isName } = factsOf(name.replace(/\s+/g, ' '));
  if (!place) return false;
  const cue = /(\p{L}+)\s+$/u.exec(before)?.[1]?.toLowerCase() ?? '';
  return (!word && !given && !isName) || BEFORE_PLACE.test(cue);
}

const overlaps = (a: Entity, b: Entity): boolean => a.start < b.end && b.start < a.end;

/**
 * Organisations, places and whole dates of a text in a language with an alphabet that has capitals. Made for precision: a
 * company without a legal form is left to the alias table of its source. `isWordHere`: whether the document writes it as an
 * ordinary word too, which is then no place (`from Pump 2`).
 */
export function entitiesIn(text: string, language: string, isWordHere: (word: string) => boolean = () => false): Entity[] {
  const dates = [...text.matchAll(DATE)].flatMap((match) =>
    isoDay(match[0], language) === undefined ? [] : [{ start: match.index, end: match.index + match[0].length, type: 'DATE', score: 1 }],
  );
  // What is left of a name behind a masked value is no name.
  const runs = runsOf(text).filter(
    ([first]) => first === undefined || !/\][ '’]?$/.test(text.slice(Math.max(0, first.start - 2), first.start)),
  );
  const organisations = runs.flatMap(organisationsIn);
  const places = runs
    .flatMap((run) => placesIn(run, text, isWordHere))
    .filter((place) => !organisations.some((one) => overlaps(one, place)));
  return [...dates, ...organisations, ...places].sort((a, b) => a.start - b.start);
}
