import { invalid } from './service.ts';

export type Metadata = Record<string, unknown>;
export type Filter = Record<string, unknown>;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html */
const FILTERABLE_BYTES = 2 * 1024;
const TOTAL_BYTES = 40 * 1024;
const KEYS = 50;

const sizeOf = (metadata: Metadata): number => Buffer.byteLength(JSON.stringify(metadata));
const isPrimitive = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** Why a vector's metadata is refused; undefined: it is not. */
export function metadataProblem(metadata: Metadata, nonFilterable: readonly string[]): string | undefined {
  const filterable = Object.fromEntries(Object.entries(metadata).filter(([key]) => !nonFilterable.includes(key)));
  if (Object.keys(metadata).length > KEYS) return `more than ${KEYS} metadata keys`;
  if (sizeOf(metadata) > TOTAL_BYTES) return `metadata of more than ${TOTAL_BYTES} bytes`;
  if (sizeOf(filterable) > FILTERABLE_BYTES) return `filterable metadata of more than ${FILTERABLE_BYTES} bytes`;
  const odd = Object.entries(filterable).find(([, value]) => !isPrimitive(value) && !(Array.isArray(value) && value.every(isPrimitive)));
  return odd && `metadata ${odd[0]} is neither a string, number or boolean nor a list of these`;
}

/** Any element of a list may be meant. */
const anyOf = (value: unknown, test: (one: unknown) => boolean): boolean => (Array.isArray(value) ? value.some(test) : test(value));
const compared =
  (holds: (a: number, b: number) => boolean) =>
  (value: unknown, wanted: unknown): boolean => {
    if (typeof wanted !== 'number') throw invalid('a range is of numbers');
    return anyOf(value, (one) => typeof one === 'number' && holds(one, wanted));
  };
function listOf(wanted: unknown): readonly unknown[] {
  if (!Array.isArray(wanted) || wanted.length === 0 || !wanted.every(isPrimitive)) throw invalid('$in and $nin take a list of values');
  return wanted;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-metadata-filtering.html */
const OPERATORS: Record<string, (value: unknown, wanted: unknown) => boolean> = {
  $eq: (value, wanted) => anyOf(value, (one) => one === wanted),
  $ne: (value, wanted) => !anyOf(value, (one) => one === wanted),
  $gt: compared((a, b) => a > b),
  $gte: compared((a, b) => a >= b),
  $lt: compared((a, b) => a < b),
  $lte: compared((a, b) => a <= b),
  $in: (value, wanted) => anyOf(value, (one) => listOf(wanted).includes(one)),
  $nin: (value, wanted) => !anyOf(value, (one) => listOf(wanted).includes(one)),
  $exists: (value, wanted) => (value !== undefined) === wanted,
};

function fieldMatches(field: string, condition: unknown, metadata: Metadata): boolean {
  const value = metadata[field];
  if (isPrimitive(condition)) return OPERATORS.$eq?.(value, condition) ?? false;
  if (typeof condition !== 'object' || condition === null) throw invalid(`the condition of ${field} is no filter`);
  return Object.entries(condition).every(([name, wanted]) => {
    const operator = OPERATORS[name];
    if (!operator) throw invalid(`unknown operator ${name}`);
    return operator(value, wanted);
  });
}

/** Whether a vector's metadata fits a filter; every condition of it has to hold. */
export function matches(filter: Filter, metadata: Metadata, nonFilterable: readonly string[]): boolean {
  const conditions = Object.entries(filter);
  if (conditions.length === 0) throw invalid('an empty filter');
  return conditions.every(([name, condition]) => {
    if (name === '$and' || name === '$or') {
      if (!Array.isArray(condition) || condition.length === 0) throw invalid(`${name} takes a list of filters`);
      const each = condition.map((one: Filter) => matches(one, metadata, nonFilterable));
      return name === '$and' ? each.every(Boolean) : each.some(Boolean);
    }
    if (nonFilterable.includes(name)) throw invalid(`${name} cannot be filtered on`);
    return fieldMatches(name, condition, metadata);
  });
}
