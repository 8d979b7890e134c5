import type { TableFacts } from '../ports/table-engine.ts';
import type { Condition, Operand, SimpleRule } from './ast.ts';
import { ageOf, type Moment, numberCondition, valueCondition } from './conditions-sql.ts';
import { numberOf } from './numbers.ts';
import { integrityPredicate, matchPredicate, tableOf } from './references.ts';
import { type ColumnSql, columnOf, keyOf, RuleFault, rowsOf, textLiteral, timeLiteral, truth } from './sql.ts';

export const parametersOf = (rule: SimpleRule): string[] =>
  rule.parameters.map((one) => {
    if (one.kind === 'constant') throw new RuleFault(`the constant ${one.name} is not put in`);
    return one.value;
  });

/** The rows that a rule is about. */
export const scopeOf = ({ where }: SimpleRule): string => (where === undefined ? 'true' : truth(where));

const SIGNED = '[+-]?';
const WHOLE = String.raw`${SIGNED}\d+`;
const FRACTION = String.raw`${SIGNED}(\d+\.?\d*|\.\d+)([eE]${SIGNED}\d+)?`;
const fits = (pattern: string, type: string) => (text: string) =>
  `regexp_full_match(${text}, ${textLiteral(pattern)}) AND TRY_CAST(${text} AS ${type}) IS NOT NULL`;

/** Whether a text can be read as a type, by Glue's names of types. */
const TYPES: Readonly<Record<string, (text: string) => string>> = {
  boolean: (text) => `lower(${text}) IN ('true', 'false')`,
  date: fits(String.raw`\d{4}-\d{2}-\d{2}`, 'DATE'),
  timestamp: (text) => `TRY_CAST(${text} AS TIMESTAMP) IS NOT NULL`,
  integer: fits(WHOLE, 'INTEGER'),
  long: fits(WHOLE, 'BIGINT'),
  float: fits(FRACTION, 'FLOAT'),
  double: fits(FRACTION, 'DOUBLE'),
  decimal: fits(FRACTION, 'DOUBLE'),
  string: () => 'true',
};

function typeCondition(column: ColumnSql, condition: Condition): string {
  const is = (operand: Operand): string => {
    const name = operand.kind === 'text' ? operand.value.toLowerCase() : '';
    const test = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
    if (!test) throw new RuleFault(`types are ${Object.keys(TYPES).join(', ')}`);
    return `coalesce(${column.text} IS NULL OR ${test(column.text)}, true)`;
  };
  if (condition.kind === 'in') return `${condition.negated ? 'NOT ' : ''}(${condition.values.map(is).join(' OR ')})`;
  if (condition.kind !== 'compare') throw new RuleFault('types are compared with `=`, `!=` and `in`');
  return condition.operator === '!=' ? `NOT ${is(condition.value)}` : is(condition.value);
}

/** Every row's values together, where they are not all NULL, and rows whose values occur once. */
export function uniqueness(table: TableFacts, rule: SimpleRule) {
  const columns = parametersOf(rule).map((name) => columnOf(table, name));
  // Numbers take less memory than their texts.
  const key = keyOf(columns.map(({ text, value }) => (columns.length === 1 ? value : text)));
  const present = `(${columns.map(({ text }) => `${text} IS NOT NULL`).join(' OR ')})`;
  const complete = `(${columns.map(({ text }) => `${text} IS NOT NULL`).join(' AND ')})`;
  // By its place: a column of the table may be called k.
  const groups = `SELECT ${key} AS k, count(*) AS n FROM ${rowsOf('primary')} WHERE ${scopeOf(rule)} AND ${present} GROUP BY 1`;
  return { present, complete, groups, once: truth(`${key} IN (SELECT k FROM (${groups}) WHERE n = 1)`) };
}

/** Whether a row meets a rule, as SQL over the table's rows that is never NULL; undefined for rules that judge the table as a whole. */
export function rowPredicate(rule: SimpleRule, tables: ReadonlyMap<string, TableFacts>, moment: Moment): string | undefined {
  const table = tableOf(tables, 'primary');
  const [first = '', second = '', third] = parametersOf(rule);
  const { condition } = rule;
  const column = (): ColumnSql => columnOf(table, first);
  switch (rule.type) {
    case 'IsComplete':
    case 'Completeness':
      return `${column().text} IS NOT NULL`;
    case 'IsUnique':
    case 'Uniqueness': {
      const { present, once } = uniqueness(table, rule);
      return `(NOT ${present} OR ${once})`;
    }
    case 'IsPrimaryKey': {
      const { complete, once } = uniqueness(table, rule);
      return `(${complete} AND ${once})`;
    }
    case 'ReferentialIntegrity':
      return integrityPredicate(tables, first, second);
    case 'DatasetMatch':
      return matchPredicate(tables, first, second, third).predicate;
  }
  if (!condition) return undefined;
  switch (rule.type) {
    case 'ColumnValues':
      return valueCondition(column(), condition, moment);
    case 'ColumnLength':
      return numberCondition(`length(coalesce(${column().text}, ''))`, condition, (operand) => numberOf(operand, moment.history));
    case 'ColumnDataType':
      return typeCondition(column(), condition);
    case 'DataFreshness':
      return numberCondition(`date_diff('millisecond', ${column().time}, ${timeLiteral(moment.now)})`, condition, ageOf);
    default:
      return undefined;
  }
}
