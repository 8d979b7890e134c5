import { factsOf } from './lexicon.ts';

const WORD = /[\p{L}\p{M}]+/gu;

/** Written all small or all large, as people type and as forms are filled in. */
const isCaseless = (text: string): boolean => /\p{L}{3}/u.test(text) && !(/\p{Lu}/u.test(text) && /\p{Ll}/u.test(text));

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

/** A text without cases as if every word of it that is not an ordinary one began large; any other text as it is. Of the same length. */
export function caselessShadow(text: string): string {
  if (!isCaseless(text)) return text;
  const shadow = text.replace(WORD, (word) => {
    const { word: ordinary, given } = factsOf(word.toLowerCase());
    return word.length > 1 && (!ordinary || given) ? large(word) : word.toLowerCase().length === word.length ? word.toLowerCase() : word;
  });
  return shadow.replace(INITIAL, (letter) => letter.toUpperCase());
}
