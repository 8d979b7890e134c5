import type { Span } from '../ports/pii.ts';
import { words } from './finders/finder.ts';
import { endsAsThing } from './names/cues.ts';
import { factsOf } from './names/lexicon.ts';

/** Headers under which nothing but people's names stand. */
const PERSON = words(
  '(?:first|last|full|given|family|middle|maiden|patient|customer|client|employee|staff|contact|account holder|card ?holder)[ _-]?names?\\b',
  'surname',
  'vorname',
  'nachname',
  'familienname',
  'apellidos?\\b',
  'pr[ée]nom',
  'nom de famille',
  'cognome',
  'nome e cognome',
);
/** Headers under which a name may stand, or a company's. */
const NAME = words(
  'names?\\b',
  'nombre',
  'nom\\b',
  'nome\\b',
  'naam',
  'author',
  'autor',
  'auteur',
  'speaker',
  'owner',
  'employee',
  'mitarbeiter',
  'patient',
  'customer',
  'kunde',
  'cliente',
  'client\\b',
  'contact',
  'manager',
  'assignee',
  'sender',
  'recipient',
  'tenant',
  'applicant',
  'student',
  'teacher',
  'doctor',
  '(?:signed|checked|approved|reviewed|tested) by',
  'technician',
  'inspector',
  'reviewer',
  'driver',
  'pr[üu]fer',
  '(?:sach)?bearbeiter',
  'techniker',
  'ansprechpartner',
  'verantwortlich',
  'fahrer',
  't[ée]cnico',
  'responsable',
  'empleado',
  'paciente',
  'technicien',
  'employ[ée]\\b',
);
const THING = words(
  'product',
  'file',
  'company',
  'project',
  'item',
  'city',
  'country',
  'department',
  'brand',
  'user',
  'domain',
  'host',
  'server',
  'table',
  'column',
  'field',
  'organi[sz]ation',
  'firma',
  'empresa',
  'entreprise',
);
/** Headers under which no people stand, though a town or a firm may be called like one. */
const NO_PEOPLE = words(
  'company',
  'firma\\b',
  'empresa',
  'entreprise',
  'soci[ée]t[ée]',
  'city\\b',
  'town\\b',
  'country',
  'region',
  'stadt\\b',
  'ort\\b',
  'standort',
  'ville\\b',
  'pays\\b',
  'ciudad',
  'pa[ií]s\\b',
  'product',
  'produkt',
  'producto',
  'produit',
  'artikel',
  'brand\\b',
  'marke\\b',
  'film\\b',
  'album\\b',
  'file\\b',
  'datei',
  'domain',
  'host',
  'server',
);
const ADDRESS = words(
  '(?:street|postal|home|billing|shipping|mailing)? ?address',
  'anschrift',
  'adresse',
  'direcci[oó]n',
  'domicilio',
  'indirizzo',
  'street',
  'stra(?:ß|ss)e',
);
const NOT_POSTAL = words('e-?mail', 'ip\\b', 'mac\\b', 'web', 'internet', 'url');
const AGE = words('age\\b', 'alter\\b', 'edad', '[âa]ge\\b');

const CODE = words(
  'zip\\b',
  '(?:zip|post|postal)[ _-]?code',
  'plz\\b',
  'postleitzahl',
  'code postal',
  'c[oó]digo postal',
  'c\\.?a\\.?p\\b',
);
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

/** Whether a column under a header that may be one of names has names of people, so that a rare one among them is a name, too. */
export function isOfPeople(header: string, cells: readonly string[]): boolean {
  if (!NAME.test(header) || THING.test(header)) return false;
  const some = [...new Set(cells.map((cell) => cell.trim()))].filter((cell) => cell !== '');
  const known = some.filter((cell) => isNameLike(cell) && hasName(cell)).length;
  return some.length >= FEWEST && known >= MOSTLY * some.length;
}

/** Whether the words over a cell say that it is a place, a firm or a thing, and not whose. */
export const isOfThings = (hint: string): boolean =>
  hint !== '' && NO_PEOPLE.test(hint) && !PERSON.test(hint) && !NAME.test(hint.replace(/names?/gi, ''));

/** What a cell or a field is by the words that stand over it, where they say so of all of it. */
export function findByHint(text: string, hint: string | undefined): Span[] {
  const value = text.trim();
  if (hint === undefined || hint === '' || value === '' || THING.test(hint)) return [];
  const whole = (type: string, score: number): Span[] => {
    const start = text.indexOf(value);
    return [{ start, end: start + value.length, type, score }];
  };
  if (isNameLike(value) && (PERSON.test(hint) || (NAME.test(hint) && /\p{Lu}/u.test(value) && hasName(value)))) return whole('PERSON', 0.9);
  if (/^\d{1,3}$/.test(value) && AGE.test(hint) && Number(value) <= 125) return whole('AGE', 0.8);
  if (IS_CODE.test(value) && CODE.test(hint)) return whole('ZIP_CODE', 0.8);
  if (/\d/.test(value) && /\p{L}{3}/u.test(value) && value.length <= 120 && ADDRESS.test(hint) && !NOT_POSTAL.test(hint))
    return whole('STREET_ADDRESS', 0.8);
  return [];
}
