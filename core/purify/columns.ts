import type { Span } from '../ports/pii.ts';
import { ADDRESS, AGE, BIRTH, CODE, NAME, NO_PEOPLE, NOT_POSTAL, PERSON, SOMEBODY, THING } from './column-headers.ts';
import { credentialUnder, isOfCredentials } from './credential-columns.ts';
import { endsAsThing } from './names/cues.ts';
import { factsOf } from './names/lexicon.ts';

/** Digits, and two groups of letters at most: `10115`, `SW1A 2AA`, `1012 AB`, `12345-6789`. */
const IS_CODE = /^(?=.*\d)[A-Z]{0,2}[ -]?[\dA-Z]{3,5}(?:[ -]?[\dA-Z]{2,4})?$/i;

const MOST_WORDS = 5;

const isNameLike = (text: string): boolean =>
  /\p{L}/u.test(text) && !endsAsThing(text.split(' ').at(-1) ?? '') && !/[\d@/\\:=<>]/.test(text) && text.split(/\s+/).length <= MOST_WORDS;

/** `M. Öztekin` */
const INITIALS = /^(?:\p{Lu}\.[ -]?){1,2}\p{Lu}[\p{L}\p{M}'’-]+$/u;

/** At least one word that is known for a name, and none that is an ordinary word alone. */
function hasName(text: string): boolean {
  if (INITIALS.test(text)) return true;
  const facts = (text.match(/\p{L}[\p{L}\p{M}'’-]+/gu) ?? []).map(factsOf);
  return facts.some(({ given, name, word }) => given || (name && !word)) && facts.every(({ given, name, word }) => given || name || !word);
}

/** The fewest cells that tell what a column holds, and how many of them have to be known for names. */
const FEWEST = 3;
const MOSTLY = 0.7;
/** Of fewer cells each counts for more: none of them may be anything else. */
const FEW = 6;
const MOST_OF_FEW = 0.6;

/** A given and a family name, of which no table need know the second. */
const isWholeName = (text: string): boolean => {
  const facts = (text.match(/\p{Lu}[\p{L}\p{M}'’-]+/gu) ?? []).map(factsOf);
  return facts.length > 1 && facts.some(({ given }) => given) && hasName(text);
};
/** Two or three large words, none of which is an ordinary one. */
const mayBeWholeName = (text: string): boolean =>
  /^\p{Lu}\p{Ll}[\p{L}\p{M}'’-]*(?: \p{Lu}[\p{L}\p{M}'’-]+){1,2}$/u.test(text) &&
  isNameLike(text) &&
  text.split(' ').every((word) => !factsOf(word).word);

/** Whether a column under a header that may be one of names has names of people, so that a rare one among them is a name, too. */
export function isOfPeople(header: string, cells: readonly string[]): boolean {
  if (!NAME.test(header) || THING.test(header)) return false;
  const some = [...new Set(cells.map((cell) => cell.trim()))].filter((cell) => cell !== '');
  const known = some.filter((cell) => isNameLike(cell) && hasName(cell)).length;
  if (some.length >= FEWEST && known >= MOSTLY * some.length) return true;
  if (some.length > FEW) return false;
  const whole = some.filter((cell) => isNameLike(cell) && isWholeName(cell)).length;
  return whole >= MOST_OF_FEW * some.length && some.every((cell) => isWholeName(cell) || mayBeWholeName(cell));
}

/** What heads names where another column has the other half of them. */
const HALF = /^(?:first|last|given|family|middle|nom|nombres?|nome|voornaam|achternaam)$/i;

/** Whether a column has the one half of names of people and another the other: `last` and `first`, `nom` and `prénom`. */
export const isHalfOfNames = (header: string, others: readonly string[]): boolean =>
  HALF.test(header) && others.some((other) => other !== header && (HALF.test(other) || PERSON.test(other)));

const HEADERS = [PERSON, NAME, NO_PEOPLE, ADDRESS, AGE, BIRTH, CODE];

/** Whether a cell is called as columns and fields are. */
export const isLabelOfField = (text: string): boolean => HEADERS.some((header) => header.test(text.trim())) || isOfCredentials(text);

/**
 * Whether a cell of the first row is a header beside another, and not the value of a form's first label. `inForm`: below that
 * stand other labels.
 */
export function isHeader(text: string, label: string, inForm: boolean): boolean {
  const cell = text.trim();
  if (isOfCredentials(cell) || (isOfCredentials(label) && /^[\p{L} _-]+$/u.test(cell))) return true;
  const facts = (cell.match(/\p{L}[\p{L}\p{M}'’]+/gu) ?? []).map(factsOf);
  const isOrdinary = facts.length > 0 && facts.every(({ word }) => word);
  // `Price` is a name too, as any value of a form may be.
  if (isOrdinary && (cell === cell.toLowerCase() || !inForm)) return true;
  if (facts.some(({ given }) => given)) return false;
  return HEADERS.some((header) => header.test(cell)) || (isOrdinary && facts.some(({ name }) => !name));
}

/** Whether the words over a cell say that it is a place, a firm or a thing, and not whose. */
export const isOfThings = (hint: string): boolean =>
  hint !== '' && NO_PEOPLE.test(hint) && !PERSON.test(hint) && !NAME.test(hint.replace(/names?/gi, ''));

/** What a cell or a field is by the words that stand over it, where they say so of all of it. */
export function findByHint(text: string, hint: string | undefined): Span[] {
  const value = text.trim();
  if (hint === undefined || hint === '' || value === '') return [];
  const whole = (type: string, score: number): Span[] => {
    const start = text.indexOf(value);
    return [{ start, end: start + value.length, type, score }];
  };
  const credential = credentialUnder(hint, value);
  if (credential) return whole(credential.type, credential.score);
  if (THING.test(hint)) return [];
  if (isNameLike(value) && (PERSON.test(hint) || (NAME.test(hint) && /\p{Lu}/u.test(value) && hasName(value)))) return whole('PERSON', 0.9);
  if (SOMEBODY.test(hint) && mayBeWholeName(value)) return whole('PERSON', 0.9);
  if (/^\d{1,3}$/.test(value) && AGE.test(hint) && Number(value) <= 125) return whole('AGE', 0.8);
  if (/^\d{4,8}$/.test(value) && BIRTH.test(hint)) return whole('DATE_OF_BIRTH', 0.9);
  if (IS_CODE.test(value) && CODE.test(hint)) return whole('ZIP_CODE', 0.8);
  if (/\d/.test(value) && /\p{L}{3}/u.test(value) && value.length <= 120 && ADDRESS.test(hint) && !NOT_POSTAL.test(hint))
    return whole('STREET_ADDRESS', 0.8);
  return [];
}
