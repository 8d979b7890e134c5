import { ADDRESS, AGE, BIRTH, CODE, NOT_POSTAL, PERSON } from '../column-headers.ts';
import { isOfCredentials } from '../credential-columns.ts';
import { DATES } from '../finders/dates.ts';
import type { Finder, WordTest } from '../finders/finder.ts';
import { FINDERS } from '../finders/index.ts';

/** What the name of a field says of its value: the words that head it as they would a column, and the finders that they call. */
export type FieldKey = {
  header: string;
  kind: 'person' | 'address' | 'age' | 'birth' | 'code' | 'credential' | undefined;
  finders(): readonly Finder[];
};

const LONGEST = 48;
const MOST_WORDS = 5;

/** `persons.firstName`, `FIRST_NAME` and `given-name` as words in small letters. */
export const worded = (key: string): string =>
  key
    .replace(/(?<=\p{L}[\p{Ll}\d])(?=\p{Lu}\p{Ll})|[\s._-]+/gu, ' ')
    .trim()
    .toLowerCase();

/** Whether a header is what a key ends with: `person surname` and `first name`, but no `name label`. Answers these words. */
function endWith(test: WordTest, words: readonly string[]): string | undefined {
  for (let count = 1; count <= 3 && count <= words.length; count++) {
    const tail = words.slice(-count);
    if (test.test(tail.join(' '))) return count > 1 && test.test(tail.slice(0, -1).join(' ')) ? undefined : tail.join(' ');
  }
  return undefined;
}

/** An age of something else is `max age`; in programs a cap is a limit. */
const WHOLE_AGE = /^(?:(?:patient|customer|person|user|employee|client|member|student) )?(?:age|alter|edad|âge)$/u;
const LIMIT = /^cap$/;
/** Accounts of programs have names too: `db password`, `smtp.password`. */
const OF_ACCOUNT =
  /^(?:.* )?(?:db|database|mysql|postgres|pg|redis|mongo|smtp|imap|mail|e?mail|ftp|sftp|ssh|ldap|proxy|wifi|wlan|admin|root|auth|account|app|service|config|login|server|user|owner) (?=\p{L}+$)/u;

function credentialOf(key: string, words: readonly string[]): string | undefined {
  const spoken = words.join(' ');
  const last = key.split('.').at(-1) ?? key;
  return [spoken, worded(last), spoken.replace(OF_ACCOUNT, '')].find(isOfCredentials);
}

/** What a number is called is mostly what it is of: `phone number`, `passport no`. */
const COUNTING = /^(?:numbers?|nummer|num|no|nr|\d)$/;
const countless = (words: readonly string[]): readonly string[] => (COUNTING.test(words.at(-1) ?? '') ? words.slice(0, -1) : words);

const OF_SOMEBODY =
  /^(?:patient|customer|client|member|employee|person|user|holder|subscriber|beneficiary|health|medical|national|social)$/;

function calledBy(words: readonly string[], isBirth: boolean): readonly Finder[] {
  if (isBirth) return DATES.filter(({ type }) => type === 'DATE_OF_BIRTH');
  const own = countless(words);
  // `prepaid insurance id` names an element, not whom it is of.
  if (own.length > 2 && own.at(-1) === 'id' && own.at(-2) === 'insurance' && !own.some((word) => OF_SOMEBODY.test(word))) return [];
  return FINDERS.filter(({ context, digits }) => context !== undefined && digits > 0 && endWith(context, own) !== undefined);
}

function readKey(key: string): FieldKey {
  const words = worded(key).split(' ');
  const finders = (isBirth: boolean): (() => readonly Finder[]) => {
    let called: readonly Finder[] | undefined;
    return () => {
      called ??= calledBy(words, isBirth);
      return called;
    };
  };
  const of = (kind: FieldKey['kind'], header: string): FieldKey => ({ kind, header, finders: finders(kind === 'birth') });
  const credential = credentialOf(key, words);
  if (credential !== undefined) return of('credential', credential);
  const person = endWith(PERSON, words);
  if (person !== undefined) return of('person', person);
  const birth = endWith(BIRTH, words);
  if (birth !== undefined) return of('birth', birth);
  const spoken = words.join(' ');
  if (AGE.test(spoken) && WHOLE_AGE.test(spoken)) return of('age', spoken);
  const address = endWith(ADDRESS, countless(words));
  if (address !== undefined && !NOT_POSTAL.test(spoken)) return of('address', address);
  const code = endWith(CODE, words);
  if (code !== undefined && !LIMIT.test(code)) return of('code', code);
  return of(undefined, countless(words).join(' '));
}

/** The names of fields come again in every record. */
const MOST_REMEMBERED = 4_000;
const known = new Map<string, FieldKey>();

/** What a field is called, read as the header of a column; undefined where it is too long for a name. */
export function fieldKey(key: string): FieldKey | undefined {
  if (key.length > LONGEST || key.length < 2) return undefined;
  const found = known.get(key);
  if (found) return found;
  if (key.split(' ').length > MOST_WORDS) return undefined;
  const read = readKey(key);
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, read);
  return read;
}
