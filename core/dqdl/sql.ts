import type { Column, TableFacts } from '../ports/table-engine.ts';

/** What keeps one rule from being judged; the others go on. */
export class RuleFault extends Error {
  override readonly name = 'RuleFault';
}

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const numberLiteral = (value: number): string => (Number.isSafeInteger(value) ? String(value) : `CAST('${value}' AS DOUBLE)`);
export const timeLiteral = (ms: number): string => `TIMESTAMP '${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}'`;
/** Never NULL. */
export const truth = (sql: string): string => `coalesce((${sql}), false)`;

/** A column as SQL over the rows of its table. */
export type ColumnSql = Column & { text: string; value: string; number: string; time: string };

const NUMERIC = ['integer', 'number'];

const columnSql = (column: Column): ColumnSql => {
  const value = identifier(column.name);
  const text = identifier(`${column.name} (text)`);
  return {
    ...column,
    value,
    text,
    number: NUMERIC.includes(column.type) ? value : `TRY_CAST(${text} AS DOUBLE)`,
    time: `TRY_CAST(${column.type === 'date' || column.type === 'time' ? value : text} AS TIMESTAMP)`,
  };
};

/** A column by its name, as Spark finds it: in any case where no other is spelled so. */
export function columnOf({ columns }: TableFacts, name: string): ColumnSql {
  const found =
    columns.find((column) => column.name === name) ?? columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new RuleFault(`there is no column ${name}`);
  return columnSql(found);
}

export const hasColumn = ({ columns }: TableFacts, name: string): boolean =>
  columns.some((column) => column.name.toLowerCase() === name.toLowerCase());

/** The rows view of a table. */
export const rowsOf = (alias: string): string => identifier(`${alias} rows`);

/** Several values as one text that no other values give, where NULL is a value; a single one is itself. */
export const keyOf = (values: readonly string[]): string =>
  values.length === 1 && values[0] !== undefined
    ? values[0]
    : `concat(${values.map((value) => `coalesce(concat(length(CAST(${value} AS VARCHAR)), ':', ${value}), '-')`).join(", ';', ")})`;
