import { rmSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance, StatementType } from '@duckdb/node-api';
import { SluiceError } from '#core/errors.ts';
import type { SqlValue, TableEngine, TableFacts, TableInput, Tables } from '#core/ports/table-engine.ts';
import { loadTable } from './load.ts';

export type DuckDbOptions = {
  /** Memory of the engine, in MB; what does not fit goes to a temporary folder. */
  memoryMb?: number;
  /** After this a statement is stopped. */
  timeoutSeconds?: number;
};

/** A smaller table is kept in memory; a larger one in a file. */
const IN_MEMORY_BYTES = 16_000_000;
const GIGABYTE = 1_000_000_000;

const bytesOf = async (inputs: readonly TableInput[]): Promise<number> => {
  const sizeOf = async (input: TableInput): Promise<number> => {
    if (!('file' in input)) return 0;
    const stats = await stat(input.file).catch((cause: unknown) => {
      const code = input.contentHash === undefined ? 'not-found' : 'superseded';
      throw new SluiceError(code, `reading the table ${input.alias}: its file is gone`, { cause });
    });
    return stats.size;
  };
  const sizes = await Promise.all(inputs.map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** DuckDB, shut off from everything but the tables as soon as these are read. */
export const duckDbTables = ({ memoryMb = 128, timeoutSeconds = 120 }: DuckDbOptions = {}): TableEngine => ({
  async open(inputs, use) {
    const folder = await mkdtemp(path.join(tmpdir(), 'sluice-tables-'));
    const clear = (): void => rmSync(folder, { recursive: true, force: true });
    process.once('exit', clear);
    try {
      const bytes = await bytesOf(inputs);
      const instance = await DuckDBInstance.create(bytes < IN_MEMORY_BYTES ? ':memory:' : path.join(folder, 'tables.duckdb'), {
        memory_limit: `${memoryMb}MB`,
        // Each thread holds buffers of its own.
        threads: bytes < IN_MEMORY_BYTES ? '1' : '2',
        // Freed memory goes back to the system, or the process seems to hold twice the bound.
        allocator_flush_threshold: '8MB',
        allocator_bulk_deallocation_flush_threshold: '16MB',
        temp_directory: path.join(folder, 'spill'),
        max_temp_directory_size: `${Math.ceil((GIGABYTE + bytes * 4) / 1_000_000)}MB`,
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        allow_community_extensions: 'false',
        allow_unsigned_extensions: 'false',
      });
      try {
        const connection = await instance.connect();
        await connection.run("SET TimeZone = 'UTC'");
        const tables = new Map<string, TableFacts>();
        for (const input of inputs) tables.set(input.alias, await loadTable(connection, input, folder));
        await connection.run('SET enable_external_access = false');
        await connection.run('SET lock_configuration = true');
        return await use({ tables, query: (sql) => select(connection, sql, timeoutSeconds) });
      } finally {
        instance.closeSync();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
      process.off('exit', clear);
    }
  },
});

const MAX_MESSAGE = 300;

/** What DuckDB says of a mistake, in one line. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, MAX_MESSAGE) ?? '';

const wrongSql = (message: string, cause?: unknown): SluiceError =>
  new SluiceError('invalid-rules', `asking a table: ${message}`, cause === undefined ? {} : { cause });

async function select(connection: DuckDBConnection, sql: string, timeoutSeconds: number): ReturnType<Tables['query']> {
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw wrongSql(`one statement is expected, not ${statements.count}`);
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT) throw wrongSql('a SELECT is expected');
    timer = setTimeout(() => {
      late = true;
      connection.interrupt();
    }, timeoutSeconds * 1000);
    const reader = await prepared.runAndReadAll();
    return reader.getRowObjectsJS().map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    throw wrongSql(late ? `it took longer than ${timeoutSeconds} s` : firstLine(error), error);
  } finally {
    clearTimeout(timer);
  }
}

/** Numbers as numbers, whatever their width; all else that is no plain value as text. */
function plain(value: unknown): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return value instanceof Date ? value.toISOString() : String(value);
}
