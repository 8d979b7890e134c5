import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { SluiceError } from '#core/errors.ts';
import type { SearchIndex } from '#core/ports/search.ts';
import { search } from '#core/search/search.ts';
import type { SearchRequest, SearchResult } from '#schemas/records/search.ts';
import { type Connection, openConnection } from './connection.ts';
import { recordOf } from './error-code.ts';
import { refuseNewer } from './migrate.ts';
import type { Post, Reply, Row, SqlValue } from './protocol.ts';
import { sqliteSearchIndex } from './search-index.ts';

/** Reads beside the writer. Each request sees one snapshot. */
export type ReadRequest =
  | { kind: 'search'; request: SearchRequest }
  | { kind: 'all'; sql: string; params: readonly SqlValue[] }
  | { kind: 'vectors'; keys: string[] }
  /** From `hold` to `free` all answers show one moment. */
  | { kind: 'hold' }
  | { kind: 'free' };
export type ReadAnswer =
  | { result: SearchResult }
  | { rows: Row[] }
  | { hashes: (string | null)[] }
  | { error: { code: string; message: string } };

function hashOfVector(connection: Connection, key: string): string | null {
  const [row] = connection.all('SELECT embedding FROM vectors WHERE rowid = (SELECT id FROM chunks WHERE key = ?)', [key]);
  return row?.embedding instanceof Uint8Array ? createHash('sha256').update(row.embedding).digest('hex').slice(0, 32) : null;
}

async function answer(connection: Connection, index: SearchIndex, request: ReadRequest): Promise<ReadAnswer> {
  if (request.kind === 'free') {
    if (connection.db.isTransaction) connection.db.exec('COMMIT');
    return { rows: [] };
  }
  const isHeld = connection.db.isTransaction;
  try {
    if (!isHeld) connection.db.exec('BEGIN');
    if (request.kind === 'hold') return { rows: connection.all('SELECT count(*) FROM facts', []) };
    if (request.kind === 'search') return { result: await search(request.request, index) };
    if (request.kind === 'all') return { rows: connection.all(request.sql, request.params) };
    return { hashes: request.keys.map((key) => hashOfVector(connection, key)) };
  } catch (error) {
    return { error: recordOf(error, 'reading the index') };
  } finally {
    if (!isHeld && request.kind !== 'hold' && connection.db.isTransaction) connection.db.exec('COMMIT');
  }
}

function open(dataDir: string): Connection {
  const file = path.join(dataDir, 'index.db');
  if (!existsSync(file))
    throw new SluiceError('not-found', `opening ${dataDir}: there is no index yet; \`sluice ingest <path>\` makes one`);
  const connection = openConnection(file, true);
  refuseNewer(connection.db, file);
  const [made] = connection.all("SELECT 1 FROM sqlite_master WHERE name = 'heads'", []);
  if (!made) throw new SluiceError('not-found', `opening ${dataDir}: its index is empty; \`sluice ingest <path>\` fills it`);
  return connection;
}

const port = parentPort;
if (port) {
  try {
    const connection = open(workerData.dataDir);
    const index = sqliteSearchIndex(connection);
    let turn = Promise.resolve();
    port.on('message', (posts: Post<ReadRequest>[] | 'close') => {
      turn = turn.then(async () => {
        if (posts === 'close') {
          connection.close();
          port.close();
          return;
        }
        const replies: Reply<ReadAnswer>[] = [];
        for (const { id, request } of posts) replies.push({ id, answer: await answer(connection, index, request) });
        port.postMessage(replies);
      });
    });
    port.postMessage('ready');
  } catch (error) {
    const { code, message } = recordOf(error, `opening ${workerData.dataDir}`);
    port.postMessage({ error: { code: code === 'bug' ? 'data-dir-corrupt' : code, message } });
    port.close();
  }
}
