import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { SluiceError } from '#core/errors.ts';
import { type Connection, openConnection } from './connection.ts';
import { migrate } from './migrate.ts';
import type { Answer, Post, Reply, Request, Statement } from './protocol.ts';

/** The only thread that writes. It owns the data directory's lock for as long as it lives. */
export type WriteThreadData = { dataDir: string; model: string; dimensions: number };

/** A lock that the system frees with the process: SQLite's own on a side file. */
function lock(dataDir: string): DatabaseSync {
  const held = new DatabaseSync(path.join(dataDir, 'lock'), { timeout: 0 });
  try {
    held.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    held.close();
    throw new SluiceError('data-dir-in-use', `opening ${dataDir}: another sluice works in it`, { cause: error });
  }
  return held;
}

/** An index holds vectors of one model only. */
function checkEmbedder(connection: Connection, { model, dimensions, dataDir }: WriteThreadData): void {
  const facts = new Map(
    connection.all("SELECT name, value FROM facts WHERE name IN ('model', 'dimensions')", []).map((row) => [row.name, row.value]),
  );
  connection.run("INSERT INTO facts (name, value) VALUES ('model', ?) ON CONFLICT (name) DO NOTHING", [model]);
  const was = { model: facts.get('model') ?? model, dimensions: Number(facts.get('dimensions')) };
  if (was.model === model && was.dimensions === dimensions) return;
  throw new SluiceError(
    'embedder-mismatch',
    `opening ${dataDir}: its vectors are of ${was.model} with ${was.dimensions} dimensions, and the configuration says ${model} with ${dimensions}`,
  );
}

function open(data: WriteThreadData): Connection {
  const file = path.join(data.dataDir, 'index.db');
  const connection = openConnection(file, false);
  connection.db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000',
  );
  migrate(connection, file, data);
  checkEmbedder(connection, data);
  // Whoever held these is gone: it would have the lock.
  connection.run('UPDATE messages SET visible_at = 0, lease = NULL WHERE lease IS NOT NULL', []);
  return connection;
}

function codeOf(error: unknown): Extract<Answer, { error: unknown }> {
  if (error instanceof SluiceError) return { error: { code: error.code, message: error.message } };
  const message = error instanceof Error ? error.message : String(error);
  const isDisk = /disk|full|I\/O|readonly|locked|busy/i.test(message);
  return { error: { code: isDisk ? 'unavailable' : 'bug', message: `writing the index: ${message}` } };
}

function carryOut(connection: Connection, statements: readonly Statement[]): Answer {
  connection.db.exec('SAVEPOINT unit');
  try {
    for (const { sql, params, changes } of statements) {
      const changed = connection.run(sql, params);
      if (changes !== undefined && changed !== changes) throw new SluiceError('conflict', 'what was read has changed meanwhile');
    }
    connection.db.exec('RELEASE unit');
    return { rows: [] };
  } catch (error) {
    connection.db.exec('ROLLBACK TO unit; RELEASE unit');
    return codeOf(error);
  }
}

function answer(connection: Connection, request: Request): Answer {
  if (request.kind === 'commit') return carryOut(connection, request.statements);
  try {
    return { rows: connection.all(request.sql, request.params) };
  } catch (error) {
    return codeOf(error);
  }
}

/** All that is waiting goes into one transaction, and is answered when that is durable. */
function group(connection: Connection, posts: readonly Post<Request>[]): Reply<Answer>[] {
  const writes = posts.some(({ request }) => request.kind === 'commit');
  try {
    if (writes) connection.db.exec('BEGIN IMMEDIATE');
    const replies = posts.map(({ id, request }) => ({ id, answer: answer(connection, request) }));
    if (writes) connection.db.exec('COMMIT');
    return replies;
  } catch (error) {
    if (connection.db.isTransaction) connection.db.exec('ROLLBACK');
    return posts.map(({ id }) => ({ id, answer: codeOf(error) }));
  }
}

const port = parentPort;
if (port) {
  const data: WriteThreadData = workerData;
  try {
    const held = lock(data.dataDir);
    const connection = open(data);
    writeFileSync(path.join(data.dataDir, 'owner.json'), JSON.stringify({ pid: process.pid }));
    port.on('message', (first: Post<Request>[] | 'close') => {
      const posts: Post<Request>[] = [];
      for (let message: typeof first | undefined = first; message !== undefined; message = receiveMessageOnPort(port)?.message) {
        if (message !== 'close') {
          posts.push(...message);
          continue;
        }
        if (posts.length > 0) port.postMessage(group(connection, posts));
        connection.db.exec('PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)');
        connection.close();
        held.close();
        port.close();
        return;
      }
      port.postMessage(group(connection, posts));
    });
    port.postMessage('ready');
  } catch (error) {
    port.postMessage(codeOf(error));
    port.close();
  }
}
