import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { SluiceError } from '#core/errors.ts';
import { checkStoreKey, proofOf, storeKeys } from '../store-key.ts';
import { type Connection, openConnection } from './connection.ts';
import { recordOf } from './error-code.ts';
import { migrate } from './migrate.ts';
import type { Answer, Post, Reply, Request } from './protocol.ts';

/** The only thread that writes. It owns the data directory's lock for as long as it lives. */
export type WriteThreadData = { dataDir: string; model: string; dimensions: number };

/** The process that said that it owns the directory, as far as that can be told. */
function ownerOf(dataDir: string): string {
  try {
    return ` (process ${Number(JSON.parse(readFileSync(path.join(dataDir, 'owner.json'), 'utf8')).pid)})`;
  } catch {
    return '';
  }
}

/** A lock that the system frees with the process: SQLite's own on a side file. */
function lock(dataDir: string): DatabaseSync {
  const held = new DatabaseSync(path.join(dataDir, 'lock'), { timeout: 0 });
  try {
    held.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    held.close();
    throw new SluiceError('data-dir-in-use', `opening ${dataDir}: another sluice works in it${ownerOf(dataDir)}; wait for it or stop it`, {
      cause: error,
    });
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
  try {
    // What is deleted is overwritten; the keyword index, which keeps no texts, lets its words go when it is merged.
    connection.db.exec(
      'PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 2000; PRAGMA secure_delete = ON',
    );
    checkStoreKey(connection, data.dataDir);
    const keys = storeKeys(data.dataDir);
    migrate(connection, file, data);
    connection.run("INSERT INTO facts (name, value) VALUES ('key', ?) ON CONFLICT (name) DO NOTHING", [proofOf(keys)]);
    checkEmbedder(connection, data);
    // Whoever held these is gone: it would have the lock.
    connection.run('UPDATE messages SET visible_at = 0, lease = NULL WHERE lease IS NOT NULL', []);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

const codeOf = (error: unknown): Extract<Answer, { error: unknown }> => ({ error: recordOf(error, 'writing the index') });

type Commit = Extract<Request, { kind: 'commit' }>;

/** Statements on the keyword index come last, in one go: it writes itself out whenever others come in between. */
function carryOut(connection: Connection, commits: readonly Commit[]): void {
  const all = commits.flatMap(({ statements }) => statements);
  for (const { sql, params, changes } of [...all.filter(({ last }) => !last), ...all.filter(({ last }) => last)]) {
    const changed = connection.run(sql, params);
    if (changes !== undefined && changed !== changes) throw new SluiceError('conflict', 'what was read has changed meanwhile');
  }
}

function inTransaction(connection: Connection, work: () => void): Answer {
  try {
    connection.db.exec('BEGIN IMMEDIATE');
    work();
    connection.db.exec('COMMIT');
    return { rows: [] };
  } catch (error) {
    if (connection.db.isTransaction) connection.db.exec('ROLLBACK');
    return codeOf(error);
  }
}

/**
 * All that is waiting goes into one transaction. If one of them fails, each gets a transaction of its own: savepoints
 * would make the keyword index write itself out at every one.
 */
function commitAll(connection: Connection, posts: readonly Post<Commit>[]): Reply<Answer>[] {
  const together = inTransaction(connection, () =>
    carryOut(
      connection,
      posts.map(({ request }) => request),
    ),
  );
  if (!('error' in together) || posts.length === 1) return posts.map(({ id }) => ({ id, answer: together }));
  return posts.map(({ id, request }) => ({ id, answer: inTransaction(connection, () => carryOut(connection, [request])) }));
}

function read(connection: Connection, { sql, params }: Exclude<Request, Commit>): Answer {
  try {
    return { rows: connection.all(sql, params) };
  } catch (error) {
    return codeOf(error);
  }
}

/** Commits wait this long for others to share a transaction with, unless this many have come together. */
const GATHER_MS = 2;
const GATHER_MOST = 64;

/** Answers reads at once and commits in groups. */
function serve(port: MessagePort, connection: Connection, onClosed: () => void): void {
  let waiting: Post<Commit>[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const posts = waiting;
    waiting = [];
    port.postMessage(commitAll(connection, posts));
  };
  const take = ({ id, request }: Post<Request>): Reply<Answer>[] => {
    if (request.kind !== 'commit') return [{ id, answer: read(connection, request) }];
    waiting.push({ id, request });
    return [];
  };
  port.on('message', (posts: Post<Request>[] | 'close') => {
    if (posts === 'close') {
      flush();
      connection.db.exec('PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)');
      onClosed();
      return;
    }
    const replies = posts.flatMap(take);
    if (replies.length > 0) port.postMessage(replies);
    if (waiting.length >= GATHER_MOST) flush();
    else if (waiting.length > 0) timer ??= setTimeout(flush, GATHER_MS);
  });
}

const port = parentPort;
if (port) {
  const data: WriteThreadData = workerData;
  let held: DatabaseSync | undefined;
  try {
    held = lock(data.dataDir);
    const connection = open(data);
    writeFileSync(path.join(data.dataDir, 'owner.json'), JSON.stringify({ pid: process.pid }));
    serve(port, connection, () => {
      connection.close();
      held?.close();
      port.close();
    });
    port.postMessage('ready');
  } catch (error) {
    // Freed before it is said, so that whoever is told can open it another way at once.
    held?.close();
    port.postMessage({ error: recordOf(error, `opening ${data.dataDir}`) });
    port.close();
  }
}
