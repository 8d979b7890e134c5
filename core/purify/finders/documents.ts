import { digitsOf, last, weighted } from './checksums.ts';
import { type Finder, words } from './finder.ts';

const PASSPORT = words(
  'passport',
  'travel document',
  'pasaporte',
  'reisepass',
  'passeport',
  'passaporto',
  'paspoort',
  '여권',
  'pass-?n',
  'viaje',
  'паспорт',
  'διαβατήριο',
  '护照',
  '護照',
  '旅券',
  'パスポート',
);
const LICENCE = words(
  "driv(?:er|ing)['’]?s?[ -]?(?:licen[cs]e|permit)?",
  'licen[cs]e',
  'licencia',
  'carn[eé]',
  'permiso de conducir',
  'f[üu]hrerschein',
  'permis de conduire',
  'patente',
  '\\bdl\\b',
  'dmv',
);
const IDENTITY = words(
  'identity',
  'id card',
  'id number',
  'id no',
  'personalausweis',
  'ausweis',
  'carta d.identit',
  'documento',
  'dni\\b',
  'nie\\b',
  "carte d['’]identit",
);

const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const VIN_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const VIN_VALUES = '12345678123457923456789';

/** ISO 3779 and 49 CFR 565: the ninth character is a check of all. */
function isVin(found: string): boolean {
  const vin = found.toUpperCase();
  const sum = VIN_WEIGHTS.reduce((total, weight, i) => {
    const character = vin[i] ?? '0';
    return total + weight * Number(/\d/.test(character) ? character : VIN_VALUES[VIN_LETTERS.indexOf(character)]);
  }, 0);
  return 'X' === vin[8] ? sum % 11 === 10 : sum % 11 === Number(vin[8]);
}

const isDea = (found: string): boolean => weighted(digitsOf(found), [1, 2, 1, 2, 1, 2]) % 10 === last(digitsOf(found));

/** Numbers of passports, licences, vehicles and patients. Few have a check digit, so words around them decide. */
export const DOCUMENTS: readonly Finder[] = [
  {
    type: 'PASSPORT',
    pattern:
      /(?<![\p{L}\p{N}])(?:[A-Z]{1,3}\d{6,9}[A-Z]?|[A-Z]\d{3}[A-Z]\d{4}|\d{9}|\d{2}[A-Z]{2}\d{5}|[CFGHJK]\d[0-9CFGHJKLMNPRTVWXYZ]{7})(?![\p{L}\p{N}])/giu,
    score: 0.1,
    context: PASSPORT,
    digits: 6,
  },
  {
    type: 'PASSPORT',
    pattern: /(?<![\p{L}\p{N}-])(?=[A-Z]*\d[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{8,9}(?![\p{L}\p{N}-])/gu,
    score: 0.1,
    context: PASSPORT,
    digits: 2,
    unbroken: 8,
  },
  {
    // The series and the number of a Russian one.
    type: 'PASSPORT',
    pattern: /(?<![\p{L}\d.-])\d{2} ?\d{2} (?:№ ?)?\d{6}(?![\p{L}\d-])/gu,
    score: 0.1,
    context: words('паспорт'),
    digits: 10,
    triggers: ['паспорт'],
  },
  { type: 'ID_DOCUMENT', pattern: /(?<![\p{L}\p{N}-])[A-Z]\d{7,8}[A-Z]?(?![\p{L}\p{N}-])/giu, score: 0.1, alone: 0.5, digits: 7 },
  {
    type: 'DRIVER_LICENSE',
    pattern:
      /(?<![\p{L}\p{N}-])(?=[A-Z0-9-]{6,20}(?![\p{L}\p{N}]))[A-Z]{0,5}[- ]?\d[A-Z0-9]{0,4}-?[A-Z0-9]{3,8}(?:-[A-Z0-9]{3,7}){0,2}(?![\p{L}\p{N}-])/giu,
    valid: (found) => (found.match(/\d/g) ?? []).length >= 5,
    score: 0.1,
    context: LICENCE,
    digits: 5,
  },
  {
    type: 'UK_DRIVING_LICENCE',
    pattern: /(?<![\p{L}\p{N}])[A-Z9]{5}\d[0156]\d[0-3]\d\d[A-Z9]{2}[A-Z0-9][A-Z]{2}(?:\d{2})?(?![\p{L}\p{N}])/giu,
    score: 0.85,
    digits: 5,
    unbroken: 16,
  },
  {
    type: 'IT_DRIVER_LICENSE',
    pattern: /(?<![\p{L}\p{N}])(?:[A-Z]{2}\d{7}[A-Z]|U1[0-9A-HJ-NPR-Z]{7}[A-Z])(?![\p{L}\p{N}])/gu,
    score: 0.3,
    context: LICENCE,
    alone: 0.5,
    digits: 3,
    unbroken: 10,
  },
  {
    type: 'ID_CARD',
    pattern:
      /(?<![\p{L}\p{N}])(?:[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8,9}|[A-Z]{2}\d{5,7}[A-Z]{0,2}|[A-Z]{3}\d{6})(?![\p{L}\p{N}])/giu,
    valid: (found) => (found.match(/\d/g) ?? []).length >= 4,
    score: 0.1,
    context: IDENTITY,
    digits: 4,
  },
  {
    type: 'VIN',
    pattern: /(?<![\p{L}\p{N}])[A-HJ-NPR-Z0-9]{17}(?![\p{L}\p{N}])/giu,
    valid: (found) => /[A-Z]/i.test(found) && isVin(found),
    score: 0.9,
    digits: 3,
    unbroken: 17,
  },
  {
    type: 'VIN',
    pattern: /(?<![\p{L}\p{N}])[A-HJ-NPR-Z0-9]{11}\d{6}(?![\p{L}\p{N}])/giu,
    valid: (found) => /[A-Z]/i.test(found),
    score: 0.1,
    context: words('vin\\b', 'chassis', 'fahrgestell', 'bastidor', 'vehicle id'),
    digits: 6,
    unbroken: 17,
  },
  {
    type: 'LICENSE_PLATE',
    pattern:
      /(?<![\p{L}\p{N}-])(?:[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?\d{1,4}[EH]?|[A-Z]{2}\d{2} ?[A-Z]{3}|\d{4} ?[BCDFGHJKLMNPRSTVWXYZ]{3}|[A-Z]{2}-\d{3}-[A-Z]{2}|[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}|\d{2} ?[A-Z]{1,3} ?\d{2,5}|[A-Z]{3}[- ]?\d{3,4}[A-Z]{0,2}|\d[A-Z]{3}\d{3})(?![\p{L}\p{N}-])/gu,
    score: 0.2,
    context: words(
      'plate',
      'plates',
      'registration',
      'license plate',
      'number plate',
      'kennzeichen',
      'matr[ií]cula',
      'plaque',
      'immatricul',
      'targa',
      'plaka',
      'vehicle',
      'reg\\. no',
    ),
    digits: 1,
  },
  {
    type: 'MEDICAL_RECORD',
    pattern: /(?<![\p{L}\p{N}])(?=[A-Z0-9-]{5,15}(?![\p{L}\p{N}]))[A-Z]{0,3}-?\d{4,12}(?![\p{L}\p{N}])/giu,
    score: 0.1,
    context: words(
      'mrn\\b',
      'medical record',
      'patient (?:id|no|number)',
      'chart (?:no|number)',
      'patienten-?(?:nr|nummer|id)',
      'historia cl[ií]nica',
      'dossier m[ée]dical',
      'health (?:card|plan|insurance)',
      'member id',
      'policy (?:no|number)',
      'beneficiary',
      'insurance (?:id|number|no)',
      'versicherten',
    ),
    digits: 4,
  },
  {
    type: 'US_DEA_NUMBER',
    pattern: /(?<![\p{L}\p{N}])[A-HJ-MPR-UX][A-Z9]\d{7}(?![\p{L}\p{N}])/giu,
    valid: isDea,
    score: 0.4,
    context: words('dea\\b', 'prescri'),
    digits: 7,
  },
];
