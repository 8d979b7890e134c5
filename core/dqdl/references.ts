import type { TableFacts } from '../ports/table-engine.ts';
import { type ColumnSql, columnOf, keyOf, RuleFault, rowsOf, truth } from './sql.ts';

type TablesByName = ReadonlyMap<string, TableFacts>;

export function tableOf(tables: TablesByName, alias: string): TableFacts {
  const table = tables.get(alias);
  if (!table) throw new RuleFault(`there is no reference ${alias}`);
  return table;
}

const names = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** `alias.column` or `alias.{one,two}`. */
export function referenceColumns(tables: TablesByName, spec: string): { alias: string; columns: ColumnSql[] } {
  const dot = spec.indexOf('.');
  if (dot < 1) throw new RuleFault(`${spec}: a column of a reference is written alias.column or alias.{one,two}`);
  const alias = spec.slice(0, dot);
  const table = tableOf(tables, alias);
  return { alias, columns: names(spec.slice(dot + 1).replace(/^\{(.*)\}$/s, '$1')).map((name) => columnOf(table, name)) };
}

/** What two columns are compared by: numbers where both are, dates where both are, else texts. */
function pair(one: ColumnSql, other: ColumnSql): [string, string] {
  const numeric = ['integer', 'number'];
  if (numeric.includes(one.type) && numeric.includes(other.type))
    return one.type === other.type ? [one.value, other.value] : [`CAST(${one.value} AS DOUBLE)`, `CAST(${other.value} AS DOUBLE)`];
  return one.type !== 'text' && one.type === other.type ? [one.value, other.value] : [one.text, other.text];
}

function pairs(own: readonly ColumnSql[], theirs: readonly ColumnSql[]): [string[], string[]] {
  if (own.length !== theirs.length || own.length === 0)
    throw new RuleFault(`${own.length} columns cannot be compared with ${theirs.length} of the reference`);
  const both = own.map((column, i) => pair(column, theirs[i] ?? column));
  return [both.map(([a]) => a), both.map(([, b]) => b)];
}

const complete = (values: readonly string[]): string => values.map((value) => `${value} IS NOT NULL`).join(' AND ');

/** Whether a row's values are values of the reference. */
export function integrityPredicate(tables: TablesByName, primary: string, reference: string): string {
  const { alias, columns } = referenceColumns(tables, reference);
  const own = names(primary).map((name) => columnOf(tableOf(tables, 'primary'), name));
  const [mine, theirs] = pairs(own, columns);
  const known = `SELECT ${keyOf(theirs)} FROM ${rowsOf(alias)} WHERE ${complete(theirs)}`;
  return truth(`${complete(mine)} AND ${keyOf(mine)} IN (${known})`);
}

/** `a->b, c` as pairs of columns. */
function mapping(tables: TablesByName, alias: string, list: string): { own: ColumnSql[]; theirs: ColumnSql[] } {
  const both = names(list).map((entry) => entry.split('->').map((side) => side.trim()));
  return {
    own: both.map(([name = '']) => columnOf(tableOf(tables, 'primary'), name)),
    theirs: both.map(([name = '', other = name]) => columnOf(tableOf(tables, alias), other)),
  };
}

/** Whether a row equals the reference's row of its key. `keys`: SQL that counts keys which are no keys, of both tables. */
export function matchPredicate(tables: TablesByName, alias: string, keyList: string, matchList: string | undefined) {
  const reference = tableOf(tables, alias);
  const key = mapping(tables, alias, keyList);
  const [ownKey, theirKey] = pairs(key.own, key.theirs);
  const others = tableOf(tables, 'primary').columns.filter(
    ({ name }) => !key.own.some((column) => column.name === name) && reference.columns.some((column) => column.name === name),
  );
  const match = mapping(tables, alias, matchList ?? others.map(({ name }) => name).join(','));
  const [ownValues, theirValues] = match.own.length > 0 ? pairs(match.own, match.theirs) : [[], []];
  const known = `SELECT ${keyOf([...theirKey, ...theirValues, "''"])} FROM ${rowsOf(alias)}`;
  const badKeys = (name: string, values: readonly string[]): string =>
    `SELECT count(*) - count(DISTINCT ${keyOf([...values, "''"])}) FILTER (WHERE ${complete(values)}) AS bad FROM ${rowsOf(name)}`;
  return {
    predicate: truth(`${keyOf([...ownKey, ...ownValues, "''"])} IN (${known})`),
    badKeys: [badKeys('primary', ownKey), badKeys(alias, theirKey)],
  };
}

/** Columns of equal name and type, of those of the wider table. */
export function schemaMatch(tables: TablesByName, alias: string): number {
  const own = tableOf(tables, 'primary').columns;
  const theirs = tableOf(tables, alias).columns;
  const same = own.filter(({ name, type }) => theirs.some((column) => column.name === name && column.type === type)).length;
  return same / Math.max(own.length, theirs.length, 1);
}

/** `sum(amount)` or `avg(reference.amount)` as SQL. */
export function aggregateSql(tables: TablesByName, expression: string): string {
  const [, name = '', inner = ''] = /^\s*(sum|avg)\s*\(\s*(.+?)\s*\)\s*$/i.exec(expression) ?? [];
  if (name === '') throw new RuleFault(`${expression}: an aggregation is sum(column) or avg(column)`);
  const dot = inner.indexOf('.');
  const alias = dot > 0 && tables.has(inner.slice(0, dot)) ? inner.slice(0, dot) : 'primary';
  const column = columnOf(tableOf(tables, alias), alias === 'primary' ? inner : inner.slice(dot + 1));
  return `(SELECT ${name.toLowerCase()}(${column.number}) FROM ${rowsOf(alias)})`;
}
