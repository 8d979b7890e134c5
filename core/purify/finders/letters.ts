const LETTER = /\p{L}/u;
const OF_WORD = /[\p{L}\p{M}]/u;

/** Whether a text has a letter of any script; cells full of figures are told from others without a pattern. */
export function hasLetter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 128) return LETTER.test(text);
    if ((code | 32) >= 97 && (code | 32) <= 122) return true;
  }
  return false;
}

const [UNKNOWN, NONE, SOME] = [0, 1, 2];
/** Of each character of the first plane whether words are made of it, as far as one was met. */
const kinds = new Uint8Array(0x10000);

/** How much of a text from there on is one letter or mark of a word: a character has one unit or two. */
export function letterAt(text: string, at: number): 0 | 1 | 2 {
  const code = text.charCodeAt(at);
  if (code < 128) return (code | 32) >= 97 && (code | 32) <= 122 ? 1 : 0;
  if (code >= 0xd800 && code < 0xdc00) return OF_WORD.test(String.fromCodePoint(text.codePointAt(at) ?? 0)) ? 2 : 0;
  if (kinds[code] === UNKNOWN) kinds[code] = OF_WORD.test(String.fromCharCode(code)) ? SOME : NONE;
  return kinds[code] === SOME ? 1 : 0;
}
