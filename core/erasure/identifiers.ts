import { wordsOf } from '../dedupe/shingles.ts';
import type { Keys } from '../ports/index.ts';
import type { Span } from '../ports/pii.ts';

/** How the writings of one identifier are made one. A name's words come in any order, a phone number with or without its country. */
const FORMS = {
  name: (value: string) => [...wordsOf(value)].sort().join(' '),
  phone: (value: string) => value.normalize('NFKC').replace(/\D/g, '').slice(-9),
  other: (value: string) => wordsOf(value).join(''),
} as const;
type Form = keyof typeof FORMS;

const formOf = (type: string): Form => (type === 'PERSON' || type === 'NAME' ? 'name' : /PHONE|FAX/.test(type) ? 'phone' : 'other');

/** Shorter ones (ages, initials) belong to too many people to tell anybody. */
const SHORTEST = 4;

const identifierKey = (keys: Keys, form: Form, value: string): string[] => {
  const normal = FORMS[form](value);
  return normal.length < SHORTEST ? [] : [keys.hash('identifier', `${form}\u0000${normal}`)];
};

/** Types of which one value is that of many people, or of nobody in particular. */
const SHARED = new Set('AGE DATE_OF_BIRTH DATE_TIME URL ZIP_CODE SWIFT_CODE ABA_ROUTING_NUMBER PASSWORD SECRET'.split(' '));

/** Keyed hashes of the personal data in texts: by them a person's documents are found, and nobody is named. */
export function identifiersIn(keys: Keys, texts: readonly string[], spans: readonly (readonly Span[])[]): string[] {
  const found = new Set<string>();
  for (const [i, text] of texts.entries())
    for (const { start, end, type } of spans[i] ?? [])
      if (!SHARED.has(type)) for (const key of identifierKey(keys, formOf(type), text.slice(start, end))) found.add(key);
  return [...found];
}

/** Hashes that a document has which holds this identifier, whatever type it was taken for. */
export const subjectKeys = (keys: Keys, subject: string): string[] => {
  const digits = subject.replace(/\D/g, '').length;
  const forms: Form[] = digits >= 6 && !/[\p{L}@]/u.test(subject) ? ['phone', 'other'] : ['name', 'other'];
  return [...new Set(forms.flatMap((form) => identifierKey(keys, form, subject)))];
};

/** Names a subject in a certificate: the same one by the same name, and nobody can tell whom. */
export const subjectName = (keys: Keys, subject: string): string => keys.hash('subject', FORMS.name(subject));

/** Whether a text has the words of the subject one after the other. A single short word says nothing. */
export function mentions(text: string, subject: string): boolean {
  const wanted = wordsOf(subject);
  const characters = wanted.join('').length;
  if (wanted.length === 0 || characters < (wanted.length > 1 ? SHORTEST : 2 * SHORTEST)) return false;
  return ` ${wordsOf(text).join(' ')} `.includes(` ${wanted.join(' ')} `);
}
