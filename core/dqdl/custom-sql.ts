import type { Tables } from '../ports/table-engine.ts';
import { tableOf } from './references.ts';
import { columnOf, hasColumn, identifier, keyOf, RuleFault, truth } from './sql.ts';

/** `primary` is the table that is judged, but a word of SQL too: it is quoted wherever it is no part of a text or a name. */
export const withPrimary = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\bprimary\b(?!\s+key\b)/gi, (part) =>
    part.toLowerCase() === 'primary' ? '"primary"' : part,
  );

const trimmed = (sql: string): string => withPrimary(sql).trim().replace(/;\s*$/, '');

/** The one value that a statement answers. */
export async function scalarOf(sql: string, { query }: Tables): Promise<number | boolean | undefined> {
  const rows = await query(`SELECT * FROM (${trimmed(sql)}\n) LIMIT 2`);
  const [row] = rows;
  const values = row === undefined ? [] : Object.values(row);
  const [value] = values;
  if (rows.length !== 1 || values.length !== 1) throw new RuleFault('the statement is to answer one value');
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return value;
  const number = Number(value);
  if (Number.isNaN(number)) throw new RuleFault('the statement is to answer a number');
  return number;
}

export type CustomRows = { kind: 'value'; value: boolean } | { kind: 'rows'; answered: number; predicate: string | undefined };

/** A statement without a comparison: a truth value, or the rows that pass; `predicate` where these can be told from the others. */
export async function customRows(sql: string, tables: Tables): Promise<CustomRows> {
  const table = tableOf(tables.tables, 'primary');
  const statement = trimmed(sql);
  const described = await tables.query(`SELECT column_name, column_type FROM (DESCRIBE ${statement}\n)`);
  const names = described.map((column) => String(column.column_name));
  const own = names.every((name) => hasColumn(table, name));
  if (!own && names.length === 1 && described[0]?.column_type === 'BOOLEAN') {
    const value = await scalarOf(sql, tables);
    return { kind: 'value', value: value === true };
  }
  const [count] = await tables.query(`SELECT count(*) AS n FROM (${statement}\n)`);
  const values = own ? names.map((name) => columnOf(table, name).value) : [];
  const answered = `SELECT ${keyOf([...names.map(identifier), "''"])} FROM (${statement}\n)`;
  const predicate = own ? truth(`${keyOf([...values, "''"])} IN (${answered})`) : undefined;
  return { kind: 'rows', answered: Number(count?.n ?? 0), predicate };
}
