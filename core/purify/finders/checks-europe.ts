import { digitsOf, isDay, last, luhn, mod11, mod1110, startsWithDay, startsWithDayFirst, varied, weighted } from './checksums.ts';

/** Check digits of the national numbers of Europe. */

const plain = (found: string): string => found.replace(/[^0-9A-Z]/gi, '').toUpperCase();
const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** The letter of a Spanish identity number: its number modulo 23; X, Y, Z of a foreigner's number are 0, 1, 2. */
export function isSpanish(found: string): boolean {
  const id = plain(found).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return DNI[Number(id.slice(0, -1)) % 23] === id.at(-1);
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Decree of 23 December 1976: odd and even places count by different tables. */
export function isItalian(found: string): boolean {
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
export const isFinnish = (found: string): boolean =>
  startsWithDayFirst(found.slice(0, 6)) && FINNISH[Number(found.slice(0, 6) + found.slice(7, 10)) % 31] === found.at(-1)?.toUpperCase();

/** Ten digits with Luhn's check after a date; the day is 60 more in a number of coordination. */
export function isSwedish(found: string): boolean {
  const digits = found.replace(/\D/g, '');
  const ten = digits.slice(-10);
  const century = digits.length === 12 ? Number(digits.slice(0, 2)) : 19;
  const [year, month, day] = [Number(ten.slice(0, 2)), Number(ten.slice(2, 4)), Number(ten.slice(4, 6))];
  return (century === 18 || century === 19 || century === 20) && isDay(century * 100 + year, month, day > 60 ? day - 60 : day) && luhn(ten);
}

export function isPolish(found: string): boolean {
  const digits = digitsOf(found);
  const month = Number(found.slice(2, 4));
  if (!isDay(Number(found.slice(0, 2)), month % 20, Number(found.slice(4, 6)))) return false;
  return (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === last(digits);
}

/** Since 2016 one digit of the first ten stands two or three times. */
export function isGermanTax(found: string): boolean {
  const digits = plain(found);
  const counts = [...Map.groupBy(digits.slice(0, 10), (digit) => digit).values()].map(({ length }) => length);
  return digits[0] !== '0' && Math.max(...counts) <= 3 && (counts.length < 10 || digits === '98765432106') && mod1110(digits);
}

export const isFrench = (found: string): boolean => {
  const id = plain(found).replace('2A', '19').replace('2B', '18');
  return Number(id.slice(13)) === 97 - (Number(id.slice(0, 13)) % 97);
};
export const isDutch = (found: string): boolean => varied(found) && weighted(digitsOf(found), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
export const isBelgian = (found: string): boolean => {
  const id = plain(found);
  const check = 97 - Number(id.slice(9));
  return startsWithDay(id) && (Number(id.slice(0, 9)) % 97 === check || Number(`2${id.slice(0, 9)}`) % 97 === check);
};
export const isNorwegian = (found: string): boolean => {
  const digits = digitsOf(found);
  const first = mod11(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2], -1);
  return (
    isDay(Number(found.slice(4, 6)), Number(found.slice(2, 4)), Number(found.slice(0, 2)) % 40) &&
    first === digits[9] &&
    mod11(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], -1) === digits[10]
  );
};
export const isDanish = (found: string): boolean => startsWithDayFirst(found);
export const isPortuguese = (found: string): boolean =>
  /^[1-35689]/.test(found) && mod11(digitsOf(found), [9, 8, 7, 6, 5, 4, 3, 2]) === last(digitsOf(found));
export const isSwiss = (found: string): boolean => {
  const digits = digitsOf(found);
  return (10 - (weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === last(digits);
};
export const isAustrian = (found: string): boolean => {
  const digits = digitsOf(found);
  return (
    isDay(Number(plain(found).slice(8)), Number(plain(found).slice(6, 8)), Number(plain(found).slice(4, 6))) &&
    weighted(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digits[3]
  );
};
export const isNhs = (found: string): boolean =>
  varied(found) && mod11(digitsOf(found), [10, 9, 8, 7, 6, 5, 4, 3, 2], -1) === last(digitsOf(found));
export const isCzech = (found: string): boolean => {
  const id = plain(found);
  return isDay(Number(id.slice(0, 2)), (Number(id.slice(2, 4)) % 50) % 20 || 20, Number(id.slice(4, 6))) && Number(id) % 11 === 0;
};
export const isBulgarian = (found: string): boolean => {
  const digits = digitsOf(found);
  return (
    startsWithDay(found.replace(/^(..)(\d\d)/, (_, year: string, month: string) => year + String(Number(month) % 20).padStart(2, '0'))) &&
    (weighted(digits, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === last(digits)
  );
};
export const isRomanian = (found: string): boolean => {
  const rest = weighted(digitsOf(found), [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return startsWithDay(found, 1) && (rest === 10 ? 1 : rest) === last(digitsOf(found));
};
export const isIrish = (found: string): boolean => {
  const id = plain(found);
  const second = id.length > 8 ? (id.charCodeAt(8) - 64) * 9 : 0;
  return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(digitsOf(id), [8, 7, 6, 5, 4, 3, 2]) + second) % 23] === id[7];
};

/** Personal codes of Estonia and Lithuania: a second row of weights where the first leaves ten. */
export const isBaltic = (found: string): boolean => {
  const digits = digitsOf(found);
  const first = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  const check = first < 10 ? first : (weighted(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10;
  return startsWithDay(found, 1) && check === last(digits);
};
