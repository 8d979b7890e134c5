import { factsOf } from './names/lexicon.ts';

const band = (age: number): string => (age >= 90 ? '90+' : `${Math.floor(age / 10) * 10}-${Math.floor(age / 10) * 10 + 9}`);

/** The country, state or town that an address ends with. */
const regionOf = (address: string): string | undefined =>
  address
    .split(/[,\n]|\d+/)
    .map((part) => part.trim())
    .findLast((part) => part.length > 2 && factsOf(part).place);

const GENERAL: Record<string, ((value: string) => string | undefined) | undefined> = {
  AGE: (value) => band(Number(value.replace(/\D/g, ''))),
  DATE_OF_BIRTH: (value) => /(?:18|19|20)\d\d/.exec(value)?.[0],
  ZIP_CODE: (value) => `${value.slice(0, 2)}${'*'.repeat(Math.max(0, value.length - 2))}`,
  STREET_ADDRESS: regionOf,
  IP_ADDRESS: (value) =>
    /^\d+\.\d+\.\d+\./.test(value) ? `${value.split('.').slice(0, 3).join('.')}.0/24` : `${value.split(':').slice(0, 3).join(':')}::/48`,
  EMAIL_ADDRESS: (value) => value.slice(value.lastIndexOf('@')),
  PHONE_NUMBER: (value) => /^\+\d{1,2}(?=[ (-])/.exec(value)?.[0],
};

/** What is left of a value when it may be that of many people; undefined: nothing that would not tell too much. */
export function generalised(type: string, value: string): string | undefined {
  const general = GENERAL[type]?.(value);
  return general === undefined || general === '' ? undefined : `[${type} ${general}]`;
}
