/** Other forms of what numbers are written with: full width, Arabic and Indic figures, blanks and hyphens that end no line. */
const FORMS = /[\u00a0\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u2000-\u200a\u2010\u2011\u202f\u205f\u3000\uff01-\uff5e]/g;
const ZEROS = [0x660, 0x6f0, 0x966];

function plainForm(form: string): string {
  const code = form.charCodeAt(0);
  if (code >= 0xff01) return String.fromCharCode(code - 0xff01 + 0x21);
  const zero = ZEROS.find((first) => code >= first && code <= first + 9);
  if (zero !== undefined) return String(code - zero);
  return code === 0x2010 || code === 0x2011 ? '-' : ' ';
}

/** Dashes of several widths and the minus sign: in prose they part words, so that they are hyphens within a number alone. */
const DASH = '[\\u2012-\\u2015\\u2212]';
const HAS_DASH = new RegExp(DASH);
const DASHES_OF_NUMBERS = new RegExp(
  `(?<=[\\d)] ?)${DASH}(?= ?[\\d(])|(?<=\\d)${DASH}(?=[A-Z\\d]{1,4}(?![A-Za-z]))|(?<=[A-Z])${DASH}(?=\\d)`,
  'g',
);

/** The text in plain forms, of the same length. */
export function plain(text: string): string {
  const read = text.replace(FORMS, plainForm);
  return HAS_DASH.test(read) ? read.replace(DASHES_OF_NUMBERS, '-') : read;
}
