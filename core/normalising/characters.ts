/** What was taken out of a document's text, in characters. */
export type Removed = { zeroWidth: number; bidi: number; controls: number };

/** Nothing in it needs a change besides spacing; most text of most documents. */
const PLAIN = /^[\n\t\x20-\x7e]*$/;

const SUSPECT = /[\u034F\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFFC]|[\uFE00-\uFE0F]|\uDB40/;
const ZERO_WIDTH =
  /(\u{1F3F4}[\u{E0020}-\u{E007E}]{2,6}\u{E007F})|[\u034F\u180E\u200B\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0\uFFFC\u{E0000}-\u{E007F}]/gu;
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** A second variation selector selects nothing; runs of them smuggle data. */
const REPEATED_SELECTORS = /(?<=[\uFE00-\uFE0F\u{E0100}-\u{E01EF}])[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]+/gu;

/** Writing systems, and emoji, in which a joiner or non-joiner changes what is read. */
const JOINING = [
  ...['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada'],
  ...['Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan'],
].map((script) => `\\p{Script_Extensions=${script}}`);
const STRAY_JOINERS = new RegExp(
  `(?<![\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}${JOINING.join('')}])[\\u200C\\u200D]+`,
  'gu',
);
const REPEATED_JOINERS = /(?<=[\u200C\u200D])[\u200C\u200D]+/g;

const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const CONTROLS = /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/g;
const HYPHENS = /[\u2010\u2011]/g;
/** A word goes on after it, also across a line end. */
const SOFT_HYPHENS = /\u00AD(?:[ \t]*\n[ \t]*)?/g;
/** Latin ligatures, and the Hebrew and Arabic letters by shape that old fonts left in PDF files. */
const PRESENTATION_FORMS = /[\uFB00-\uFDFF\uFE70-\uFEFC]+/g;

/** Text with every character in its plain form; what is invisible is taken out and counted. Spacing stays, as plain blanks. */
export function cleanCharacters(text: string, removed: Removed): string {
  if (PLAIN.test(text)) return text;
  let plain = text.toWellFormed().replace(LINE_ENDS, '\n').replace(SPACES, ' ');
  plain = without(plain, CONTROLS, (count) => (removed.controls += count));
  if (SUSPECT.test(plain)) plain = withoutInvisible(plain, removed);
  return plain
    .replace(HYPHENS, '-')
    .replace(PRESENTATION_FORMS, (forms) => forms.normalize('NFKC'))
    .normalize('NFC');
}

function withoutInvisible(text: string, removed: Removed): string {
  const count = (characters: number): void => {
    removed.zeroWidth += characters;
  };
  let plain = text.replace(SOFT_HYPHENS, '');
  plain = without(plain, ZERO_WIDTH, count);
  plain = without(plain, BIDI, (characters) => (removed.bidi += characters));
  plain = without(plain, REPEATED_SELECTORS, count);
  plain = without(plain, STRAY_JOINERS, count);
  return without(plain, REPEATED_JOINERS, count);
}

/** Takes out each match but what its first group, if any, says to keep. */
function without(text: string, pattern: RegExp, count: (characters: number) => void): string {
  return text.replace(pattern, (match: string, kept: unknown) => {
    if (typeof kept === 'string') return kept;
    count([...match].length);
    return '';
  });
}
