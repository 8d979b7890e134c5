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
  const known = kinds[text.charCodeAt(at)] ?? 0;
  if (known !== 0) return (known & wanted) === 0 ? 0 : 1;
  return at < text.length ? unitsOfNew(text, at, wanted) : 0;
}

/** Characters of two units are looked at anew each time: texts have few. */
function unitsOfNew(text: string, at: number, wanted: number): 0 | 1 | 2 {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const kind = kindOf(character);
  const unit = text.charCodeAt(at);
  // Half of a character tells nothing of those that it begins.
  if (character.length === 1 && (unit < 0xd800 || unit > 0xdfff)) kinds[unit] = kind | LOOKED_AT;
  if ((kind & wanted) === 0) return 0;
  return character.length === 1 ? 1 : 2;
}
