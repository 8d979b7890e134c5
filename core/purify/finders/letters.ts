const LETTER = /\p{L}/u;

/** Whether a text has a letter of any script; cells full of figures are told from others without a pattern. */
export function hasLetter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 128) return LETTER.test(text);
    if ((code | 32) >= 97 && (code | 32) <= 122) return true;
  }
  return false;
}
