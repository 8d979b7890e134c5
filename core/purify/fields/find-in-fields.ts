import type { Span } from '../../ports/pii.ts';
import { findByHint } from '../columns.ts';
import { credentialUnder, isOfCredentials } from '../credential-columns.ts';
import { matchFinders } from '../finders/match.ts';
import { factsOf } from '../names/lexicon.ts';
import { type FieldKey, fieldKey } from './field-keys.ts';
import { isPersonIn } from './person-value.ts';
import { type Field, fieldsIn } from './read-fields.ts';
import { findInCards } from './vcards.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };

/** A value without the escapes of its form. */
function decoded(raw: string, form: Field['form']): string {
  if (form === 'query') return new URLSearchParams(`v=${raw}`).get('v') ?? raw;
  if (!/[\\&]|''/.test(raw)) return raw;
  return raw
    .replace(/\\+u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&(?:#(\d{1,5})|#x([\da-f]{1,4})|(\w{2,4}));/gi, (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? all;
      return String.fromCharCode(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal));
    })
    .replaceAll("''", "'");
}

/** What programs have in the place of a value: a variable, a placeholder, stars, a version, a path. */
const PLACEHOLDER =
  /^\$\{?\w|\{\{|^[<%{].*[>%}]$|^[*•.x]+$|^[\^~<>=]*\d+(?:\.\d+)+|^0x|^(?:process|os|env|config|settings|args|self|this)\.|^[a-z]?[.:]{0,2}[\\/]/i;
const CONSTANT = /^[A-Z]+(?:_[A-Z]+)+$/;
/** A type of a program: `BinaryLike`. */
const CAMEL = /\p{Ll}\p{Lu}/u;
const ACCOUNT = /^[\p{L}\d][\p{L}\d._@+-]{2,63}$/u;
const NOBODY =
  /user|login|name|account|benutzer|usuario|^(?:root|admin|administrator|postgres|mysql|guest|nobody|anonymous|system|default|test|www-data)$/i;
/** The value of a line that no marks end: one word that is neither one of a sentence nor of a program. */
const WORD_OF_LINE = /^[\p{L}\d!#*+?^_~-]{5,64}$/u;
const OF_PROGRAM = /pass|pwd|secret|token|key|cred|auth|hash|env|config|field|input|bytes|buffer|varchar/i;

function credential(header: string, value: string, form: Field['form']): Pick<Span, 'type' | 'score'> | undefined {
  const found = credentialUnder(header, value);
  if (!found || isOfCredentials(value) || PLACEHOLDER.test(value) || CONSTANT.test(value)) return undefined;
  if (/^\d+$/.test(value)) return found.type === 'USER_NAME' ? undefined : found;
  if (found.type === 'USER_NAME') {
    const isOne = form !== 'line' && ACCOUNT.test(value) && !NOBODY.test(value) && !factsOf(value).word;
    return isOne ? found : undefined;
  }
  if (found.type === 'SECRET')
    return form !== 'line' && /\P{L}/u.test(value) && (/\d/.test(value) || !OF_PROGRAM.test(value)) ? found : undefined;
  if (form !== 'line') return found;
  return WORD_OF_LINE.test(value) && !OF_PROGRAM.test(value) && !CAMEL.test(value) && !factsOf(value).word ? found : undefined;
}

/** A number and a word of a street, and no character of an address in a network or in a memory. */
const STREET = /^[^=<>{}()@\\[\];:$%*_]*(?:\d[a-z]?,? \p{Lu}\p{L}{2}|(?<!\p{L})\p{Lu}[\p{L}.-]{2,40},? \d)[^=<>{}()@\\[\];:$%*_]*$/u;

/** `Register 12` is one word that is no name of a street. */
function isStreet(value: string): boolean {
  const words = value.match(/\p{L}{3,}/gu) ?? [];
  return STREET.test(value) && (words.length > 1 || words.some((word) => !factsOf(word).word));
}

function spansUnder({ kind, header, finders }: FieldKey, value: string, form: Field['form']): Span[] {
  const whole = (type: string, score: number): Span[] => [{ start: 0, end: value.length, type, score }];
  if (kind === 'credential') {
    const found = credential(header, value, form);
    return found ? whole(found.type, found.score) : [];
  }
  if (kind === 'person') return isPersonIn(value, form === 'line') ? whole('PERSON', 0.9) : [];
  if (kind === 'address') return form !== 'line' && isStreet(value) ? whole('STREET_ADDRESS', 0.8) : [];
  const found = kind === undefined ? [] : findByHint(value, header);
  return found.length === 0 && /\d\D*\d\D*\d\D*\d/.test(value) ? matchFinders(finders(), value, header) : found;
}

/**
 * Personal data in the values of a text's fields, as JSON, YAML, XML, SQL, queries, settings and cards of people have them: the name
 * of a field tells of its value what a header tells of a column.
 */
export function findInFields(text: string): Span[] {
  const spans = text.includes('BEGIN:VCARD') ? findInCards(text) : [];
  for (const { key, start, end, form } of fieldsIn(text)) {
    const read = fieldKey(key);
    if (!read) continue;
    const raw = text.slice(start, end);
    const value = decoded(raw, form);
    // What is escaped has other offsets: then all of it is meant.
    for (const span of spansUnder(read, value, form))
      spans.push(value === raw ? { ...span, start: start + span.start, end: start + span.end } : { ...span, start, end });
  }
  return spans;
}
