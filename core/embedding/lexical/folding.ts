/** Combining marks of Latin, Greek and Cyrillic; those of other scripts are vowels. */
const ACCENTS = /[\u0300-\u036f]/g;

/** Lower case without accents or compatibility forms, so that `Café`, `CAFÉ` and `cafe` are one word. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (/^[\x00-\x7f]*$/.test(lower)) return lower;
  return lower.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').replaceAll('ß', 'ss');
}

export const SEPARATOR = 0;
export const LETTER = 1;
export const DIGIT = 2;
/** A character of a script without blanks between words. */
export const UNSPACED = 3;

const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 97 && code <= 122) return LETTER;
  return code >= 48 && code <= 57 ? DIGIT : SEPARATOR;
});

/** By block, not by Unicode's tables: those change with the runtime's version, and a vector must not. */
export function kindOf(code: number): number {
  if (code < 0x80) return ASCII[code] ?? SEPARATOR;
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return SEPARATOR;
  if (code < 0x0e00) return LETTER;
  if (code < 0x1100) return code < 0x0f00 || (code >= 0x1000 && code < 0x10a0) ? UNSPACED : LETTER;
  if (code < 0x2000) return code >= 0x1780 && code < 0x1800 ? UNSPACED : LETTER;
  if (code < 0x2c00) return SEPARATOR;
  if (code < 0x2e80) return code >= 0x2e00 ? SEPARATOR : LETTER;
  if (code < 0x3040) return SEPARATOR;
  if (code < 0xa000) return code >= 0x3200 && code < 0x3400 ? SEPARATOR : UNSPACED;
  if (code < 0xe000) return LETTER;
  if (code < 0xf900) return SEPARATOR;
  return code < 0xfb00 ? UNSPACED : code < 0xfe00 || (code >= 0xfe70 && code < 0xff00) ? LETTER : SEPARATOR;
}
