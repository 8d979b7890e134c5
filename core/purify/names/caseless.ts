import { factsOf } from './lexicon.ts';

const WORD = /[\p{L}\p{M}]+/gu;

/** Written all small or all large, as people type and as forms are filled in. */
export const isCaseless = (text: string): boolean => /\p{L}{3}/u.test(text) && !(/\p{Lu}/u.test(text) && /\p{Ll}/u.test(text));

const large = (word: string): string => {
  const first = word[0] ?? '';
  const upper = first.toUpperCase();
  // Offsets in what is read are offsets in the text: a letter that grows by its case stays.
  return upper.length === first.length
    ? upper + [...word.slice(1)].map((c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join('')
    : word;
};

/** `eric g. samoylova`: between two words that may be names. A lone vowel is a word of some language. */
const INITIAL = /(?<=\p{Lu}\p{Ll}{1,30} )(?:[a-z](?=\. \p{Lu}\p{Ll})|[^\P{Ll}aeiouyà](?= \p{Lu}\p{Ll}))/gu;

/** Where somebody says who he is, or another; of texts with cases only what leaves no doubt. */
const INTRODUCED =
  /(?<!\p{L})(?:name is|name['’]s|name ist|ich hei(?:ß|ss)e|me llamo|nombre es|je m['’]appelle|nom est|mi chiamo|naam is|nome [ée]|nazywam si[ęe]|jag heter|jeg hedder) +/giu;
const ALSO_SMALL = /(?<!\p{L})(?:this is|i am|i['’]m) +/giu;
/** Parts of these, of which most texts have none. */
const SIGNS = [
  'ame is ',
  'ame’s ',
  "ame's ",
  'ame ist ',
  ' hei',
  'llamo ',
  'ombre es ',
  'appelle ',
  'om est ',
  'chiamo ',
  'aam is ',
  'ome ',
  'nazywam ',
  ' heter ',
  ' hedder ',
];
const ANY_WORD = /^\p{L}[\p{L}\p{M}'’-]+/u;
const MOST_PARTS = 3;
/** Names of somebody, but what a sentence goes on with. */
const NO_PART =
  /^(?:\p{L}{1,2}|and|but|for|not|the|und|der|die|von|from|with|here|that|have|live|work|need|want|call|will|would|calling|speaking|writing)$/iu;

/** The words after an introduction, as far as they may be one name, large. `isMixed`: others are written large as they are. */
function introduced(text: string, cue: RegExp, certain: boolean, isMixed = false): string {
  let shadow = text;
  for (const { 0: match, index } of text.matchAll(cue)) {
    let at = index + match.length;
    for (let part = 0; part < MOST_PARTS; part++) {
      const [word] = ANY_WORD.exec(text.slice(at, at + 40)) ?? [];
      if (word === undefined || NO_PART.test(word) || (part === 0 && isMixed && /^\p{Lu}/u.test(word))) break;
      const { given, name, word: ordinary } = factsOf(word);
      if (!(given || (part > 0 && name) || (certain && !ordinary))) break;
      shadow = shadow.slice(0, at) + large(word) + shadow.slice(at + word.length);
      at += word.length + 1;
      if (text[at - 1] !== ' ') break;
    }
  }
  return shadow;
}

/** A text without cases as if every word of it that is not an ordinary one began large; any other text as it is. Of the same length. */
export function caselessShadow(text: string): string {
  if (!isCaseless(text)) return SIGNS.some((sign) => text.includes(sign)) ? introduced(text, INTRODUCED, true, true) : text;
  const shadow = text.replace(WORD, (word) => {
    const { word: ordinary, given } = factsOf(word.toLowerCase());
    return word.length > 1 && (!ordinary || given) ? large(word) : word.toLowerCase().length === word.length ? word.toLowerCase() : word;
  });
  return introduced(introduced(shadow, INTRODUCED, true), ALSO_SMALL, false).replace(INITIAL, (letter) => letter.toUpperCase());
}
