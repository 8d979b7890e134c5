import path from 'node:path';
import { type Connection, openConnection } from '../../adapters/local/sqlite/connection.ts';
import { DIMENSIONS, PRAGMAS } from '../settings.ts';

export type StoredChunk = { key: string; source: string; text: string; metadata: string; vector: readonly number[] };

/**
 * One SQLite file with sqlite-vec, behind both peers' vector store interfaces. Like their own integrations it keeps
 * text, metadata and vector, and no keyword index: a little less than Sluice and the straight-line script store.
 */
export class ChunkStore {
  readonly connection: Connection;

  constructor(data: string) {
    this.connection = openConnection(path.join(data, 'peer.db'), false);
    this.connection.db.exec(PRAGMAS);
    this.connection.db.exec(`
      CREATE TABLE IF NOT EXISTS chunks (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, source TEXT NOT NULL, text TEXT NOT NULL, metadata TEXT NOT NULL
      ) STRICT;
      CREATE INDEX IF NOT EXISTS chunks_by_source ON chunks (source);
      CREATE VIRTUAL TABLE IF NOT EXISTS vectors USING vec0(embedding float[${DIMENSIONS}] distance_metric=cosine);
    `);
  }

  /** Replaces what stands under the same keys. */
  put(chunks: readonly StoredChunk[]): void {
    this.transaction(() => {
      for (const { key, source, text, metadata, vector } of chunks) {
        this.#delete('key', key);
        const insert = 'INSERT INTO chunks (key, source, text, metadata) VALUES (?, ?, ?, ?) RETURNING id';
        const [row] = this.connection.all(insert, [key, source, text, metadata]);
        const bytes = new Uint8Array(Float32Array.from(vector).buffer);
        this.connection.run('INSERT INTO vectors (rowid, embedding) VALUES (CAST(? AS INTEGER), ?)', [Number(row?.id), bytes]);
      }
    });
  }

  deleteBy(column: 'key' | 'source', values: readonly string[]): void {
    this.transaction(() => {
      for (const value of values) this.#delete(column, value);
    });
  }

  nearest(vector: readonly number[], most: number): { key: string; text: string; metadata: string; distance: number }[] {
    const sql = `SELECT chunks.key, chunks.text, chunks.metadata, found.distance
      FROM (SELECT rowid, distance FROM vectors WHERE embedding MATCH ? AND k = ?) AS found
      JOIN chunks ON chunks.id = found.rowid ORDER BY found.distance`;
    const rows = this.connection.all(sql, [new Uint8Array(Float32Array.from(vector).buffer), most]);
    return rows.map((row) => ({
      key: String(row.key),
      text: String(row.text),
      metadata: String(row.metadata),
      distance: Number(row.distance),
    }));
  }

  transaction(work: () => void): void {
    this.connection.db.exec('BEGIN IMMEDIATE');
    work();
    this.connection.db.exec('COMMIT');
  }

  close(): void {
    this.connection.close();
  }

  #delete(column: 'key' | 'source', value: string): void {
    const rows = this.connection.all(`SELECT id FROM chunks WHERE ${column} = ?`, [value]);
    for (const { id } of rows) {
      this.connection.run('DELETE FROM vectors WHERE rowid = CAST(? AS INTEGER)', [Number(id)]);
      this.connection.run('DELETE FROM chunks WHERE id = ?', [Number(id)]);
    }
  }
}
