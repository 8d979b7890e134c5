import type { Tables } from '../ports/table-engine.ts';
import { tableOf } from './references.ts';
import { columnOf, hasColumn, rowsOf } from './sql.ts';

/** A row from 1 without the header; `line` where it is certain; `values` of the columns that the rule is about, as text. */
export type FailingRow = { row: number; line?: number; values: Record<string, string | null> };

/** Line ends within a row's texts. */
const lineEnds = (texts: readonly string[]): string =>
  texts.map((text) => `coalesce(length(${text}) - length(replace(${text}, chr(10), '')), 0)`).join(' + ');

/** Where each row begins, which values of several lines move down. */
async function lines(rows: readonly number[], first: number, { query, tables }: Tables): Promise<Map<number, number>> {
  const { columns } = tableOf(tables, 'primary');
  const texts = columns.filter(({ type }) => type === 'text').map(({ name }) => columnOf({ columns, rows: 0 }, name).text);
  const plain = new Map(rows.map((row) => [row, first + row - 1]));
  if (texts.length === 0) return plain;
  const before = rows.map((row) => `sum(e) FILTER (r < ${row}) AS "${row}"`).join(', ');
  const [moved = {}] = await query(
    `SELECT ${before} FROM (SELECT __row AS r, ${lineEnds(texts)} AS e FROM ${rowsOf('primary')} WHERE __row < ${Math.max(...rows)})`,
  );
  return new Map([...plain].map(([row, line]) => [row, line + Number(moved[String(row)] ?? 0)]));
}

/** The rows that do not meet a predicate: all counted, the first named. */
export async function failingRows(
  predicate: string,
  columns: readonly string[],
  tables: Tables,
  { namedRows }: { namedRows: number },
): Promise<{ count: number; rows: FailingRow[] }> {
  const from = `FROM ${rowsOf('primary')} WHERE NOT ${predicate}`;
  const [counted] = await tables.query(`SELECT count(*) AS n ${from}`);
  const count = Number(counted?.n ?? 0);
  if (count === 0 || namedRows === 0) return { count, rows: [] };
  const table = tableOf(tables.tables, 'primary');
  const shown = columns.filter((name) => hasColumn(table, name)).map((name) => columnOf(table, name));
  const values = shown.map(({ text }, i) => `, left(${text}, 200) AS "v${i}"`).join('');
  const found = await tables.query(`SELECT __row AS r${values} ${from} ORDER BY 1 LIMIT ${namedRows}`);
  const rows = found.map((row) => Number(row.r));
  const at = table.firstLine === undefined ? undefined : await lines(rows, table.firstLine, tables);
  return {
    count,
    rows: found.map((row, i) => {
      const number = rows[i] ?? 0;
      const line = at?.get(number);
      const named = shown.map(({ name }, j) => [name, row[`v${j}`] === null ? null : String(row[`v${j}`])] as const);
      return { row: number, ...(line !== undefined && { line }), values: Object.fromEntries(named) };
    }),
  };
}
