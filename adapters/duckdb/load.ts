import type { DuckDBConnection } from '@duckdb/node-api';
import { SluiceError } from '#core/errors.ts';
import { distinctNames } from '#core/formats/csv/dialect.ts';
import type { TableFacts, TableInput } from '#core/ports/table-engine.ts';
import { type Loaded, textColumns, typedColumns } from './columns.ts';
import { loadCsv } from './csv.ts';
import { fileHash } from './file-hash.ts';
import { literal, quoted } from './quoting.ts';

/** The table that a table's views are of. */
const baseOf = (alias: string): string => quoted(`${alias} base`);

/** Reads a table, types its columns and makes its views. Throws `corrupt` for what cannot be read, `parse-memory` for what does not fit. */
export async function loadTable(connection: DuckDBConnection, input: TableInput, folder: string): Promise<TableFacts> {
  const { columns, ...facts } = await load(connection, input, folder).catch(async (error: unknown) => {
    await verify(input);
    if (error instanceof SluiceError) throw error;
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    const code = message?.startsWith('Out of Memory Error') ? 'parse-memory' : 'corrupt';
    throw new SluiceError(code, `reading the table ${input.alias}: ${message?.slice(0, 200)}`, { cause: error });
  });
  await verify(input);
  const both = columns.map(({ name, value, text }) => `${value} AS ${quoted(name)}, ${text} AS ${quoted(`${name} (text)`)}`);
  // A column called rowid hides the engine's own.
  const row = columns.some(({ name }) => name.toLowerCase() === 'rowid') ? 'row_number() OVER ()' : 'rowid + 1';
  await connection.run(
    `CREATE VIEW ${quoted(`${input.alias} rows`)} AS SELECT ${row} AS __row, ${both.join(', ')} FROM ${baseOf(input.alias)}`,
  );
  const typed = columns.map(({ name, value }) => `${value} AS ${quoted(name)}`);
  await connection.run(`CREATE VIEW ${quoted(input.alias)} AS SELECT ${typed.join(', ')} FROM ${baseOf(input.alias)}`);
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${baseOf(input.alias)}`);
  return { columns: columns.map(({ name, type }) => ({ name, type })), rows: Number(counted.getRows()[0]?.[0] ?? 0), ...facts };
}

/** Looks afterwards: a file that changed while it was read has other bytes then. */
async function verify(input: TableInput): Promise<void> {
  if ('file' in input && input.contentHash !== undefined && (await fileHash(input.file)) !== input.contentHash)
    throw new SluiceError('superseded', `reading the table ${input.alias}: its bytes are not those that were observed`);
}

async function load(connection: DuckDBConnection, input: TableInput, folder: string): Promise<Loaded> {
  const base = baseOf(input.alias);
  if ('rows' in input) {
    await appendRows(connection, base, input);
    return { columns: await textColumns(connection, base) };
  }
  const file = literal(input.file);
  switch (input.format) {
    case 'csv':
    case 'tsv':
      return loadCsv(connection, base, { ...input, format: input.format }, folder);
    case 'parquet':
      await connection.run(`CREATE TABLE ${base} AS SELECT * FROM read_parquet(${file})`);
      return { columns: await typedColumns(connection, base), metadata: await parquetMetadata(connection, file) };
    case 'json':
      await connection.run(`CREATE TABLE ${base} AS SELECT * FROM read_json(${file}, format = 'auto', sample_size = -1)`);
      return { columns: await typedColumns(connection, base) };
    case 'ndjson': {
      const isUneven = await readLines(connection, base, file);
      return { columns: await typedColumns(connection, base), firstLine: 1, ...(isUneven && { isUneven }) };
    }
  }
}

/** Answers whether there are lines that are no JSON. */
async function readLines(connection: DuckDBConnection, base: string, file: string): Promise<boolean> {
  const read = (more: string): Promise<unknown> =>
    connection.run(`CREATE TABLE ${base} AS SELECT * FROM read_json(${file}, format = 'newline_delimited', sample_size = -1${more})`);
  try {
    await read('');
    return false;
  } catch {
    await read(', ignore_errors = true');
    return true;
  }
}

/** Longer values are schemas that programs leave for each other. */
const MOST_METADATA = 1_000;

async function parquetMetadata(connection: DuckDBConnection, file: string): Promise<Record<string, string>> {
  const pairs = await connection.runAndReadAll(
    `SELECT lower(decode(key)), decode(value) FROM parquet_kv_metadata(${file}) WHERE octet_length(value) <= ${MOST_METADATA}`,
  );
  return Object.fromEntries(pairs.getRows().map(([name, value]) => [String(name), String(value)]));
}

async function appendRows(
  connection: DuckDBConnection,
  base: string,
  { header, rows }: { header: readonly string[]; rows: readonly (readonly string[])[] },
): Promise<void> {
  const names = distinctNames(header);
  await connection.run(`CREATE TABLE ${base} (${names.map((name) => `${quoted(name)} VARCHAR`).join(', ')})`);
  const appender = await connection.createAppender(base.slice(1, -1).replaceAll('""', '"'));
  for (const row of rows) {
    for (let i = 0; i < names.length; i++) {
      const cell = row[i] ?? '';
      if (cell === '') appender.appendNull();
      else appender.appendVarchar(cell);
    }
    appender.endRow();
  }
  appender.closeSync();
}
