import { digitsOf, isDay, last, luhn, mod11, startsWithDay, varied, verhoeff, weighted } from './checksums.ts';
import { type Finder, words } from './finder.ts';

const plain = (found: string): string => found.replace(/[^0-9A-Z]/gi, '').toUpperCase();

/** https://www.ssa.gov/employer/randomization.html: no area 000, 666 or 900 up, no group 00, no serial 0000. */
const isSsn = (found: string): boolean =>
  /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(plain(found)) && varied(found) && !/^123456789$/.test(plain(found));
const isItin = (found: string): boolean => /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(plain(found));
const isNpi = (found: string): boolean => luhn(`80840${plain(found)}`) && varied(found);
const isSin = (found: string): boolean => /^[1-79]/.test(found) && luhn(found) && varied(found);

const withChecks = (found: string, first: readonly number[], second: readonly number[]): boolean => {
  const digits = digitsOf(found);
  return varied(found) && mod11(digits, first) === digits.at(-2) && mod11(digits, second) === last(digits);
};
const isCpf = (found: string): boolean => withChecks(found, [10, 9, 8, 7, 6, 5, 4, 3, 2], [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
const isCnpj = (found: string): boolean => withChecks(found, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);

const isAbn = (found: string): boolean => {
  const [first = 0, ...rest] = digitsOf(found);
  return weighted([first - 1, ...rest], [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0 && varied(found);
};
const isAcn = (found: string): boolean =>
  (10 - (weighted(digitsOf(found), [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === last(digitsOf(found)) && varied(found);
const isTfn = (found: string): boolean => weighted(digitsOf(found), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 && varied(found);
const isMedicare = (found: string): boolean => {
  const digits = digitsOf(found);
  return /^[2-6]/.test(found) && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digits[8];
};

const isNric = (found: string): boolean => {
  const id = plain(found);
  const letter = id[0] ?? '';
  const sum = weighted(digitsOf(id), [2, 7, 6, 5, 4, 3, 2]) + ('TG'.includes(letter) ? 4 : letter === 'M' ? 3 : 0);
  const table = 'ST'.includes(letter) ? 'JZIHGFEDCBA' : letter === 'M' ? 'KLJNPQRTUWX' : 'XWUTRQPNMLK';
  return (letter === 'M' ? table[10 - (sum % 11)] : table[sum % 11]) === id.at(-1);
};
const GSTIN = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const isGstin = (found: string): boolean => {
  const id = plain(found);
  let sum = 0;
  for (let i = 0; i < 14; i++) {
    const product = GSTIN.indexOf(id[i] ?? '0') * (i % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return GSTIN[(36 - (sum % 36)) % 36] === id[14];
};
const isKorean = (found: string): boolean => {
  const digits = digitsOf(found);
  return startsWithDay(found) && (11 - (weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === last(digits);
};
const isThai = (found: string): boolean =>
  (11 - (weighted(digitsOf(found), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === last(digitsOf(found)) && varied(found);
const isTurkish = (found: string): boolean => {
  const digits = digitsOf(found);
  const odd = weighted(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighted(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
  return (((odd * 7 - even) % 10) + 10) % 10 === digits[9] && digits.slice(0, 10).reduce((a, b) => a + b, 0) % 10 === digits[10];
};
const isChinese = (found: string): boolean => {
  const id = plain(found);
  const check = (12 - (weighted(digitsOf(id.slice(0, 17)), [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11)) % 11;
  return (
    isDay(Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14))) && (check === 10 ? 'X' : String(check)) === id[17]
  );
};
const isChilean = (found: string): boolean => {
  const id = plain(found);
  const sum = weighted(digitsOf(id.slice(0, -1)).reverse(), [2, 3, 4, 5, 6, 7, 2, 3]);
  return '0K987654321'[sum % 11] === id.at(-1);
};
const isArgentine = (found: string): boolean => mod11(digitsOf(found), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 9) === last(digitsOf(found));
const isSouthAfrican = (found: string): boolean => startsWithDay(found) && luhn(found);
const isMyNumber = (found: string): boolean => {
  const digits = digitsOf(found);
  const rest = weighted(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest <= 1 ? 0 : 11 - rest) === last(digits) && varied(found);
};

const AADHAAR = words('aadha?ar', 'uidai', 'uid\\b');

/** National, tax and health numbers of the Americas, Asia, Africa and Oceania. */
export const WORLD: readonly Finder[] = [
  { type: 'US_SSN', pattern: /(?<![\p{L}\d.-])\d{3}([-. ])\d{2}\1\d{4}(?![\d-]|\.\d)/gu, valid: isSsn, score: 0.85, digits: 9 },
  {
    type: 'US_SSN',
    pattern: /(?<![\p{L}\d.-])(?:\d{3}-\d{6}|\d{5}-\d{4}|\d{9})(?![\d-]|\.\d)/gu,
    valid: isSsn,
    score: 0.3,
    context: words('ssn', 'social', 'soc\\. sec'),
    digits: 9,
  },
  {
    type: 'US_SSN',
    pattern: /(?<![\p{L}\d.-])(?:\d{3}-\d{6}|\d{5}-\d{4})(?=\s\d|$)/gu,
    valid: (found) => isSsn(found) && !/^\d{5}-\d{4}$/.test(found),
    score: 0.5,
    digits: 9,
  },
  { type: 'US_ITIN', pattern: /(?<![\p{L}\d.-])9\d{2}([- ])\d{2}\1\d{4}(?![\p{L}\d-])/gu, valid: isItin, score: 0.85, digits: 9 },
  {
    type: 'US_ITIN',
    pattern: /(?<![\p{L}\d.-])9\d{8}(?![\p{L}\d-])/gu,
    valid: isItin,
    score: 0.2,
    context: words('itin', 'taxpayer', 'tax id'),
    alone: 0.5,
    digits: 9,
  },
  {
    type: 'US_NPI',
    pattern: /(?<![\p{L}\d.-])[12]\d{3}[- ]?\d{3}[- ]?\d{3}(?![\p{L}\d-])/gu,
    valid: isNpi,
    score: 0.2,
    context: words('npi\\b', 'provider'),
    alone: 0.6,
    digits: 10,
  },
  {
    type: 'US_MBI',
    pattern:
      /(?<![\p{L}\p{N}])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}(?![\p{L}\p{N}])/giu,
    score: 0.8,
    digits: 4,
    unbroken: 11,
  },
  {
    type: 'US_EIN',
    pattern: /(?<![\d-])\d{2}-\d{7}(?![\p{L}\d-])/gu,
    score: 0.2,
    context: words('ein\\b', 'employer id', 'fein', 'tax id'),
    digits: 9,
  },
  { type: 'CA_SIN', pattern: /(?<![\p{L}\d.-])\d{3}([- ])\d{3}\1\d{3}(?![\d-]|[ -]\d)/gu, valid: isSin, score: 0.6, digits: 9 },
  {
    type: 'CA_SIN',
    pattern: /(?<![\p{L}\d.-])\d{9}(?![\p{L}\d-])/gu,
    valid: isSin,
    score: 0.2,
    context: words('sin\\b', 'social insurance', 'assurance sociale', 'nas\\b'),
    digits: 9,
  },
  { type: 'BR_CPF', pattern: /(?<![\p{L}\d.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\p{L}\d-])/gu, valid: isCpf, score: 0.95, digits: 11 },
  { type: 'BR_CPF', pattern: /(?<![\p{L}\d.-])\d{11}(?![\p{L}\d-])/gu, valid: isCpf, score: 0.3, context: words('cpf'), digits: 11 },
  {
    type: 'BR_CNPJ',
    pattern: /(?<![\p{L}\d.-])\d{2}\.?\d{3}\.?\d{3}\/?\d{4}-?\d{2}(?![\p{L}\d-])/gu,
    valid: isCnpj,
    score: 0.8,
    digits: 14,
  },
  { type: 'CL_RUT', pattern: /(?<![\p{L}\d.-])\d{1,2}\.?\d{3}\.?\d{3}-[\dK](?![\p{L}\p{N}-])/giu, valid: isChilean, score: 0.7, digits: 7 },
  {
    type: 'AR_CUIT',
    pattern: /(?<![\p{L}\d.-])(?:2[0347]|3[034])-?\d{8}-?\d(?![\p{L}\d-])/gu,
    valid: isArgentine,
    score: 0.6,
    context: words('cui[tl]'),
    digits: 11,
  },
  {
    type: 'MX_CURP',
    pattern:
      /(?<![\p{L}\p{N}])[A-Z][AEIOUX][A-Z]{2}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HMX][A-Z]{5}[A-Z0-9]\d(?![\p{L}\p{N}])/giu,
    score: 0.95,
    digits: 7,
    unbroken: 18,
  },
  { type: 'AU_ABN', pattern: /(?<![\p{L}\d.-])\d{2} \d{3} \d{3} \d{3}(?![\p{L}\d-])/gu, valid: isAbn, score: 0.8, digits: 11 },
  {
    type: 'AU_ABN',
    pattern: /(?<![\p{L}\d.-])\d{11}(?![\p{L}\d-])/gu,
    valid: isAbn,
    score: 0.3,
    context: words('abn\\b', 'business number'),
    alone: 0.5,
    digits: 11,
  },
  {
    type: 'AU_ACN',
    pattern: /(?<![\p{L}\d.-])\d{3} ?\d{3} ?\d{3}(?![\p{L}\d-]|[ -]\d)/gu,
    valid: isAcn,
    score: 0.2,
    context: words('acn\\b', 'company number'),
    digits: 9,
  },
  {
    type: 'AU_TFN',
    pattern: /(?<![\p{L}\d.-])\d{3} ?\d{3} ?\d{3}(?![\p{L}\d-]|[ -]\d)/gu,
    valid: isTfn,
    score: 0.2,
    context: words('tfn\\b', 'tax file'),
    digits: 9,
  },
  { type: 'AU_MEDICARE', pattern: /(?<![\p{L}\d.-])[2-6]\d{3} \d{5} \d(?![\p{L}\d-])/gu, valid: isMedicare, score: 0.8, digits: 10 },
  {
    type: 'AU_MEDICARE',
    pattern: /(?<![\p{L}\d.-])[2-6]\d{9}(?![\p{L}\d-])/gu,
    valid: isMedicare,
    score: 0.2,
    context: words('medicare'),
    alone: 0.6,
    digits: 10,
  },
  { type: 'SG_NRIC', pattern: /(?<![\p{L}\p{N}])[STFGM]\d{7}[A-Z](?![\p{L}\p{N}])/giu, valid: isNric, score: 0.9, digits: 7, unbroken: 9 },
  {
    type: 'IN_PAN',
    pattern: /(?<![\p{L}\p{N}])[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z](?![\p{L}\p{N}])/giu,
    score: 0.8,
    digits: 4,
    unbroken: 10,
  },
  {
    type: 'IN_PAN',
    pattern: /(?<![\p{L}\p{N}])[A-Z]{5}\d{4}[A-Z](?![\p{L}\p{N}])/giu,
    score: 0.2,
    context: words('pan\\b', 'permanent account'),
    alone: 0.5,
    digits: 4,
    unbroken: 10,
  },
  {
    type: 'IN_AADHAAR',
    pattern: /(?<![\d.:-]|\d[A-Z0-9]{0,4} )[2-9]\d{3}([ :-])\d{4}\1\d{4}(?![\d:-]|[ :-]\d)/g,
    valid: verhoeff,
    score: 0.8,
    digits: 12,
  },
  {
    type: 'IN_AADHAAR',
    pattern: /(?<![\d.:-])[2-9]\d{11}(?![\d:-])/g,
    valid: verhoeff,
    score: 0.3,
    context: AADHAAR,
    alone: 0.6,
    digits: 12,
  },
  {
    type: 'IN_GSTIN',
    pattern: /(?<![\p{L}\p{N}])[0-3]\d[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z](?![\p{L}\p{N}])/giu,
    valid: isGstin,
    score: 1,
    digits: 7,
    unbroken: 15,
  },
  {
    type: 'IN_VOTER',
    pattern: /(?<![\p{L}\p{N}])[A-Z]{3}\d{7}(?![\p{L}\p{N}])/giu,
    score: 0.2,
    context: words('vote', 'epic\\b', 'election'),
    digits: 7,
    unbroken: 10,
  },
  { type: 'KR_RRN', pattern: /(?<![\p{L}\d.-])\d{6}-?[1-8]\d{6}(?![\p{L}\d-])/gu, valid: isKorean, score: 0.8, digits: 13 },
  {
    type: 'TH_TNIN',
    pattern: /(?<![\p{L}\d.-])[1-8](?:-?\d{4}-?\d{5}-?\d{2}-?)\d(?![\p{L}\d-])/gu,
    valid: isThai,
    score: 0.4,
    context: words('tnin', 'thai', 'เลขประจำตัว', 'บัตรประชาชน', 'national id'),
    alone: 0.6,
    digits: 13,
  },
  { type: 'TR_ID', pattern: /(?<![\p{L}\d.-])[1-9]\d{10}(?![\p{L}\d-])/gu, valid: isTurkish, score: 0.6, digits: 11 },
  { type: 'CN_ID', pattern: /(?<![\p{L}\d.-])[1-8]\d{5}(?:19|20)\d{9}[\dX](?![\p{L}\p{N}])/giu, valid: isChinese, score: 0.95, digits: 17 },
  {
    type: 'JP_MY_NUMBER',
    pattern: /(?<![\p{L}\d.-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\d-]|[ -]\d)/gu,
    valid: isMyNumber,
    score: 0.2,
    context: words('my ?number', 'マイナンバー', '個人番号'),
    digits: 12,
  },
  { type: 'ZA_ID', pattern: /(?<![\p{L}\d.-])\d{10}[01][89]\d(?![\p{L}\d-])/gu, valid: isSouthAfrican, score: 0.7, digits: 13 },
  {
    type: 'IL_ID',
    pattern: /(?<![\p{L}\d.-])\d{9}(?![\p{L}\d-])/gu,
    valid: luhn,
    score: 0.2,
    context: words('teudat', 'תעודת זהות', 'israeli id'),
    digits: 9,
  },
  {
    type: 'PH_TIN',
    pattern: /(?<![\p{L}\d.-])\d{3}-\d{3}-\d{3}(?:-\d{3,5})?(?![\p{L}\d-])/gu,
    score: 0.2,
    context: words('tin\\b', 'bir\\b'),
    digits: 9,
  },
];
