import { existsSync } from 'node:fs';
import path from 'node:path';
import { siblingModule } from '#adapters/parsing/sibling-module.ts';
import { SluiceError } from '#core/errors.ts';
import { DEFAULT_SOURCE } from '#schemas/config.ts';
import type { SearchRequest, SearchResult } from '#schemas/records/search.ts';
import { toError } from './sqlite/db.ts';
import type { Row, SqlValue } from './sqlite/protocol.ts';
import type { ReadAnswer, ReadRequest } from './sqlite/read-thread.ts';
import { startThread } from './sqlite/thread.ts';
import { text } from './sqlite/unit.ts';

/** A data directory to read from, whoever is writing to it. */
export type Reader = {
  search(request: SearchRequest): Promise<SearchResult>;
  all(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** Hash of the stored vector of each key; null where there is none. */
  vectorHashes(keys: string[]): Promise<(string | null)[]>;
  /** From now on every answer shows this one moment, until `free`. For a reader of one's own. */
  hold(): Promise<void>;
  free(): Promise<void>;
  close(): Promise<void>;
};

/** Throws `not-found` when there is no index, `data-dir-newer` when a newer Sluice wrote it. */
export async function openReader(dataDir: string): Promise<Reader> {
  const thread = await startThread<ReadRequest, ReadAnswer>(
    siblingModule(import.meta.url, './sqlite/read-thread'),
    { dataDir: path.resolve(dataDir) },
    toError,
  );
  const ask = async (request: ReadRequest): Promise<Exclude<ReadAnswer, { error: unknown }>> => {
    const answer = await thread.ask(request);
    if ('error' in answer) throw toError(answer.error);
    return answer;
  };
  const unexpected = new SluiceError('unavailable', 'reading the index: the answer is of another kind');
  return {
    async search(request) {
      const answer = await ask({ kind: 'search', request });
      if (!('result' in answer)) throw unexpected;
      return answer.result;
    },
    async all(sql, params = []) {
      const answer = await ask({ kind: 'all', sql, params });
      if (!('rows' in answer)) throw unexpected;
      return answer.rows;
    },
    async vectorHashes(keys) {
      const answer = await ask({ kind: 'vectors', keys });
      if (!('hashes' in answer)) throw unexpected;
      return answer.hashes;
    },
    hold: async () => void (await ask({ kind: 'hold' })),
    free: async () => void (await ask({ kind: 'free' })),
    close: () => thread.close(),
  };
}

/** The declared sources that a data directory has documents of; none where there is no index yet. */
export async function sourcesIn(dataDir: string): Promise<string[]> {
  if (!existsSync(path.join(dataDir, 'index.db'))) return [];
  const reader = await openReader(dataDir);
  try {
    const rows = await reader.all('SELECT DISTINCT source FROM heads WHERE present = 1 AND source <> ? ORDER BY source', [
      DEFAULT_SOURCE.name,
    ]);
    return rows.map(({ source }) => text(source));
  } finally {
    await reader.close();
  }
}
