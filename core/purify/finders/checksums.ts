/** Check digits of numbers that people are known by. Each takes what was found and looks at its digits (or letters) alone. */

export const digitsOf = (found: string): number[] => Array.from(found.replace(/\D/g, ''), Number);

const at = (digits: readonly number[], i: number): number => digits[i] ?? 0;

/** The sum of digits times weights; the digits past the last weight do not count. */
export const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * at(digits, i), 0);

export const last = (digits: readonly number[]): number => digits.at(-1) ?? 0;

/** ISO/IEC 7812-1, of cards, and of many identity numbers. */
export function luhn(found: string): boolean {
  const digits = digitsOf(found);
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = at(digits, digits.length - 1 - i);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** ISO 7064 mod 97-10 over digits and letters (A is 10), as IBANs have it after their first four characters are put last. */
export function mod97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

const TIMES = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const TURNS = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'];

/** Verhoeff's dihedral check digit (1969). */
export const verhoeff = (found: string): boolean =>
  digitsOf(found)
    .reverse()
    .reduce((check, digit, i) => Number(TIMES[check]?.[Number(TURNS[i % 8]?.[digit])]), 0) === 0;

/** ISO 7064 mod 11,10: German tax numbers, Croatian OIB. */
export function mod1110(found: string): boolean {
  const digits = digitsOf(found);
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === last(digits);
}

/** Not a run of one digit, which many check digits accept. */
export const varied = (found: string): boolean => new Set(found.replace(/\W/g, '')).size > 1;

/** Whether a day of the calendar exists; a year of two digits may be of any century. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year < 100 ? year % 4 === 0 : (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

const part = (found: string, from: number, to: number): number => Number(found.replace(/\D/g, '').slice(from, to));

/** A number that begins with a date of birth in the order year, month, day, two digits each. */
export const startsWithDay = (found: string, at = 0): boolean =>
  isDay(part(found, at, at + 2), part(found, at + 2, at + 4), part(found, at + 4, at + 6));

/** As day, month, year. */
export const startsWithDayFirst = (found: string): boolean => isDay(part(found, 4, 6), part(found, 2, 4), part(found, 0, 2));

/** The usual scheme of mod 11: weights, then 11 less the remainder; `ten` is what a check of ten is written as. */
export function mod11(digits: readonly number[], weights: readonly number[], ten = 0): number {
  const check = (11 - (weighted(digits, weights) % 11)) % 11;
  return check === 10 ? ten : check;
}
