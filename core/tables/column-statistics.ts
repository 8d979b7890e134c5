import type { ColumnProfile } from './profile.ts';
import { scaleOf } from './scales.ts';

/** What a column holds, told by all its values. */
export type ColumnStatistics = { name: string; empty: number } & (
  | { kind: 'nothing' }
  | { kind: 'numbers'; least: number; most: number; mean: number; sum: number; quartiles: [number, number, number]; distinct: number }
  | { kind: 'dates'; first: string; last: string }
  | { kind: 'answers'; mean: number; of: number; top: [value: string, count: number][] }
  | { kind: 'categories'; distinct: number; top: [value: string, count: number][] }
  | { kind: 'texts'; distinct: number; isEstimate?: true; isUnique: boolean; length: number }
);

const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const isoDay = (text: string): string =>
  text.replace(DAY_FIRST, (_, day: string, month: string, year: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
const CURRENCY = /^[$€£¥]\s?|\s?(?:[$€£¥%]|EUR|USD|CHF|GBP)$/g;
const BY_POINT = /^[+-]?(?:\d{1,3}(?:[, ']\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const BY_COMMA = /^[+-]?(?:\d{1,3}(?:[. ']\d{3})+|\d+)(?:,\d+)?$/;
/** More categories are no categories. */
const MOST_CATEGORIES = 20;
const TOP = 5;

/** Numbers as people write them, with a decimal point or a decimal comma throughout; undefined where one is none. */
function numbersOf(values: readonly string[]): Float64Array<ArrayBuffer> | undefined {
  const bare = values.map((value) => value.replace(CURRENCY, ''));
  // A leading zero is a part of a name.
  if (bare.some((value) => /^0\d/.test(value))) return undefined;
  if (bare.every((value) => BY_POINT.test(value))) return Float64Array.from(bare, (value) => Number(value.replace(/[, ']/g, '')));
  if (bare.every((value) => BY_COMMA.test(value)))
    return Float64Array.from(bare, (value) => Number(value.replace(/[. ']/g, '').replace(',', '.')));
  return undefined;
}

const quantile = (sorted: Float64Array, share: number): number => {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at));
};

function ofNumbers(numbers: Float64Array<ArrayBuffer>) {
  const sorted = numbers.sort();
  const sum = sorted.reduce((a, b) => a + b, 0);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  return {
    kind: 'numbers' as const,
    least: sorted[0] ?? 0,
    most: sorted.at(-1) ?? 0,
    mean: sum / sorted.length,
    sum,
    quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)] as [number, number, number],
    distinct,
  };
}

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const topOf = (counts: ReadonlyMap<string, number>, most: number): [string, number][] =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most);

/** The statistics of one column of cells as shown. */
export function columnStatistics(name: string, cells: readonly string[]): ColumnStatistics {
  const values = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const base = { name, empty: cells.length - values.length };
  if (values.length === 0) return { ...base, kind: 'nothing' };
  const days = values.map(isoDay);
  if (days.every((value) => DATE.test(value))) {
    const sorted = days.sort();
    return { ...base, kind: 'dates', first: sorted[0] ?? '', last: sorted.at(-1) ?? '' };
  }
  const numbers = numbersOf(values);
  if (numbers) return { ...base, ...ofNumbers(numbers) };
  const counts = countsOf(values);
  const length = values.reduce((sum, value) => sum + value.length, 0) / values.length;
  return ofTexts(base, values.length, { counts, distinct: counts.size, length });
}

type Texts = { counts: ReadonlyMap<string, number> | undefined; distinct: number; isEstimate?: true | undefined; length: number };

/** `counts`: of all values; undefined where there are too many for answers and categories. */
function ofTexts(base: { name: string; empty: number }, filled: number, { counts, distinct, isEstimate, length }: Texts): ColumnStatistics {
  const few = counts && counts.size <= MOST_CATEGORIES ? counts : undefined;
  const scale = few && scaleOf(few);
  if (few && scale) {
    const answers = [...few].flatMap(([value, count]) => (scale.worth.has(value) ? [{ worth: scale.worth.get(value) ?? 0, count }] : []));
    const sum = answers.reduce((total, { worth, count }) => total + worth * count, 0);
    const mean = sum / answers.reduce((total, { count }) => total + count, 0);
    return { ...base, kind: 'answers', mean, of: scale.of, top: topOf(few, TOP) };
  }
  if (few && few.size <= filled / 2) return { ...base, kind: 'categories', distinct, top: topOf(few, TOP) };
  return { ...base, kind: 'texts', distinct, ...(isEstimate && { isEstimate }), isUnique: distinct === filled, length };
}

/** The statistics of a column that a table engine profiled. */
export function profiledStatistics(column: ColumnProfile, rows: number): ColumnStatistics {
  const { name, empty, type, least, most, mean, quartiles, distinct, isEstimate, top, length = 0 } = column;
  const base = { name, empty };
  const filled = rows - empty;
  if (filled === 0) return { ...base, kind: 'nothing' };
  if (mean !== undefined && quartiles && typeof least === 'number' && typeof most === 'number')
    return { ...base, kind: 'numbers', least, most, mean, sum: mean * filled, quartiles, distinct };
  if (type === 'date' || type === 'time') return { ...base, kind: 'dates', first: String(least), last: String(most) };
  const counts = top?.length === distinct ? new Map(top.map(({ value, count }) => [value, count])) : undefined;
  return ofTexts(base, filled, { counts, distinct, isEstimate, length });
}
