import { fold } from '../embedding/lexical/folding.ts';
import type { Keys } from '../ports/index.ts';

const LENGTH = 12;

/** Kinds whose words and signs say something where they have figures, too; of any other a figure makes a number, which is written in groups. */
const WORDED = new Set(['STREET_ADDRESS', 'EMAIL_ADDRESS', 'URL', 'USER_NAME', 'PASSWORD', 'SECRET']);
/** Kinds of which the signs between figures say something: `1.12.1980` is another day than `11.2.1980`. */
const PARTED = new Set(['LICENSE_PLATE', 'IP_ADDRESS', 'DATE_OF_BIRTH', 'MEDICAL_RECORD']);
const isWorded = (type: string, value: string): boolean =>
  PARTED.has(type) || (/\p{L}/u.test(value) && (WORDED.has(type) || !/\p{N}/u.test(value)));
/** What comes before the country's code, and the zero that is dialled within it alone: `0049 (0)30`. */
const PREFIX = /^\s*00(?=[1-9])|(?<=^\s*(?:\+|00)[^()]{1,8})\(0\)/g;

/** `Keller, Maria` */
const TURNED = /^([^,]+), *([^,]+)$/;

/** Another way of writing the same value: case, accents, blanks and the signs between figures say nothing. */
function normal(type: string, value: string): string {
  const dialled = type === 'PHONE_NUMBER' ? value.replace(PREFIX, '') : value;
  return fold(type === 'PERSON' ? dialled.replace(TURNED, '$2 $1') : dialled)
    .replace(/[^\p{L}\p{N}@]+/gu, isWorded(type, value) ? ' ' : '')
    .trim();
}

/** A name for a value that nobody can turn back without the key, and that is the same wherever the value stands. */
export const tokenOf = (keys: Keys, type: string, value: string): string =>
  `[${type}_${keys.hash('pii-token', `${type}\u0000${normal(type, value)}`).slice(0, LENGTH)}]`;
