import { digitsOf, isDay, last, luhn, mod11, mod1110, startsWithDay, startsWithDayFirst, varied, weighted } from './checksums.ts';
import { type Finder, words } from './finder.ts';

const NATIONAL = [
  'national id',
  'identity',
  'identit',
  'id(?:entity)? (?:card|code|number|no)',
  'identification',
  'ausweis',
  'personal (?:id|code|number)',
  'documento',
];
const TAX = ['tax', 'steuer', 'fiscal', 'fiskal', 'tin\\b', 'vat\\b', 'ust', 'impuesto', 'imp[oô]t'];

const plain = (found: string): string => found.replace(/[^0-9A-Z]/gi, '').toUpperCase();
const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** The letter of a Spanish identity number: its number modulo 23; X, Y, Z of a foreigner's number are 0, 1, 2. */
function isSpanish(found: string): boolean {
  const id = plain(found).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return DNI[Number(id.slice(0, -1)) % 23] === id.at(-1);
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Decree of 23 December 1976: odd and even places count by different tables. */
function isItalian(found: string): boolean {
  const code = plain(found);
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const character = code[i] ?? '';
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    sum += i % 2 === 1 ? value : (ODD[value] ?? 0);
  }
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}

const FINNISH = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const isFinnish = (found: string): boolean =>
  startsWithDayFirst(found.slice(0, 6)) && FINNISH[Number(found.slice(0, 6) + found.slice(7, 10)) % 31] === found.at(-1)?.toUpperCase();

/** Ten digits with Luhn's check after a date; the day is 60 more in a number of coordination. */
function isSwedish(found: string): boolean {
  const digits = found.replace(/\D/g, '');
  const ten = digits.slice(-10);
  const century = digits.length === 12 ? Number(digits.slice(0, 2)) : 19;
  const [year, month, day] = [Number(ten.slice(0, 2)), Number(ten.slice(2, 4)), Number(ten.slice(4, 6))];
  return (century === 18 || century === 19 || century === 20) && isDay(century * 100 + year, month, day > 60 ? day - 60 : day) && luhn(ten);
}

function isPolish(found: string): boolean {
  const digits = digitsOf(found);
  const month = Number(found.slice(2, 4));
  if (!isDay(Number(found.slice(0, 2)), month % 20, Number(found.slice(4, 6)))) return false;
  return (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === last(digits);
}

/** Since 2016 one digit of the first ten stands two or three times. */
function isGermanTax(found: string): boolean {
  const digits = plain(found);
  const counts = [...Map.groupBy(digits.slice(0, 10), (digit) => digit).values()].map(({ length }) => length);
  return digits[0] !== '0' && Math.max(...counts) <= 3 && (counts.length < 10 || digits === '98765432106') && mod1110(digits);
}

const isFrench = (found: string): boolean => {
  const id = plain(found).replace('2A', '19').replace('2B', '18');
  return Number(id.slice(13)) === 97 - (Number(id.slice(0, 13)) % 97);
};
const isDutch = (found: string): boolean => varied(found) && weighted(digitsOf(found), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
const isBelgian = (found: string): boolean => {
  const id = plain(found);
  const check = 97 - Number(id.slice(9));
  return startsWithDay(id) && (Number(id.slice(0, 9)) % 97 === check || Number(`2${id.slice(0, 9)}`) % 97 === check);
};
const isNorwegian = (found: string): boolean => {
  const digits = digitsOf(found);
  const first = mod11(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2], -1);
  return (
    isDay(Number(found.slice(4, 6)), Number(found.slice(2, 4)), Number(found.slice(0, 2)) % 40) &&
    first === digits[9] &&
    mod11(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], -1) === digits[10]
  );
};
const isDanish = (found: string): boolean => startsWithDayFirst(found);
const isPortuguese = (found: string): boolean =>
  /^[1-35689]/.test(found) && mod11(digitsOf(found), [9, 8, 7, 6, 5, 4, 3, 2]) === last(digitsOf(found));
const isSwiss = (found: string): boolean => {
  const digits = digitsOf(found);
  return (10 - (weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === last(digits);
};
const isAustrian = (found: string): boolean => {
  const digits = digitsOf(found);
  return (
    isDay(Number(plain(found).slice(8)), Number(plain(found).slice(6, 8)), Number(plain(found).slice(4, 6))) &&
    weighted(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digits[3]
  );
};
const isNhs = (found: string): boolean =>
  varied(found) && mod11(digitsOf(found), [10, 9, 8, 7, 6, 5, 4, 3, 2], -1) === last(digitsOf(found));
const isCzech = (found: string): boolean => {
  const id = plain(found);
  return isDay(Number(id.slice(0, 2)), (Number(id.slice(2, 4)) % 50) % 20 || 20, Number(id.slice(4, 6))) && Number(id) % 11 === 0;
};
const isBulgarian = (found: string): boolean => {
  const digits = digitsOf(found);
  return (
    startsWithDay(found.replace(/^(..)(\d\d)/, (_, year: string, month: string) => year + String(Number(month) % 20).padStart(2, '0'))) &&
    (weighted(digits, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === last(digits)
  );
};
const isRomanian = (found: string): boolean => {
  const rest = weighted(digitsOf(found), [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return startsWithDay(found, 1) && (rest === 10 ? 1 : rest) === last(digitsOf(found));
};
const isIrish = (found: string): boolean => {
  const id = plain(found);
  const second = id.length > 8 ? (id.charCodeAt(8) - 64) * 9 : 0;
  return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(digitsOf(id), [8, 7, 6, 5, 4, 3, 2]) + second) % 23] === id[7];
};

/** Personal codes of Estonia and Lithuania: a second row of weights where the first leaves ten. */
const isBaltic = (found: string): boolean => {
  const digits = digitsOf(found);
  const first = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  const check = first < 10 ? first : (weighted(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10;
  return startsWithDay(found, 1) && check === last(digits);
};

/** National, tax and health numbers of Europe. Those without a letter, a date or a form of their own need words around them. */
export const EUROPE: readonly Finder[] = [
  {
    type: 'ES_NIF',
    pattern: /(?<![\p{L}\p{N}])(?:[XYZ]-?)?\d{7,8}-?[TRWAGMYFPDXBNJZSQVHLCKE](?![\p{L}\p{N}])/giu,
    valid: isSpanish,
    score: 0.8,
    digits: 7,
  },
  {
    type: 'IT_FISCAL_CODE',
    pattern: /(?<![\p{L}\p{N}])[A-Z]{6}\d[0-9LMNP-V][A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z](?![\p{L}\p{N}])/giu,
    valid: isItalian,
    score: 1,
    digits: 2,
    unbroken: 16,
  },
  {
    type: 'IT_VAT_CODE',
    pattern: /(?<![\p{L}\d.-])\d{11}(?![\p{L}\d-])/gu,
    valid: (found) => varied(found) && luhn(found),
    score: 0.2,
    context: words('partita iva', 'p\\.? ?iva', 'piva', 'vat'),
    digits: 11,
  },
  {
    type: 'FI_ID',
    pattern: /(?<!\d)\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?![\p{L}\p{N}])/giu,
    valid: isFinnish,
    score: 0.95,
    digits: 9,
    unbroken: 11,
  },
  {
    type: 'SE_ID',
    pattern: /(?<![\p{L}\d.-])(?:(?:18|19|20)\d{6}[-+ ]?\d{4}|\d{6}[-+]\d{4})(?![\p{L}\d-])/gu,
    valid: isSwedish,
    score: 0.9,
    digits: 10,
  },
  { type: 'PL_PESEL', pattern: /(?<![\p{L}\d.-])\d{11}(?![\p{L}\d-])/gu, valid: isPolish, score: 0.6, context: words('pesel'), digits: 11 },
  {
    type: 'DE_TAX_ID',
    pattern: /(?<![\p{L}\d.-])[1-9]\d(?: ?\d{3}){3}(?![\p{L}\d-])/gu,
    valid: isGermanTax,
    score: 0.4,
    context: words('steuer', 'idnr', 'tin\\b', 'tax', 'identifikation'),
    alone: 0.6,
    digits: 11,
  },
  {
    type: 'DE_SOCIAL_SECURITY',
    pattern: /(?<![\p{L}\p{N}])\d{2}[0-3]\d[01]\d{3}[A-Z]\d{3}(?![\p{L}\p{N}])/giu,
    valid: (found) => isDay(Number(found.slice(6, 8)), Number(found.slice(4, 6)), Number(found.slice(2, 4)) % 50),
    score: 0.6,
    digits: 11,
    unbroken: 12,
  },
  {
    type: 'DE_HEALTH_INSURANCE',
    pattern: /(?<![\p{L}\p{N}])[A-Z]\d{9}(?![\p{L}\p{N}])/gu,
    score: 0.1,
    context: words('kranken', 'versicherten', 'kvnr', 'egk', 'gesundheitskarte', 'kasse'),
    alone: 0.5,
    digits: 9,
    unbroken: 10,
  },
  {
    type: 'VAT_NUMBER',
    pattern:
      /(?<![\p{L}\p{N}])(?:ATU ?\d{8}|DE ?\d{3} ?\d{3} ?\d{3}|ES ?[A-Z]\d{7}[A-Z0-9]|FR ?[A-Z0-9]{2} ?\d{9}|IT ?\d{11}|NL ?\d{9}B\d{2}|GB ?\d{9}|BE ?[01]\d{9}|PL ?\d{10}|PT ?\d{9}|DK ?\d{8}|FI ?\d{8}|SE ?\d{12})(?![\p{L}\p{N}])/gu,
    score: 0.4,
    context: words(...TAX, 'umsatzsteuer', 'rechnung', 'tva', 'iva\\b', 'btw'),
    alone: 0.5,
    digits: 7,
  },
  {
    type: 'FR_ID',
    pattern: /(?<![\p{L}\d.-])[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\p{L}\d-])/giu,
    valid: isFrench,
    score: 0.9,
    digits: 13,
  },
  {
    type: 'NL_BSN',
    pattern: /(?<![\p{L}\d.-])\d{9}(?![\p{L}\d-])/gu,
    valid: isDutch,
    score: 0.2,
    context: words('bsn', 'burgerservice', 'sofi'),
    digits: 9,
  },
  {
    type: 'BE_ID',
    pattern: /(?<![\p{L}\d.-])\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}(?![\p{L}\d-])/gu,
    valid: isBelgian,
    score: 0.7,
    digits: 11,
  },
  { type: 'NO_ID', pattern: /(?<![\p{L}\d.-])\d{6} ?\d{5}(?![\p{L}\d-])/gu, valid: isNorwegian, score: 0.7, digits: 11 },
  {
    type: 'DK_CPR',
    pattern: /(?<![\p{L}\d.-])\d{6}-?\d{4}(?![\p{L}\d-])/gu,
    valid: isDanish,
    score: 0.3,
    context: words('cpr', 'personnummer', ...NATIONAL),
    digits: 10,
  },
  {
    type: 'PT_NIF',
    pattern: /(?<![\p{L}\d.-])\d{3} ?\d{3} ?\d{3}(?![\p{L}\d-])/gu,
    valid: isPortuguese,
    score: 0.2,
    context: words('nif\\b', 'contribuinte'),
    digits: 9,
  },
  { type: 'CH_AHV', pattern: /(?<![\p{L}\d.-])756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?![\p{L}\d-])/gu, valid: isSwiss, score: 0.95, digits: 13 },
  {
    type: 'AT_SVNR',
    pattern: /(?<![\p{L}\d.-])[1-9]\d{3} ?\d{6}(?![\p{L}\d-])/gu,
    valid: isAustrian,
    score: 0.3,
    context: words('svnr', 'sozialversicherung', 'versicherungsnummer', 'sv-nummer'),
    digits: 10,
  },
  {
    type: 'UK_NHS',
    pattern: /(?<![\p{L}\d.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\p{L}\d-])/gu,
    valid: isNhs,
    score: 0.2,
    context: words('nhs', 'national health', 'patient', 'health service'),
    alone: 0.6,
    digits: 10,
  },
  {
    type: 'UK_NINO',
    pattern: /(?<![\p{L}\p{N}])(?!BG|GB|NK|KN|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/giu,
    score: 0.8,
    digits: 6,
  },
  {
    type: 'CZ_ID',
    pattern: /(?<![\p{L}\d.-])\d{6}\/?\d{4}(?![\p{L}\d-])/gu,
    valid: isCzech,
    score: 0.3,
    context: words('rodn[eé]', 'birth number', ...NATIONAL),
    digits: 10,
  },
  {
    type: 'BG_ID',
    pattern: /(?<![\p{L}\d.-])\d{10}(?![\p{L}\d-])/gu,
    valid: isBulgarian,
    score: 0.3,
    context: words('егн', 'egn'),
    digits: 10,
  },
  { type: 'RO_CNP', pattern: /(?<![\p{L}\d.-])[1-8]\d{12}(?![\p{L}\d-])/gu, valid: isRomanian, score: 0.8, digits: 13 },
  { type: 'HR_OIB', pattern: /(?<![\p{L}\d.-])\d{11}(?![\p{L}\d-])/gu, valid: mod1110, score: 0.2, context: words('oib'), digits: 11 },
  {
    type: 'IE_PPS',
    pattern: /(?<![\p{L}\p{N}])\d{7}[A-W][A-IW]?(?![\p{L}\p{N}])/giu,
    valid: isIrish,
    score: 0.5,
    context: words('pps'),
    digits: 7,
    unbroken: 8,
  },
  {
    type: 'GR_AMKA',
    pattern: /(?<![\p{L}\d.-])\d{11}(?![\p{L}\d-])/gu,
    valid: (found) => startsWithDayFirst(found) && luhn(found),
    score: 0.5,
    context: words('amka', 'αμκα'),
    digits: 11,
  },
  { type: 'EE_LT_ID', pattern: /(?<![\p{L}\d.-])[3-6]\d{10}(?![\p{L}\d-])/gu, valid: isBaltic, score: 0.7, digits: 11 },
];
