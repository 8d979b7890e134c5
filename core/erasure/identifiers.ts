import { wordsOf } from '../dedupe/shingles.ts';
import { fold } from '../embedding/lexical/folding.ts';
import type { Keys } from '../ports/index.ts';
import type { Span } from '../ports/pii.ts';
import { phoneForms, writingsOf } from './writings.ts';

/** `José` and `JOSE` are one. */
const plainWords = (text: string): readonly string[] => wordsOf(fold(text));

const inOrder = (words: readonly string[]): string => [...words].sort().join(' ');
const nameOf = (value: string): string => inOrder(plainWords(value));

/** How the writings of one identifier are made one. A name's words come in any order, a phone number with or without its country. */
const FORMS = {
  name: (value: string) => writingsOf(value).map(nameOf),
  phone: phoneForms,
  other: (value: string) => writingsOf(value).map((one) => plainWords(one).join('')),
} as const;
type Form = keyof typeof FORMS;

const isName = (type: string): boolean => type === 'PERSON' || type === 'NAME';
const formOf = (type: string): Form => (isName(type) ? 'name' : /PHONE|FAX/.test(type) ? 'phone' : 'other');

/** Shorter ones (ages, initials) belong to too many people to tell anybody. */
const SHORTEST = 4;
/** Two characters of these are as much as four letters, and many a whole name: `王芳`, `김민`. */
const WHOLE_SYLLABLES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

const isLongEnough = (normal: string): boolean => normal.length + (normal.match(WHOLE_SYLLABLES)?.length ?? 0) >= SHORTEST;

const identifierKeys = (keys: Keys, form: Form, value: string): string[] =>
  [...new Set(FORMS[form](value))].filter(isLongEnough).map((normal) => keys.hash('identifier', `${form}\u0000${normal}`));

/** Types of which one value is that of many people, or of nobody in particular. */
const SHARED = new Set('AGE DATE_OF_BIRTH DATE_TIME URL ZIP_CODE SWIFT_CODE ABA_ROUTING_NUMBER PASSWORD SECRET'.split(' '));

type Found = Pick<Span, 'start' | 'end' | 'type'> & { at: number; value: string };

/** What stands between a family name and the given names that follow it. */
const BETWEEN = /^[\s,;]{1,3}$/;

/** Whether two names are parts of one: with no more than a comma between them, or each alone in its cell, beside each other. */
function isOneName(last: Found, next: Found, texts: readonly string[]): boolean {
  if (!isName(last.type) || !isName(next.type) || (plainWords(last.value).length > 1 && plainWords(next.value).length > 1)) return false;
  if (last.at === next.at) return BETWEEN.test((texts[last.at] ?? '').slice(last.end, next.start));
  const isAlone = ({ at, value }: Found): boolean => (texts[at] ?? '').trim() === value.trim();
  return last.at + 1 === next.at && isAlone(last) && isAlone(next);
}

/** Keyed hashes of the personal data in texts: by them a person's documents are found, and nobody is named. */
export function identifiersIn(keys: Keys, texts: readonly string[], spans: readonly (readonly Span[])[]): string[] {
  const keysFound = new Set<string>();
  let last: Found | undefined;
  for (const [at, text] of texts.entries())
    for (const { start, end, type } of spans[at] ?? []) {
      if (SHARED.has(type)) continue;
      const next: Found = { start, end, type, at, value: text.slice(start, end) };
      const values = last && isOneName(last, next, texts) ? [next.value, `${last.value} ${next.value}`] : [next.value];
      for (const value of values) for (const key of identifierKeys(keys, formOf(type), value)) keysFound.add(key);
      last = next;
    }
  return [...keysFound];
}

/** Hashes that a document has which holds this identifier, whatever type it was taken for. */
export const subjectKeys = (keys: Keys, subject: string): string[] => {
  const digits = subject.replace(/\D/g, '').length;
  const forms: Form[] = digits >= 6 && !/[\p{L}@]/u.test(subject) ? ['phone', 'other'] : ['name', 'other'];
  return [...new Set(forms.flatMap((form) => identifierKeys(keys, form, subject)))];
};

/** Names a subject in a certificate: the same one by the same name, and nobody can tell whom. */
export const subjectName = (keys: Keys, subject: string): string => keys.hash('subject', nameOf(subject));

/** Whether a number or an account stands among the words, with other blanks in it. */
function hasJoined(words: readonly string[], wanted: string): boolean {
  return words.some((_, start) => {
    let joined = '';
    for (let i = start; joined.length < wanted.length && i < words.length; i++) joined += words[i];
    return joined === wanted;
  });
}

/** What masking writes for everybody's data of a kind; a token is one person's. */
const MASK = /^\s*\[(?!\w*_[0-9a-f]{12}\])[A-Z][A-Z0-9_]*\]\s*$/;

/** Whether a subject can lead to anybody: by an identifier, or by its words. */
export const isTelling = (subject: string): boolean => !MASK.test(subject) && isLongEnough(plainWords(subject).join(''));

/** The words by which texts may mention a subject; none where they say nothing. */
const tellingWords = (subject: string): readonly string[] => (isTelling(subject) ? plainWords(subject) : []);

function hasWords(text: string, wanted: readonly string[], isNumber: boolean): boolean {
  const words = plainWords(text);
  const [those, all] = [new Set(wanted), inOrder(wanted)];
  const isThere = words.some((word, at) => those.has(word) && inOrder(words.slice(at, at + wanted.length)) === all);
  return isThere || (isNumber && hasJoined(words, wanted.join('')));
}

/** Whether a text has the words of the subject beside each other, in whatever order and alphabet; a number's, however it is parted. */
export function mentions(text: string, subject: string): boolean {
  if (tellingWords(subject).length === 0) return false;
  const [texts, subjects] = [writingsOf(text), writingsOf(subject)];
  return subjects.some((one, i) => {
    const written = texts[i] ?? text;
    const isSeen = i > 0 && one === subject && written === text;
    return !isSeen && hasWords(written, tellingWords(one), /\d/.test(subject));
  });
}
