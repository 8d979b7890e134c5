import type { ListKeyOptions, RecordManagerInterface, UpdateOptions } from '@langchain/core/indexing';
import type { ChunkStore } from './chunk-store.ts';

const listed = (values: readonly string[]): string => JSON.stringify(values);

/**
 * LangChain's record manager on Node's SQLite: the tables of the one in `@langchain/community`, whose driver is a native
 * addon, with statements prepared once and a clock that is finer than a second.
 */
export class SqliteRecords implements RecordManagerInterface {
  readonly #store: ChunkStore;
  constructor(store: ChunkStore) {
    this.#store = store;
  }

  async createSchema(): Promise<void> {
    this.#store.connection.db.exec(`
      CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, updated_at REAL NOT NULL, group_id TEXT) STRICT;
      CREATE INDEX IF NOT EXISTS records_by_time ON records (updated_at);
      CREATE INDEX IF NOT EXISTS records_by_group ON records (group_id);
    `);
  }

  async getTime(): Promise<number> {
    return Date.now() / 1_000;
  }

  async update(keys: string[], { timeAtLeast = 0, groupIds }: UpdateOptions = {}): Promise<void> {
    const now = await this.getTime();
    if (now < timeAtLeast) throw new Error(`updating records: the clock went back, ${now} < ${timeAtLeast}`);
    const sql = `INSERT INTO records (key, updated_at, group_id) VALUES (?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET updated_at = excluded.updated_at`;
    this.#store.transaction(() => {
      keys.forEach((key, i) => {
        this.#store.connection.run(sql, [key, now, groupIds?.[i] ?? null]);
      });
    });
  }

  async exists(keys: string[]): Promise<boolean[]> {
    const rows = this.#store.connection.all('SELECT key FROM records WHERE key IN (SELECT value FROM json_each(?))', [listed(keys)]);
    const known = new Set(rows.map((row) => String(row.key)));
    return keys.map((key) => known.has(key));
  }

  async listKeys({ before, after, limit, groupIds }: ListKeyOptions = {}): Promise<string[]> {
    const groups = groupIds?.filter((group) => group !== null);
    const sql = `SELECT key FROM records WHERE updated_at < ? AND updated_at > ?
      ${groups ? 'AND group_id IN (SELECT value FROM json_each(?))' : ''} LIMIT ?`;
    const rows = this.#store.connection.all(sql, [
      before ?? Number.MAX_VALUE,
      after ?? 0,
      ...(groups ? [listed([...new Set(groups)])] : []),
      limit ?? -1,
    ]);
    return rows.map((row) => String(row.key));
  }

  async deleteKeys(keys: string[]): Promise<void> {
    this.#store.connection.run('DELETE FROM records WHERE key IN (SELECT value FROM json_each(?))', [listed(keys)]);
  }
}
