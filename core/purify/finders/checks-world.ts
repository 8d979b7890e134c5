import { digitsOf, isDay, last, luhn, mod11, startsWithDay, varied, weighted } from './checksums.ts';

/** Check digits of the national numbers of the rest of the world. */

const plain = (found: string): string => found.replace(/[^0-9A-Z]/gi, '').toUpperCase();

/** https://www.ssa.gov/employer/randomization.html: no area 000, 666 or 900 up, no group 00, no serial 0000. */
export const isSsn = (found: string): boolean =>
  /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(plain(found)) && varied(found) && !/^123456789$/.test(plain(found));
export const isItin = (found: string): boolean => /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(plain(found));
export const isNpi = (found: string): boolean => luhn(`80840${plain(found)}`) && varied(found);
/** Numbers that begin with 0 are given out by the tax office alone, and none begins with 8. */
export const isSin = (found: string): boolean => /^[1-79]/.test(found) && luhn(found) && varied(found);
export const isAnySin = (found: string): boolean => !found.startsWith('8') && luhn(found) && varied(found);

const withChecks = (found: string, first: readonly number[], second: readonly number[]): boolean => {
  const digits = digitsOf(found);
  return varied(found) && mod11(digits, first) === digits.at(-2) && mod11(digits, second) === last(digits);
};
export const isCpf = (found: string): boolean => withChecks(found, [10, 9, 8, 7, 6, 5, 4, 3, 2], [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
export const isCnpj = (found: string): boolean =>
  withChecks(found, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);

export const isAbn = (found: string): boolean => {
  const [first = 0, ...rest] = digitsOf(found);
  return weighted([first - 1, ...rest], [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0 && varied(found);
};
export const isAcn = (found: string): boolean =>
  (10 - (weighted(digitsOf(found), [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === last(digitsOf(found)) && varied(found);
export const isTfn = (found: string): boolean => weighted(digitsOf(found), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 && varied(found);
export const isMedicare = (found: string): boolean => {
  const digits = digitsOf(found);
  return /^[2-6]/.test(found) && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digits[8];
};

export const isNric = (found: string): boolean => {
  const id = plain(found);
  const letter = id[0] ?? '';
  const sum = weighted(digitsOf(id), [2, 7, 6, 5, 4, 3, 2]) + ('TG'.includes(letter) ? 4 : letter === 'M' ? 3 : 0);
  const table = 'ST'.includes(letter) ? 'JZIHGFEDCBA' : letter === 'M' ? 'KLJNPQRTUWX' : 'XWUTRQPNMLK';
  return (letter === 'M' ? table[10 - (sum % 11)] : table[sum % 11]) === id.at(-1);
};
const GSTIN = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const isGstin = (found: string): boolean => {
  const id = plain(found);
  let sum = 0;
  for (let i = 0; i < 14; i++) {
    const product = GSTIN.indexOf(id[i] ?? '0') * (i % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return GSTIN[(36 - (sum % 36)) % 36] === id[14];
};
export const isKorean = (found: string): boolean => {
  const digits = digitsOf(found);
  return startsWithDay(found) && (11 - (weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === last(digits);
};
export const isThai = (found: string): boolean =>
  (11 - (weighted(digitsOf(found), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === last(digitsOf(found)) && varied(found);
export const isTurkish = (found: string): boolean => {
  const digits = digitsOf(found);
  const odd = weighted(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighted(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
  return (((odd * 7 - even) % 10) + 10) % 10 === digits[9] && digits.slice(0, 10).reduce((a, b) => a + b, 0) % 10 === digits[10];
};
export const isChinese = (found: string): boolean => {
  const id = plain(found);
  const check = (12 - (weighted(digitsOf(id.slice(0, 17)), [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11)) % 11;
  return (
    isDay(Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14))) && (check === 10 ? 'X' : String(check)) === id[17]
  );
};
export const isChilean = (found: string): boolean => {
  const id = plain(found);
  const sum = weighted(digitsOf(id.slice(0, -1)).reverse(), [2, 3, 4, 5, 6, 7, 2, 3]);
  return '0K987654321'[sum % 11] === id.at(-1);
};
export const isArgentine = (found: string): boolean => mod11(digitsOf(found), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 9) === last(digitsOf(found));
export const isSouthAfrican = (found: string): boolean => startsWithDay(found) && luhn(found);
export const isMyNumber = (found: string): boolean => {
  const digits = digitsOf(found);
  const rest = weighted(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest <= 1 ? 0 : 11 - rest) === last(digits) && varied(found);
};
