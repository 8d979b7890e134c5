import { on } from 'node:events';
import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import { SluiceError } from '#core/errors.ts';
import type { SqlValue, TableFacts, TableInput, Tables } from '#core/ports/table-engine.ts';

/** The entry of a process with the table engine in it: tables are opened, asked about and closed, one request after the other. */
export type TableRequest = { open: readonly TableInput[] } | { query: string } | 'close';
/** `ends`: this process has grown, and ends now. */
export type TableAnswer =
  | { facts: [string, TableFacts][] }
  | { rows: Record<string, SqlValue>[] }
  | { closed: true; ends: boolean }
  | { error: { code: string; message: string } };

/** Beside the pipeline's own memory; a table takes more time, and no more memory, where it does not fit. */
const MEMORY_MB = 64;
/** What large tables leave behind is given back by ending. */
const MOST_BYTES = 150_000_000;

const requests = on(process, 'message');
const next = async (): Promise<TableRequest | undefined> => (await requests.next()).value?.[0];
const send = (answer: TableAnswer): void => void process.send?.(answer);

function sendError(error: unknown): void {
  const code = error instanceof SluiceError ? error.code : 'bug';
  send({ error: { code, message: error instanceof Error ? error.message : String(error) } });
}

async function answerQueries({ tables, query }: Tables): Promise<void> {
  send({ facts: [...tables] });
  for (let request = await next(); request !== undefined && request !== 'close'; request = await next()) {
    if ('query' in request) await query(request.query).then((rows) => send({ rows }), sendError);
  }
}

process.on('disconnect', () => process.exit());
// A terminal sends it to the children too; the parent lets what is in work end.
process.on('SIGINT', () => undefined);

for (let request = await next(); request !== undefined; request = await next()) {
  if (request === 'close' || !('open' in request)) continue;
  try {
    await duckDbTables({ memoryMb: MEMORY_MB }).open(request.open, answerQueries);
    const ends = process.memoryUsage.rss() > MOST_BYTES;
    send({ closed: true, ends });
    if (ends) process.disconnect();
  } catch (error) {
    sendError(error);
  }
}
