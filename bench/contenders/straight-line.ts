import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Connection, openConnection } from '../../adapters/local/sqlite/connection.ts';
import { migrate } from '../../adapters/local/sqlite/migrate.ts';
import { chunkDocument, chunkIds, embeddedText } from '../../core/chunking/index.ts';
import { documentText } from '../../core/document-text.ts';
import { DEFAULT_PARSE_LIMITS } from '../../core/formats/index.ts';
import { parseDocument } from '../../core/formats/parse.ts';
import { CHUNK_TOKENS, DIMENSIONS, PRAGMAS } from '../settings.ts';
import { embedder } from './embed.ts';
import { filesOf } from './folder.ts';
import { work } from './job.ts';

/** Documents that share a transaction. */
const BATCH = 250;

let lastId = 0;

async function ingestOne(connection: Connection, folder: string, source: string): Promise<void> {
  const bytes = readFileSync(path.join(folder, source));
  const extracted = await parseDocument(bytes, path.basename(source), DEFAULT_PARSE_LIMITS);
  const chunks = chunkDocument(documentText(extracted.elements), { strategy: 'structural', maxTokens: CHUNK_TOKENS, overlap: 0 });
  const vectors = await embedder.embed(chunks.map(embeddedText), 'document');
  const ids = chunkIds(chunks);
  chunks.forEach((chunk, i) => {
    lastId += 1;
    const id = lastId;
    connection.run('INSERT INTO chunks (id, key) VALUES (?, ?)', [id, `${source}/${ids[i]}`]);
    const vector = vectors[i] ?? new Float32Array(DIMENSIONS);
    const stored = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
    connection.run('INSERT INTO vectors (rowid, embedding) VALUES (CAST(? AS INTEGER), ?)', [id, stored]);
    connection.run('INSERT INTO keywords (rowid, path, text) VALUES (?, ?, ?)', [id, chunk.path.join('\n'), chunk.text]);
  });
  connection.run('INSERT INTO manifests (digest, body) VALUES (?, ?)', [source, JSON.stringify({ source, entries: chunks })]);
}

/** Parse, chunk, embed, insert, one after the other: no bus, no ledger, no second look at anything. */
await work(async ({ files, data }) => {
  mkdirSync(data, { recursive: true });
  const file = path.join(data, 'straight-line.db');
  const connection = openConnection(file, false);
  connection.db.exec(PRAGMAS);
  migrate(connection, file, { dimensions: DIMENSIONS });
  const sources = filesOf(files);
  for (let i = 0; i < sources.length; i += BATCH) {
    connection.db.exec('BEGIN IMMEDIATE');
    for (const source of sources.slice(i, i + BATCH)) await ingestOne(connection, files, source);
    connection.db.exec('COMMIT');
  }
  connection.close();
});
