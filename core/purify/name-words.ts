/** `annaKeller` is two words, `McDonald` one. */
const WORD = /Ma?c\p{Lu}[\p{Ll}\p{M}'’]+|\p{Lu}?[\p{Ll}\p{Lo}\p{M}'’]+|\p{Lu}{2,}(?!\p{Ll})|\p{Lu}/gu;

/** The words in the name of a file or a person, divided at large letters too, and where each begins. */
export const wordsOfName = (name: string): { text: string; start: number }[] =>
  [...name.matchAll(WORD)].map(({ 0: text, index }) => ({ text, start: index }));

/** `AnnaKeller-report` as `Anna Keller report`. */
export const divided = (name: string): string =>
  wordsOfName(name)
    .map(({ text }) => text)
    .join(' ');
