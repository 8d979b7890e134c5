import { createHash } from 'node:crypto';
import { digitsOf, luhn, mod97, varied, weighted } from './checksums.ts';
import { type Finder, words } from './finder.ts';

export const CARD_WORDS = words(
  'card',
  'credit',
  'debit',
  'visa',
  'master',
  'amex',
  'maestro',
  'tarjeta',
  'karte',
  'kredit',
  'carte',
  'pan\\b',
);

/** Lengths by country: https://www.swift.com/standards/data-standards/iban-international-bank-account-number */
const IBAN_LENGTHS =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30';

const ibanCountries = Map.groupBy(IBAN_LENGTHS.match(/.{4}/g) ?? [], (entry) => Number(entry.slice(2)));
/** Each country's by its own length, so that the word after it is not taken in. */
const IBAN = new RegExp(
  `(?<![A-Z0-9])(?:${[...ibanCountries].map(([length, all]) => `(?:${all.map((entry) => entry.slice(0, 2)).join('|')})\\d{2}(?:[ .-]?[A-Z0-9]){${length - 4}}`).join('|')})(?![A-Z0-9])`,
  'gi',
);

const isIban = (found: string): boolean => {
  const iban = found.replace(/[\s.-]/g, '').toUpperCase();
  return mod97(iban.slice(4) + iban.slice(0, 4)) === 1;
};

/** A major industry issues such numbers, which a run of equal digits or a serial number mostly is not. */
const isCard = (found: string): boolean => /^[2-6]|^1(?:800|22)/.test(found) && luhn(found) && varied(found);

/** https://en.wikipedia.org/wiki/ABA_routing_transit_number */
const isRouting = (found: string): boolean =>
  /^(?:0[1-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(found) && weighted(digitsOf(found), [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Base58Check: the last four bytes are a checksum of the others. */
function isBase58Check(found: string): boolean {
  let number = 0n;
  for (const character of found) number = number * 58n + BigInt(BASE58.indexOf(character));
  const bytes = Buffer.from(number.toString(16).padStart(50, '0'), 'hex');
  return (
    bytes.length === 25 &&
    sha256(sha256(bytes.subarray(0, 21)))
      .subarray(0, 4)
      .equals(bytes.subarray(21))
  );
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** BIP 173 and BIP 350. */
function isBech32(found: string): boolean {
  const text = found.toLowerCase();
  const border = text.lastIndexOf('1');
  const human = Array.from(text.slice(0, border), (character) => character.charCodeAt(0));
  const values = [
    ...human.map((code) => code >> 5),
    0,
    ...human.map((code) => code & 31),
    ...Array.from(text.slice(border + 1), (c) => BECH32.indexOf(c)),
  ];
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (const [i, factor] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries()) if ((top >> i) & 1) check ^= factor;
  }
  return check === 1 || check === 0x2bc830a3;
}

export const BANK_WORDS = words('account', 'acct', 'a/c', 'bank', 'checking', 'savings', 'cuenta', 'konto', 'compte', 'rekening');

/** Cards, accounts and the addresses of crypto-currencies. */
export const FINANCE: readonly Finder[] = [
  // As they are mostly written, so that figures after it are not taken in: a month of expiry, a number of times.
  // In other groups two numbers side by side would pass the check one time in ten: then it needs words around it.
  {
    type: 'CREDIT_CARD',
    pattern:
      /(?<![\p{L}\d.-])(?:\d{13,19}|(?<!\d )\d{4}(?:( - |[ .-])\d{4}\1\d{4}\1\d{4}(?!\1\d{4}(?!\d))|[ -]\d{6}[ -]\d{4,5}))(?![\p{L}\d-]|\.\d)/gu,
    valid: isCard,
    score: 1,
    digits: 13,
  },
  {
    type: 'CREDIT_CARD',
    pattern: /(?<![\p{L}\d.-])\d(?:[ -]?\d){11,18}(?![\p{L}\d-])/gu,
    valid: (found) => luhn(found) && varied(found),
    score: 0.2,
    context: CARD_WORDS,
    digits: 12,
  },
  { type: 'IBAN_CODE', pattern: IBAN, valid: isIban, score: 1, digits: 8 },
  {
    type: 'ABA_ROUTING_NUMBER',
    pattern: /(?<![\d-])(?:\d{9}|\d{4}-\d{4}-\d)(?![\p{L}\d-])/gu,
    valid: isRouting,
    score: 0.2,
    context: words('routing', 'aba\\b', 'rtn\\b', 'transit'),
    alone: 0.6,
    digits: 9,
  },
  { type: 'US_BANK_NUMBER', pattern: /(?<![\d.,-])\d{8,17}(?![\d-]|[.,]\d)/g, score: 0.1, context: BANK_WORDS, digits: 8 },
  { type: 'BANK_ACCOUNT', pattern: /(?<![\d-])\d{2}-\d{2}-\d{2}(?![\p{L}\d-])/gu, score: 0.1, context: words('sort code'), digits: 6 },
  {
    type: 'SWIFT_CODE',
    pattern: /(?<![A-Z0-9])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Z0-9])/g,
    score: 0.1,
    context: words('swift', 'bic\\b'),
    digits: 0,
    triggers: ['swift', 'bic'],
  },
  {
    type: 'CRYPTO',
    pattern: /(?<![A-Za-z0-9])[13][1-9A-HJ-NP-Za-km-z]{25,34}(?![A-Za-z0-9])/g,
    valid: isBase58Check,
    score: 1,
    digits: 1,
    unbroken: 26,
  },
  {
    type: 'CRYPTO',
    pattern: /(?<![a-z0-9])(?:bc|tb|ltc)1[02-9ac-hj-np-z]{11,71}(?![a-z0-9])/gi,
    valid: isBech32,
    score: 1,
    digits: 1,
    unbroken: 14,
  },
  { type: 'CRYPTO', pattern: /(?<![a-z0-9])0x[0-9a-f]{40}(?![a-z0-9])/gi, score: 0.9, digits: 2, unbroken: 42 },
];
