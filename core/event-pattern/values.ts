import { JsonNumber, JsonObject } from './json-text.ts';

/** What a field of an event holds. A plain number stands for its own text. */
export type Scalar = null | boolean | string | number | JsonNumber;

export const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value instanceof JsonNumber;

export const isNumber = (value: unknown): value is number | JsonNumber => typeof value === 'number' || value instanceof JsonNumber;

/** The members of an object, whether it was read from text or is a plain value; undefined for everything else. */
export function membersOf(node: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (node instanceof JsonObject) return node.members;
  if (node === null || typeof node !== 'object' || Array.isArray(node) || node instanceof JsonNumber) return undefined;
  return Object.entries(node).filter(([, value]) => value !== undefined);
}

export const numberText = (value: number | JsonNumber): string => (value instanceof JsonNumber ? value.text : String(value));

/** `-012.50e3` as `-125e2`: equal for equal values, whatever the notation. */
function decimal(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${negative ? '-' : ''}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/**
 * The double that EventBridge compares, or undefined for a number that a double would change: such a number takes
 * part in no range, and equals only a number of the same text.
 */
export function comparable(value: number | JsonNumber): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const double = Number(value.text);
  if (!Number.isFinite(double)) return undefined;
  const shortest = String(double);
  return shortest === value.text || decimal(shortest) === decimal(value.text) ? double : undefined;
}
