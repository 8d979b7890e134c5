import type { EmbeddingCache, KeywordIndex, VectorStore } from '#core/ports/indexes.ts';
import { EmbeddingKey } from '#schemas/records/ids.ts';
import type { SqlValue } from './sqlite/protocol.ts';
import { listed, type Unit } from './sqlite/unit.ts';

const bytesOf = (vector: Float32Array): Uint8Array => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);

export const sqliteEmbeddingCache = ({ db, statements }: Unit): EmbeddingCache => ({
  async has(keys) {
    const rows = await db.all('SELECT key FROM embeddings WHERE key IN (SELECT value FROM json_each(?))', [listed(keys)]);
    return new Set(rows.map((row) => EmbeddingKey.parse(row.key)));
  },
  async put(entries) {
    for (const { key, vector } of entries) {
      statements.push({ sql: 'INSERT INTO embeddings (key, vector) VALUES (?, ?) ON CONFLICT DO NOTHING', params: [key, bytesOf(vector)] });
    }
  },
});

const ADD_CHUNK = 'INSERT INTO chunks (key) VALUES (?) ON CONFLICT DO NOTHING';
const ADD_VECTOR = `INSERT INTO vectors (rowid, embedding)
  SELECT chunks.id, embeddings.vector FROM chunks, embeddings
  WHERE chunks.key = ?1 AND embeddings.key = ?2 AND NOT EXISTS (SELECT 1 FROM vectors WHERE rowid = chunks.id)`;
/** Conflicts when the vector is neither in the cache nor stored. */
const HAS_VECTOR = `UPDATE chunks SET key = key WHERE key = ? AND EXISTS (SELECT 1 FROM vectors WHERE rowid = chunks.id)`;
const ADD_KEYWORDS = 'INSERT OR REPLACE INTO keywords (rowid, path, text) SELECT id, ?2, ?3 FROM chunks WHERE key = ?1';
const DELETE_VECTORS = 'DELETE FROM vectors WHERE rowid IN (SELECT id FROM chunks WHERE key IN (SELECT value FROM json_each(?)))';
const DELETE_KEYWORDS = 'DELETE FROM keywords WHERE rowid IN (SELECT id FROM chunks WHERE key IN (SELECT value FROM json_each(?)))';
/** The key goes with the last of its two rows. */
const DELETE_CHUNKS = `DELETE FROM chunks WHERE key IN (SELECT value FROM json_each(?))
  AND NOT EXISTS (SELECT 1 FROM vectors WHERE rowid = chunks.id) AND NOT EXISTS (SELECT 1 FROM keywords WHERE rowid = chunks.id)`;

const write = ({ statements }: Unit, sql: string, params: readonly SqlValue[], changes?: number): void => {
  statements.push({ sql, params, ...(changes !== undefined && { changes }) });
};

export const sqliteVectors = (unit: Unit): VectorStore => ({
  async upsert(entries) {
    for (const { key, embedding } of entries) {
      write(unit, ADD_CHUNK, [key]);
      write(unit, ADD_VECTOR, [key, embedding]);
      write(unit, HAS_VECTOR, [key], 1);
    }
  },
  async delete(keys) {
    if (keys.length === 0) return;
    write(unit, DELETE_VECTORS, [listed(keys)]);
    write(unit, DELETE_CHUNKS, [listed(keys)]);
  },
});

export const sqliteKeywords = (unit: Unit): KeywordIndex => ({
  async upsert(entries) {
    for (const { key, path, text } of entries) {
      write(unit, ADD_CHUNK, [key]);
      write(unit, ADD_KEYWORDS, [key, path, text]);
    }
  },
  async delete(keys) {
    if (keys.length === 0) return;
    write(unit, DELETE_KEYWORDS, [listed(keys)]);
    write(unit, DELETE_CHUNKS, [listed(keys)]);
  },
});
