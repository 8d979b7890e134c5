import { LETTER, MARK, unitsOf } from '../characters.ts';
import { factsOf, factsWithin } from './lexicon.ts';

/** Written all small or all large, as people type and as forms are filled in. */
export const isCaseless = (text: string): boolean => /\p{L}{3}/u.test(text) && !(/\p{Lu}/u.test(text) && /\p{Ll}/u.test(text));

const large = (word: string): string => {
  const [first = '', rest] = [word[0], word.slice(1)];
  const [upper, lower] = [first.toUpperCase(), rest.toLowerCase()];
  // Offsets in what is read are offsets in the text: a letter that grows by its case stays.
  if (upper.length !== first.length) return word;
  return upper + (lower.length === rest.length ? lower : [...rest].map(small).join(''));
};
const small = (word: string): string => {
  const lower = word.toLowerCase();
  return lower.length === word.length ? lower : word;
};

/** `eric g. samoylova`: between two words that may be names. A lone vowel is a word of some language. */
const INITIAL = /(?<=\p{Lu}\p{Ll}{1,30} )(?:[a-z](?=\. \p{Lu}\p{Ll})|[^\P{Ll}aeiouyà](?= \p{Lu}\p{Ll}))/uy;

/** Where somebody says who he is, or another; in texts with cases only what leaves no doubt. */
const INTRODUCED =
  /(?<!\p{L})(?:name is|name['’]s|name ist|ich hei(?:ß|ss)e|me llamo|nombre es|je m['’]appelle|nom est|mi chiamo|naam is|nome [ée]|nazywam si[ęe]|jag heter|jeg hedder) +$/iu;
const ALSO_SMALL = /(?<!\p{L})(?:this is|i am|i['’]m) +$/iu;
const ANY_WORD = /^\p{L}[\p{L}\p{M}'’-]+/u;
const MOST_PARTS = 3;
/** Names of somebody, but what a sentence goes on with. */
const NO_PART =
  /^(?:\p{L}{1,2}|and|but|for|not|the|und|der|die|von|from|with|here|that|have|live|work|need|want|call|will|would|calling|speaking|writing)$/iu;

/** The words from there on, as far as they may be one name, large. `certain`: a word that no table has may be one. */
function enlarged(text: string, from: number, certain: boolean): string {
  let shadow = text;
  let at = from;
  for (let part = 0; part < MOST_PARTS; part++) {
    const [word] = ANY_WORD.exec(text.slice(at, at + 40)) ?? [];
    if (word === undefined || NO_PART.test(word)) break;
    const { given, name, word: ordinary } = factsOf(word);
    if (!(given || (part > 0 && name) || (certain && !ordinary))) break;
    shadow = shadow.slice(0, at) + large(word) + shadow.slice(at + word.length);
    at += word.length + 1;
    if (text[at - 1] !== ' ') break;
  }
  return shadow;
}

/** A text with the names large that are introduced in small letters. `starts`: where names are to be expected. */
export function withIntroduced(text: string, starts: Iterable<number>, caseless: boolean): string {
  let shadow = text;
  for (const at of starts) {
    const before = text.slice(Math.max(0, at - 24), at);
    const certain = INTRODUCED.test(before);
    // Among words with cases a large one is looked at as it is.
    if (caseless ? certain || ALSO_SMALL.test(before) : certain && /\p{Ll}/u.test(text[at] ?? '')) shadow = enlarged(shadow, at, certain);
  }
  return shadow;
}

const [BLANK, A, Z] = [32, 97, 122];
function unitsOfWord(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= A && code <= Z) return 1;
  return code === BLANK ? 0 : unitsOf(text, at, LETTER | MARK);
}

/** A text in small letters with every word large that is not an ordinary one, and with initials between these. */
function withNamesLarge(text: string): string {
  let shadow = '';
  let copied = 0;
  const single: number[] = [];
  for (let at = 0; at < text.length; ) {
    const start = at;
    for (let units = unitsOfWord(text, at); units > 0; units = unitsOfWord(text, at)) at += units;
    if (at === start) at++;
    else if (at === start + 1) single.push(start);
    else if (mayBeName(text, start, at)) {
      shadow += text.slice(copied, start) + large(text.slice(start, at));
      copied = at;
    }
  }
  return withInitials(shadow + text.slice(copied), single);
}

function withInitials(text: string, single: readonly number[]): string {
  const initials = single.filter((at) => {
    INITIAL.lastIndex = at;
    return INITIAL.test(text);
  });
  let shadow = '';
  let copied = 0;
  for (const at of initials) {
    shadow += text.slice(copied, at) + large(text.slice(at, at + 1));
    copied = at + 1;
  }
  return shadow + text.slice(copied);
}

function mayBeName(text: string, start: number, end: number): boolean {
  const { word, given } = factsWithin(text, start, end);
  return !word || given;
}

/** A text without cases as if every word of it that is not an ordinary one began large; any other text as it is. Of the same length. */
export function caselessShadow(text: string): string {
  if (!isCaseless(text)) return text;
  const lower = text.toLowerCase();
  return withNamesLarge(lower.length === text.length ? lower : [...text].map(small).join(''));
}
