import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { SluiceError } from '#core/errors.ts';
import type { SearchIndex } from '#core/ports/search.ts';
import { keywordQuery } from '#core/search/keyword-query.ts';
import { search } from '#core/search/search.ts';
import { Head } from '#schemas/records/head.ts';
import { DocumentId, VectorKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { SearchRequest, SearchResult } from '#schemas/records/search.ts';
import { lexicalEmbedder } from '../lexical-embedder.ts';
import { type Connection, openConnection } from './connection.ts';
import { refuseNewer } from './migrate.ts';
import type { Post, Reply, Row, SqlValue } from './protocol.ts';
import { listed } from './unit.ts';

/** Reads beside the writer. Each request sees one snapshot. */
export type ReadRequest =
  | { kind: 'search'; request: SearchRequest }
  | { kind: 'all'; sql: string; params: readonly SqlValue[] }
  | { kind: 'vectors'; keys: string[] };
export type ReadAnswer =
  | { result: SearchResult }
  | { rows: Row[] }
  | { hashes: (string | null)[] }
  | { error: { code: string; message: string } };

const MANIFESTS = 500;

function indexOf(connection: Connection): SearchIndex {
  const facts = new Map(connection.all('SELECT name, value FROM facts', []).map((row) => [row.name, String(row.value)]));
  const manifests = new Map<string, Manifest>();
  const rank = (rows: Row[]) => rows.map((row) => ({ key: VectorKey.parse(row.key), score: Number(row.score) }));
  return {
    embedder: lexicalEmbedder({ dimensions: Number(facts.get('dimensions')) }),
    async nearest(vector, most) {
      const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
      const sql = `SELECT chunks.key AS key, 1 - found.distance AS score
        FROM (SELECT rowid, distance FROM vectors WHERE embedding MATCH ? AND k = ?) AS found JOIN chunks ON chunks.id = found.rowid
        ORDER BY found.distance, chunks.key`;
      return rank(connection.all(sql, [bytes, Math.min(most, 4_096)]));
    },
    async byKeywords(query, most) {
      const match = keywordQuery(query);
      if (match === undefined) return [];
      const sql = `SELECT chunks.key AS key, -found.rank AS score
        FROM (SELECT rowid, bm25(keywords, 1.0, 1.0) AS rank FROM keywords WHERE keywords MATCH ? ORDER BY rank LIMIT ?) AS found
        JOIN chunks ON chunks.id = found.rowid ORDER BY found.rank, chunks.key`;
      return rank(connection.all(sql, [match, most]));
    },
    async heads(documents) {
      const rows = connection.all('SELECT body FROM heads WHERE document IN (SELECT value FROM json_each(?))', [listed(documents)]);
      const heads = rows.map((row) => Head.parse(JSON.parse(String(row.body))));
      return new Map(heads.map((head) => [DocumentId.parse(head.document), head]));
    },
    async manifest(digest) {
      const known = manifests.get(digest);
      if (known) return known;
      const [row] = connection.all('SELECT body FROM manifests WHERE digest = ?', [digest]);
      if (!row) return undefined;
      const manifest = JSON.parse(String(row.body)) as Manifest;
      if (manifests.size >= MANIFESTS) manifests.clear();
      manifests.set(digest, manifest);
      return manifest;
    },
  };
}

function hashOfVector(connection: Connection, key: string): string | null {
  const [row] = connection.all('SELECT embedding FROM vectors WHERE rowid = (SELECT id FROM chunks WHERE key = ?)', [key]);
  return row?.embedding instanceof Uint8Array ? createHash('sha256').update(row.embedding).digest('hex').slice(0, 32) : null;
}

async function answer(connection: Connection, index: SearchIndex, request: ReadRequest): Promise<ReadAnswer> {
  connection.db.exec('BEGIN');
  try {
    if (request.kind === 'search') return { result: await search(request.request, index) };
    if (request.kind === 'vectors') return { hashes: request.keys.map((key) => hashOfVector(connection, key)) };
    return { rows: connection.all(request.sql, request.params) };
  } catch (error) {
    if (error instanceof SluiceError) return { error: { code: error.code, message: error.message } };
    return { error: { code: 'bug', message: error instanceof Error ? error.message : String(error) } };
  } finally {
    connection.db.exec('COMMIT');
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
    const index = indexOf(connection);
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
    const code = error instanceof SluiceError ? error.code : 'data-dir-corrupt';
    port.postMessage({ error: { code, message: error instanceof Error ? error.message : String(error) } });
    port.close();
  }
}
