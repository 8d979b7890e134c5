import type { EmbeddingCache, KeywordIndex, Prune, VectorStore } from '#core/ports/indexes.ts';
import { keywordText } from '#core/search/keyword-text.ts';
import { EmbeddingKey } from '#schemas/records/ids.ts';
import type { SqlValue } from './sqlite/protocol.ts';
import { listed, type Unit } from './sqlite/unit.ts';

const bytesOf = (vector: Float32Array): Uint8Array => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);

export const sqliteEmbeddingCache = ({ db, statements }: Unit, now: () => number): EmbeddingCache => ({
  async has(keys) {
    const rows = await db.all('SELECT key FROM embeddings WHERE key IN (SELECT value FROM json_each(?))', [listed(keys)]);
    return new Set(rows.map((row) => EmbeddingKey.parse(row.key)));
  },
  async put(entries) {
    for (const { key, vector } of entries) {
      const sql = 'INSERT INTO embeddings (key, vector, added_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
      statements.push({ sql, params: [key, bytesOf(vector), now()] });
    }
  },
  async delete(keys) {
    statements.push({ sql: 'DELETE FROM embeddings WHERE key IN (SELECT value FROM json_each(?))', params: [listed(keys)] });
  },
});

/** One statement for a whole batch: crossing into SQLite for each chunk costs more than the work done there. */
const ADD_CHUNKS = "INSERT INTO chunks (key) SELECT json_extract(value, '$.key') FROM json_each(?) WHERE true ON CONFLICT DO NOTHING";
const ADD_VECTORS = `INSERT INTO vectors (rowid, embedding)
  SELECT chunks.id, embeddings.vector FROM json_each(?) AS wanted
  JOIN chunks ON chunks.key = json_extract(wanted.value, '$.key')
  JOIN embeddings ON embeddings.key = json_extract(wanted.value, '$.embedding')
  WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE rowid = chunks.id)`;
/** Conflicts unless every one of the chunks has its vector now. */
const HAVE_VECTORS = `UPDATE facts SET value = value WHERE name = 'dimensions' AND NOT EXISTS (
  SELECT 1 FROM json_each(?) AS wanted JOIN chunks ON chunks.key = json_extract(wanted.value, '$.key')
  WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE rowid = chunks.id))`;
/** One row each: a statement of many rows makes the keyword index write itself out first. */
const ADD_KEYWORDS = 'INSERT OR REPLACE INTO keywords (rowid, path, text) VALUES ((SELECT id FROM chunks WHERE key = ?), ?, ?)';
const DELETE_VECTORS = 'DELETE FROM vectors WHERE rowid IN (SELECT id FROM chunks WHERE key IN (SELECT value FROM json_each(?)))';
const DELETE_KEYWORDS = 'DELETE FROM keywords WHERE rowid IN (SELECT id FROM chunks WHERE key IN (SELECT value FROM json_each(?)))';
/** The key goes with the last of its two rows. */
const DELETE_CHUNKS = `DELETE FROM chunks WHERE key IN (SELECT value FROM json_each(?))
  AND NOT EXISTS (SELECT 1 FROM vectors WHERE rowid = chunks.id) AND NOT EXISTS (SELECT 1 FROM keywords WHERE rowid = chunks.id)`;

/** Chunks of a document (keys from ?1 up to ?2) that the generations ?3 to ?4 wrote, but for those to keep. */
const PRUNED = `key >= ?1 AND key < ?2 AND CAST(substr(key, instr(key, '@') + 1) AS INTEGER) BETWEEN ?3 AND ?4
  AND key NOT IN (SELECT value FROM json_each(?5))`;
const PRUNE_VECTORS = `DELETE FROM vectors WHERE rowid IN (SELECT id FROM chunks WHERE ${PRUNED})`;
const PRUNE_KEYWORDS = `DELETE FROM keywords WHERE rowid IN (SELECT id FROM chunks WHERE ${PRUNED})`;
const PRUNE_CHUNKS = `DELETE FROM chunks WHERE ${PRUNED}
  AND NOT EXISTS (SELECT 1 FROM vectors WHERE rowid = chunks.id) AND NOT EXISTS (SELECT 1 FROM keywords WHERE rowid = chunks.id)`;

const pruning =
  (unit: Unit, sql: string): Prune =>
  async (document, [from, to], keep) => {
    const params = [`${document}/`, `${document}0`, from, to, listed([...keep])];
    if (sql === PRUNE_VECTORS) write(unit, sql, params);
    else writeLast(unit, sql, params);
    writeLast(unit, PRUNE_CHUNKS, params);
  };

const write = ({ statements }: Unit, sql: string, params: readonly SqlValue[], changes?: number): void => {
  statements.push({ sql, params, ...(changes !== undefined && { changes }) });
};

/** In the order of the commits, after the other writes of all of them: a chunk's row outlives what refers to it. */
const writeLast = ({ statements }: Unit, sql: string, params: readonly SqlValue[]): void => {
  statements.push({ sql, params, last: true });
};

export const sqliteVectors = (unit: Unit): VectorStore => ({
  async upsert(entries) {
    if (entries.length === 0) return;
    const batch = JSON.stringify(entries);
    write(unit, ADD_CHUNKS, [batch]);
    write(unit, ADD_VECTORS, [batch]);
    write(unit, HAVE_VECTORS, [batch], 1);
  },
  async delete(keys) {
    if (keys.length === 0) return;
    write(unit, DELETE_VECTORS, [listed(keys)]);
    writeLast(unit, DELETE_CHUNKS, [listed(keys)]);
  },
  prune: pruning(unit, PRUNE_VECTORS),
});

export const sqliteKeywords = (unit: Unit): KeywordIndex => ({
  async upsert(entries) {
    if (entries.length === 0) return;
    write(unit, ADD_CHUNKS, [JSON.stringify(entries.map(({ key }) => ({ key })))]);
    for (const { key, path, text } of entries) writeLast(unit, ADD_KEYWORDS, [key, keywordText(path), keywordText(text)]);
  },
  async delete(keys) {
    if (keys.length === 0) return;
    writeLast(unit, DELETE_KEYWORDS, [listed(keys)]);
    writeLast(unit, DELETE_CHUNKS, [listed(keys)]);
  },
  prune: pruning(unit, PRUNE_KEYWORDS),
});
