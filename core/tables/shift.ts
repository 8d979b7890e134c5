import type { KeptColumn, KeptProfile } from './kept-profile.ts';

/** What changed from one version of a table to the next, told without values. */
export type Shift = { column?: string; what: string };

const percent = (share: number): string => `${Math.round(share * 100)} %`;
/** Smaller changes are what tables do. */
const ROWS = 0.5;
const EMPTY = 0.1;
const DEVIATIONS = 0.5;
const SHARES = 0.2;

const emptyShare = (column: KeptColumn, rows: number): number => (rows === 0 ? 0 : column.empty / rows);

/** Half of the sum of all differences of shares: 0 is the same, 1 nothing in common. */
function distance(before: KeptColumn, now: KeptColumn): number {
  const shares = ({ top = [] }: KeptColumn): Map<string, number> => {
    const total = top.reduce((sum, { count }) => sum + count, 0);
    return new Map(top.map(({ value, count }) => [value, count / total]));
  };
  const [a, b] = [shares(before), shares(now)];
  if (a.size === 0 || b.size === 0) return 0;
  return [...new Set([...a.keys(), ...b.keys()])].reduce((sum, value) => sum + Math.abs((a.get(value) ?? 0) - (b.get(value) ?? 0)), 0) / 2;
}

function columnShifts(before: KeptColumn, now: KeptColumn, rowsBefore: number, rows: number): string[] {
  if (before.type !== now.type) return [`was ${before.type}, is ${now.type}`];
  const told: string[] = [];
  const [wasEmpty, isEmpty] = [emptyShare(before, rowsBefore), emptyShare(now, rows)];
  if (Math.abs(isEmpty - wasEmpty) > EMPTY) told.push(`${percent(isEmpty)} empty, was ${percent(wasEmpty)}`);
  if (before.mean !== undefined && now.mean !== undefined) {
    const moved = (now.mean - before.mean) / (before.deviation || Math.abs(before.mean) || 1);
    if (Math.abs(moved) > DEVIATIONS) told.push(`the mean moved by ${moved.toFixed(1)} standard deviations`);
  } else if (now.type === 'text') {
    const apart = distance(before, now);
    if (apart > SHARES) told.push(`${percent(apart)} of the frequent values went to others`);
  }
  return told;
}

/** How a table differs from its last version in what it holds; `names` are the columns' names now, of what was is told its place. */
export function shiftOf(before: KeptProfile, now: KeptProfile, names: readonly string[]): Shift[] {
  const shifts: Shift[] = [];
  if (Math.abs(now.rows - before.rows) > before.rows * ROWS) shifts.push({ what: `${now.rows} rows, were ${before.rows}` });
  for (const [i, { name }] of before.columns.entries())
    if (!now.columns.some((column) => column.name === name)) shifts.push({ column: `former column ${i + 1}`, what: 'is gone' });
  for (const [i, column] of now.columns.entries()) {
    const name = names[i] ?? `column ${i + 1}`;
    const former = before.columns.find((one) => one.name === column.name);
    if (!former) shifts.push({ column: name, what: 'is new' });
    else for (const what of columnShifts(former, column, before.rows, now.rows)) shifts.push({ column: name, what });
  }
  return shifts;
}
