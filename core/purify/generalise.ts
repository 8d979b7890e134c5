import { factsOf } from './names/lexicon.ts';

const band = (age: number): string => (age >= 90 ? '90+' : `${Math.floor(age / 10) * 10}-${Math.floor(age / 10) * 10 + 9}`);

/** The country, state or town that an address ends with. */
const regionOf = (address: string): string | undefined =>
  address
    .split(/[,\n]|\d+/)
    .map((part) => part.trim())
    .findLast((part) => part.length > 2 && factsOf(part).place);

/** The first groups of an address of version 6, without those after `::`, which may be all that tells whose it is. */
function network(address: string): string | undefined {
  const [head = ''] = address.split('::', 1);
  const groups = head.split(':');
  const isWhole = head !== address || groups.length === 8;
  return isWhole && groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? groups.slice(0, 3).join(':') : undefined;
}

const GENERAL: Record<string, ((value: string) => string | undefined) | undefined> = {
  AGE: (value) => {
    const [age] = /\d+/.exec(value) ?? [];
    return age === undefined ? undefined : band(Number(age));
  },
  DATE_OF_BIRTH: (value) => /(?<!\d)(?:18|19|20)\d\d(?!\d)/.exec(value)?.[0],
  ZIP_CODE: (value) => `${value.slice(0, 2)}${'*'.repeat(Math.max(0, value.length - 2))}`,
  STREET_ADDRESS: regionOf,
  IP_ADDRESS: (value) => {
    const [ofFour] = /^\d+\.\d+\.\d+(?=\.)/.exec(value) ?? [];
    const ofSix = network(value);
    return ofFour ? `${ofFour}.0/24` : ofSix && `${ofSix}::/48`;
  },
  // Spelled out, it has no sign that tells where the domain begins.
  EMAIL_ADDRESS: (value) => (value.includes('@') ? value.slice(value.lastIndexOf('@')).replace(/[^\p{L}\p{N}@._-]/gu, '') : undefined),
  PHONE_NUMBER: (value) => /^\+\d{1,2}(?=[ (\u2010-\u2015\u2212-])/.exec(value)?.[0],
};

/** What is left of a value when it may be that of many people; undefined: nothing that would not tell too much. */
export function generalised(type: string, value: string): string | undefined {
  const general = GENERAL[type]?.(value);
  return general === undefined || general === '' ? undefined : `[${type} ${general}]`;
}
