import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, ColumnType, TableFacts } from '#core/ports/table-engine.ts';
import { literal, quoted } from './quoting.ts';

/** A column with its value and its text, as SQL over the table as it was read. */
export type LoadedColumn = Column & { value: string; text: string };
export type Loaded = { columns: LoadedColumn[] } & Pick<TableFacts, 'firstLine' | 'isUneven' | 'metadata'>;

const SAMPLE = 10_000;

/** What every value of a column of texts must look like, and how it is then read; the first that fits. */
const KINDS: readonly { type: ColumnType; pattern: string; cast: (text: string) => string }[] = [
  // A leading zero is a part of a name.
  { type: 'integer', pattern: String.raw`[+-]?(0|[1-9]\d{0,17})`, cast: (text) => `TRY_CAST(${text} AS BIGINT)` },
  {
    type: 'number',
    pattern: String.raw`[+-]?(0|[1-9]\d*)?(\.\d*)?([eE][+-]?\d{1,3})?`,
    cast: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  },
  {
    type: 'number',
    pattern: String.raw`[+-]?\d{1,3}(,\d{3})*(\.\d+)?`,
    cast: (text) => `TRY_CAST(replace(${text}, ',', '') AS DOUBLE)`,
  },
  {
    type: 'number',
    pattern: String.raw`[+-]?(\d{1,3}(\.\d{3})+|0|[1-9]\d*)(,\d+)?`,
    cast: (text) => `TRY_CAST(replace(replace(${text}, '.', ''), ',', '.') AS DOUBLE)`,
  },
  { type: 'boolean', pattern: '(?i)true|false', cast: (text) => `TRY_CAST(${text} AS BOOLEAN)` },
  { type: 'date', pattern: String.raw`\d{4}-\d{2}-\d{2}`, cast: (text) => `TRY_CAST(${text} AS DATE)` },
  {
    type: 'time',
    pattern: String.raw`\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?`,
    cast: (text) => `CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)`,
  },
];

async function names(connection: DuckDBConnection, base: string): Promise<{ name: string; type: string }[]> {
  const described = await connection.runAndReadAll(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${base})`);
  return described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
}

/** For each column the kinds of those asked about that all its values have; `whenEmpty`: what is said of a column without values. */
async function fitting(
  connection: DuckDBConnection,
  from: string,
  asked: ReadonlyMap<string, readonly number[]>,
  whenEmpty: boolean,
): Promise<Map<string, number[]>> {
  const tests = [...asked].flatMap(([name, kinds]) => kinds.map((kind) => ({ name, kind })));
  if (tests.length === 0) return new Map();
  const sql = tests.map(({ name, kind }, i) => {
    const { pattern = '', cast = (text: string) => text } = KINDS[kind] ?? {};
    const column = quoted(name);
    return `coalesce(bool_and(regexp_full_match(${column}, ${literal(pattern)}) AND ${cast(column)} IS NOT NULL) FILTER (${column} IS NOT NULL), ${whenEmpty}) AS t${i}`;
  });
  const answered = await connection.runAndReadAll(`SELECT ${sql.join(', ')} FROM ${from}`);
  const [row = []] = answered.getRows();
  const fit = new Map([...asked.keys()].map((name): [string, number[]] => [name, []]));
  tests.forEach(({ name, kind }, i) => {
    if (row[i] === true) fit.get(name)?.push(kind);
  });
  return fit;
}

/** The columns of a table that was read as text: typed by all their values. The beginning tells what is worth trying. */
export async function textColumns(connection: DuckDBConnection, base: string): Promise<LoadedColumn[]> {
  const all = await names(connection, base);
  const every = new Map(all.map(({ name }) => [name, KINDS.map((_, kind) => kind)]));
  const likely = await fitting(connection, `(SELECT * FROM ${base} LIMIT ${SAMPLE})`, every, true);
  const sure = await fitting(connection, base, likely, false);
  return all.map(({ name }) => {
    const kind = KINDS[sure.get(name)?.[0] ?? -1];
    const text = quoted(name);
    return kind ? { name, type: kind.type, value: kind.cast(text), text } : { name, type: 'text', value: text, text };
  });
}

const NATIVE: readonly [RegExp, ColumnType][] = [
  [/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/, 'integer'],
  [/^(FLOAT|DOUBLE|DECIMAL)/, 'number'],
  [/^BOOLEAN$/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'time'],
];

/** The columns of a table whose file says their types. */
export async function typedColumns(connection: DuckDBConnection, base: string): Promise<LoadedColumn[]> {
  const all = await names(connection, base);
  return all.map(({ name, type }) => {
    const column = quoted(name);
    const known = NATIVE.find(([pattern]) => pattern.test(type))?.[1] ?? 'text';
    const value = known === 'time' ? `CAST(${column} AS TIMESTAMP)` : known === 'number' ? `CAST(${column} AS DOUBLE)` : column;
    return { name, type: known, value: known === 'text' ? `CAST(${column} AS VARCHAR)` : value, text: `CAST(${column} AS VARCHAR)` };
  });
}
