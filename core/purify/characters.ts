/** What a character is, as bits: Unicode's letters, marks and numbers. */
export const LETTER = 1;
export const MARK = 2;
export const NUMBER = 4;
const LOOKED_AT = 8;

const kindOf = (character: string): number =>
  (/\p{L}/u.test(character) ? LETTER : 0) | (/\p{M}/u.test(character) ? MARK : 0) | (/\p{N}/u.test(character) ? NUMBER : 0);

/** Of each character of the first plane what it is, as far as it was met: several times as fast as a pattern. */
const kinds = new Uint8Array(0x10000);

/** How many units the character there has if it is of one of these kinds: one or two, and none if it is not. */
export function unitsOf(text: string, at: number, wanted: number): 0 | 1 | 2 {
  const code = text.charCodeAt(at);
  if (code >= 0xd800 && code < 0xdc00) return kindOf(String.fromCodePoint(text.codePointAt(at) ?? 0)) & wanted ? 2 : 0;
  let kind = kinds[code] ?? 0;
  if (kind === 0 && at < text.length) {
    kind = kindOf(String.fromCharCode(code)) | LOOKED_AT;
    kinds[code] = kind;
  }
  return (kind & wanted) === 0 ? 0 : 1;
}
