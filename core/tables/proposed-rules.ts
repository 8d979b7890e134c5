import type { Condition, Operand, Rule, Ruleset, SimpleRule } from '../dqdl/ast.ts';
import type { ColumnProfile, Profile } from './profile.ts';

const at = { line: 1, column: 1 };
const number = (value: number): Operand => ({ kind: 'number', value });
const text = (value: string): Operand => ({ kind: 'text', value });
const compare = (operator: '=' | '>=' | '<=', value: Operand): Condition => ({ kind: 'compare', operator, value });
/** Without its ends. */
const between = (low: number, high: number): Condition => ({ kind: 'between', negated: false, low: number(low), high: number(high) });

const rule = (type: string, column?: string, more: Partial<SimpleRule> = {}): SimpleRule => ({
  kind: 'rule',
  type,
  parameters: column === undefined ? [] : [{ kind: 'text', value: column }],
  labels: [],
  at,
  ...more,
});

/** Fewer rows prove nothing of a column. */
const ENOUGH = 10;
const MOST_VALUES = 20;
const MOST_LENGTH = 40;

/** A round number at or below, and at or above: bounds that a person would write. */
const down = (value: number, step: number): number => Math.floor(value / step) * step;
const up = (value: number, step: number): number => Math.ceil(value / step) * step;

function range(least: number, most: number): Condition {
  const width = most - least || Math.abs(most) || 1;
  const step = 10 ** Math.floor(Math.log10(width));
  const tidy = (value: number): number => Number(value.toPrecision(12));
  // Nothing below zero was seen, and may be no sense.
  const low = least >= 0 && down(least, step) - step < 0 ? -Math.min(step, 1) : down(least, step) - step;
  return between(tidy(low), tidy(up(most, step) + step));
}

function valueRules(column: ColumnProfile, rows: number): SimpleRule[] {
  const { name, type, least, most, top, distinct, empty } = column;
  // A row without a value fails a rule about values, and is counted by the completeness.
  const where = empty > 0 ? { where: `"${name.replaceAll('"', '""')}" IS NOT NULL` } : {};
  const isListed = top !== undefined && top.length === distinct && distinct <= MOST_VALUES && distinct <= (rows - empty) / 2;
  if (type === 'text' && isListed)
    return [
      rule('ColumnValues', name, { condition: { kind: 'in', negated: false, values: top.map(({ value }) => text(value)) }, ...where }),
    ];
  if ((type === 'integer' || type === 'number') && typeof least === 'number' && typeof most === 'number')
    return [rule('ColumnValues', name, { condition: range(least, most), ...where })];
  if (type === 'date' || type === 'time')
    return [rule('ColumnDataType', name, { condition: compare('=', text(type === 'date' ? 'Date' : 'Timestamp')) })];
  if (type === 'text' && typeof most === 'number' && most > 0 && most <= MOST_LENGTH && least === most)
    return [rule('ColumnLength', name, { condition: compare('=', number(most)), ...where })];
  return [];
}

function columnRules(column: ColumnProfile, rows: number): SimpleRule[] {
  const complete = (rows - column.empty) / rows;
  const share = Math.floor(complete * 20) / 20;
  const isKey = column.empty === 0 && column.distinct === rows && column.type !== 'number';
  const completeness = share > 0 ? [rule('Completeness', column.name, { condition: compare('>=', number(share)) })] : [];
  if (isKey) return [rule('IsPrimaryKey', column.name)];
  return [...(complete === 1 ? [rule('IsComplete', column.name)] : completeness), ...valueRules(column, rows)];
}

/** Rules that a table meets, as a beginning: bounds are wider than what was seen, and a person knows better. */
export function proposedRules({ rows, columns }: Profile): Ruleset {
  const rules: Rule[] = [
    // Its bounds are exclusive.
    ...(rows === 0 ? [] : [rule('RowCount', undefined, { condition: between(Math.max(0, Math.floor(rows / 2) - 1), rows * 2 + 1) })]),
    rule('ColumnCount', undefined, { condition: compare('=', number(columns.length)) }),
    ...(rows < ENOUGH ? [] : columns.flatMap((column) => columnRules(column, rows))),
  ];
  return { constants: [], defaultLabels: [], rules, analyzers: [] };
}
