import { fold } from '../embedding/lexical/folding.ts';
import type { Span } from '../ports/pii.ts';
import { localSpans } from './local-spans.ts';
import { maskSpans } from './mask-text.ts';
import { divided, wordsOfName } from './name-words.ts';
import { factsOf, type WordFacts } from './names/lexicon.ts';
import type { MaskPolicy } from './policy.ts';

/**
 * Names of files hold few words and no sentence: what a name is in a text may here be a product, a place or a thing. A person is
 * masked who is in the document's own text, or whose given and family name stand side by side and are hardly anything else.
 */

type Word = { text: string; start: number; end: number; facts: WordFacts };

/** What stands between two words of one name. */
const GAP = /^[ _.,+-]{0,3}(?:(?:van|von|der|den|de|del|di|la|zu)[ _.-]){0,2}$/;
const PARTICLES = new Set('van von der den de del di la zu'.split(' '));
/** What a landscape's name begins with, in the languages of the south. */
const LANDSCAPES = new Set('monte rio costa puerto porto sierra villa isla sao'.split(' '));
/** Files that are about one person: there even a name of two ordinary words (`john-smith-cv.pdf`) is one. */
const PERSONAL = new Set(
  'cv resume curriculum vitae lebenslauf bewerbung bewerbungsfoto anschreiben zeugnis passport passeport pasaporte reisepass personalausweis payslip payroll gehaltsabrechnung lohnabrechnung nomina arbeitsvertrag kuendigung kundigung patient patientin krankmeldung'.split(
    ' ',
  ),
);

const wordsOf = (name: string): Word[] =>
  wordsOfName(name).map(({ text, start }) => ({ text, start, end: start + text.length, facts: factsOf(text) }));

const isLarge = ({ text }: Word): boolean => /^\p{Lu}\p{Ll}/u.test(text);
const isOrdinary = ({ word, rare }: WordFacts): boolean => word || rare;
const isGiven = ({ facts }: Word): boolean => facts.given && !facts.place;
const isFamily = ({ facts }: Word): boolean => facts.name && !isOrdinary(facts);
const isUnknown = ({ text, facts }: Word): boolean => text.length > 3 && !Object.values(facts).includes(true);

/** Whether two words side by side are somebody's name, as far as the words alone and what is between them tell. */
function isPair(one: Word, other: Word, gap: string, isPersonal: boolean): boolean {
  const both = [one, other];
  if (both.some(({ text }) => text.length < 3 || PERSONAL.has(fold(text)) || LANDSCAPES.has(fold(text)))) return false;
  if (both.every(({ facts }) => facts.place) || factsOf(`${one.text} ${other.text}`).place) return false;
  if (isGiven(one) && isFamily(other)) return true;
  const isSure = isPersonal || /\p{L}/u.test(gap);
  if (isGiven(one) && isSure && other.facts.name) return true;
  // `Keller, Anna`
  if (one.facts.name && isGiven(other) && (isPersonal || gap.includes(','))) return true;
  if (isFamily(one) && isGiven(other) && !isOrdinary(other.facts) && !one.facts.given) return true;
  // A given name that is nothing else, beside a word that may be a family's: `Lena Vogel`.
  const mayFollow = isUnknown(other) || (other.facts.name && !other.facts.place);
  return gap !== '' && isGiven(one) && !isOrdinary(one.facts) && mayFollow && isLarge(one) && isLarge(other);
}

/** People whom the document names, as the words of each. */
export type People = readonly (readonly string[])[];

export function peopleIn(texts: readonly string[], spans: readonly (readonly Span[])[]): People {
  const names = new Set<string>();
  for (const [i, text] of texts.entries())
    for (const { start, end, type } of spans[i] ?? []) if (type === 'PERSON') names.add(text.slice(start, end));
  return [...names].map((name) => wordsOfName(name).map(({ text }) => fold(text)));
}

/** Whether a word alone stands for somebody in the document: not one that is a thing or a place as well. */
function isOneOf(people: People, { text, facts }: Word): boolean {
  const word = fold(text);
  if (word.length < 4 || isOrdinary(facts)) return false;
  return people.some((name) => name.includes(word) && (!facts.place || (name.length > 1 && name.at(-1) === word)));
}

const areOneOf = (people: People, one: Word, other: Word): boolean => {
  const words = [fold(one.text), fold(other.text)];
  return !one.facts.place && words[0] !== words[1] && people.some((name) => words.every((word) => name.includes(word)));
};

/** The words of a name that are people's, as runs. */
function runsOf(name: string, people: People): Word[][] {
  const words = wordsOf(name).filter(({ text }) => !PARTICLES.has(text));
  const isPersonal = words.some(({ text }) => PERSONAL.has(fold(text)));
  const gapOf = (one: Word, other: Word): string => name.slice(one.end, other.start);
  const areBeside = (one: Word | undefined, other: Word | undefined): boolean =>
    one !== undefined && other !== undefined && GAP.test(gapOf(one, other));
  const named = words.map((word) => isOneOf(people, word));
  for (const [i, word] of words.entries()) {
    const next = words[i + 1];
    if (!next || !areBeside(word, next) || !(areOneOf(people, word, next) || isPair(word, next, gapOf(word, next), isPersonal))) continue;
    named[i] = true;
    named[i + 1] = true;
    // A second family name, or a second given one before.
    const [before, after] = [words[i - 1], words[i + 2]];
    if (after && areBeside(next, after) && isFamily(after)) named[i + 2] = true;
    if (before && areBeside(before, word) && isGiven(before) && !isOrdinary(before.facts)) named[i - 1] = true;
  }
  const runs: Word[][] = [];
  for (const [i, word] of words.entries()) {
    if (!named[i]) continue;
    const last = runs.at(-1);
    if (last && named[i - 1] && areBeside(words[i - 1], word)) last.push(word);
    else runs.push([word]);
  }
  return runs;
}

/** What else a file may be named by. Versions look like addresses of machines, and a file like one of the web. */
const NOT_IN_NAMES = new Set(
  'PERSON URL IP_ADDRESS AGE ZIP_CODE STREET_ADDRESS SWIFT_CODE USER_NAME LICENSE_PLATE VIN SECRET PASSWORD'.split(' '),
);

/** Nothing that is looked for has less; most names have none, and would be looked through for nothing. */
const MAY_HOLD = /@|(?:\d\D*){6}/;
/** A mail address and the file's ending behind it. */
const ADDRESS = /@[^@]*\.[^@]*\.\w{1,5}$/;
/** Days in names are mostly those of an event: one is of a birth right behind the word for it. */
const BORN = /(?<!\p{L})(?:geb|geboren(?: am)?|born(?: on)?|dob|née?(?: le)?|nacid[oa](?: el)?|nat[oa](?: il)?|\*)[ :.,-]*$/iu;
/** A number with a letter that would check it, written small: a hash. */
const HASH = /^\d{5,}\p{Ll}$/u;

function spansOf(name: string, policy: MaskPolicy, people: People): Span[] {
  const persons = runsOf(name, people).map((run) => ({ start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0, type: 'PERSON', score: 0.8 }));
  // Underscores are a file's blanks; a text before keeps a number from being all that there is.
  const before = 'file ';
  const stem = ADDRESS.test(name) ? name.slice(0, name.lastIndexOf('.')) : name;
  const text = before + stem.replaceAll('_', ' ');
  const found = MAY_HOLD.test(name) ? (localSpans([{ text }], policy)[0] ?? []) : policy.own(text);
  const others = found
    .filter(({ type, start }) => !NOT_IN_NAMES.has(type) && start >= before.length)
    .filter(({ type, start }) => type !== 'DATE_OF_BIRTH' || BORN.test(text.slice(0, start)))
    .map((span) => ({ ...span, start: span.start - before.length, end: span.end - before.length }))
    .filter(({ start, end }) => !HASH.test(name.slice(start, end)));
  const isFree = ({ start, end }: Span): boolean => !others.some((other) => start < other.end && other.start < end);
  return [...others, ...persons.filter(isFree)].sort((a, b) => a.start - b.start);
}

/**
 * Personal data in the names of a path's folders and of its file, as the policy has it masked. `people`: those whom the document's
 * own text names.
 */
export function findInPath(path: string, policy: MaskPolicy, people: People): Span[] {
  const found: Span[] = [];
  // What lies in somebody's folder is named by them: `Agnes Moorcroft/Payslip Moorcroft.pdf`.
  const known = [...people];
  let at = 0;
  for (const name of path.split('/')) {
    const own = spansOf(name, policy, known).filter(({ start, end }) => !policy.allowed(name.slice(start, end)));
    known.push(...peopleIn([name], [own]));
    found.push(...own.map((span) => ({ ...span, start: span.start + at, end: span.end + at })));
    at += name.length + 1;
  }
  return found;
}

/** A name in which nothing but large letters divides the words. */
const RUN_TOGETHER = /^[\p{L}\p{M}'’]+$/u;

/** A person has the token of the text in the name of a file too: `AnnaKeller` that of `Anna Keller`. */
const dividing = ({ token, ...policy }: MaskPolicy): MaskPolicy => ({
  ...policy,
  ...(token && {
    token: (type, value) => token(type, type === 'PERSON' && RUN_TOGETHER.test(value) ? divided(value) : value),
  }),
});

export const maskPath = (path: string, policy: MaskPolicy, people: People): string =>
  maskSpans(path, findInPath(path, policy, people), dividing(policy));
