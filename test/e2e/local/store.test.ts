import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { chunksOf, jsonOf, open, page, run, workspace } from './helpers.ts';

async function ingested(): Promise<{ inbox: string; dataDir: string; index: string }> {
  const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2) });
  const sluice = await open(dataDir);
  await sluice.ingest([inbox]);
  await sluice.close();
  return { inbox, dataDir, index: path.join(dataDir, 'index.db') };
}

const sql = (file: string, statement: string): void => {
  const db = new DatabaseSync(file);
  db.exec(statement);
  db.close();
};

describe('a store that is not for this Sluice', () => {
  test('of a newer version is refused by writer and readers, and left as it was', async () => {
    const { inbox, dataDir, index } = await ingested();
    sql(index, 'PRAGMA user_version = 9999; PRAGMA wal_checkpoint(TRUNCATE)');
    const before = readFileSync(index);
    for (const args of [['ingest', inbox], ['search', 'river'], ['status'], ['export'], ['reconcile']]) {
      const refused = await run([...args, '--data-dir', dataDir, '--json']);
      expect(refused.code).toBe(2);
      expect(jsonOf(refused)).toMatchObject({ error: { code: 'data-dir-newer' } });
    }
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'data-dir-newer' });
    expect(readFileSync(index).equals(before)).toBe(true);
  });

  test('of another embedder or dimension is refused, and opens again with its own at once', async () => {
    const { inbox, dataDir, index } = await ingested();
    await expect(open(dataDir, { embedding: { dimensions: 512 } })).rejects.toMatchObject({ code: 'embedder-mismatch' });
    const own = await open(dataDir);
    expect(await own.ingest([inbox])).toMatchObject({ unchanged: 2 });
    await own.close();

    sql(index, "UPDATE facts SET value = 'another-model' WHERE name = 'model'");
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'embedder-mismatch' });
    const search = await run(['search', 'river', '--data-dir', dataDir, '--json']);
    expect(search.code).toBe(2);
    expect(jsonOf(search)).toMatchObject({ error: { code: 'embedder-mismatch' } });
    // Words are found without vectors.
    expect((await run(['search', 'river', '--mode', 'keyword', '--data-dir', dataDir, '--json'])).code).toBe(0);
  });

  test.each([
    ['that is no database', (file: string) => writeFileSync(file, 'x'.repeat(8192))],
    ['that was cut off', (file: string) => truncateSync(file, 3_000)],
  ])('%s is called corrupt', async (_, spoil) => {
    const { inbox, dataDir, index } = await ingested();
    spoil(index);
    for (const args of [['ingest', inbox], ['status'], ['search', 'river']]) {
      const refused = await run([...args, '--data-dir', dataDir, '--json']);
      expect(refused.code).toBe(2);
      expect(jsonOf(refused)).toMatchObject({ error: { code: 'data-dir-corrupt' } });
    }
  });

  test('whose key was spoilt is called corrupt, and the process ends', async () => {
    const { inbox, dataDir } = await ingested();
    writeFileSync(path.join(dataDir, 'store.key'), 'short');
    const refused = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(refused.code).toBe(2);
    expect(jsonOf(refused)).toMatchObject({ error: { code: 'data-dir-corrupt' } });
  });
});

test('a data directory without an index is told so, and not made by looking', async () => {
  const { dataDir } = workspace();
  for (const args of [['search', 'river'], ['status'], ['export'], ['reconcile']]) {
    const none = await run([...args, '--data-dir', dataDir, '--json']);
    expect(none.code).toBe(2);
    expect(jsonOf(none)).toMatchObject({ error: { code: 'not-found' } });
  }
});

test('what an index holds is there after it was closed and opened', async () => {
  const { dataDir } = await ingested();
  const again = await open(dataDir);
  expect((await chunksOf(again)).length).toBe(2);
});
