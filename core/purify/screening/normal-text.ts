const FOLDED: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u00a0': ' ',
  '\u2011': '-',
  '\u2010': '-',
};

/** The text in lower case with plain quotes; each character stays where it is, so that offsets are the text's own. */
export function lowerCase(text: string): string {
  let lower = text.toLowerCase();
  // A few capitals become two characters in lower case; then each is looked at by itself.
  if (lower.length !== text.length) lower = text.replace(/\p{Lu}/gu, (capital) => sameLength(capital));
  return /[\u00a0\u02bc\u2010\u2011\u2018-\u201d]/.test(lower)
    ? lower.replace(/[\u00a0\u02bc\u2010\u2011\u2018\u2019\u201c\u201d]/g, (mark) => FOLDED[mark] ?? mark)
    : lower;
}

function sameLength(capital: string): string {
  const lower = capital.toLowerCase();
  return lower.length === capital.length ? lower : lower.slice(0, capital.length);
}
