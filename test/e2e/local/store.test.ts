import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openReader } from '#adapters/local/reader.ts';
import { openSluice } from '#apps/cli/library.ts';
import { chunksOf, jsonOf, open, page, run, temporaryFolder, workspace, write } from './helpers.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'sluice-test-')));
const inbox = path.join(folder, 'inbox');
const made = path.join(folder, 'made');

beforeAll(async () => {
  write(inbox, { 'a.md': page('A', 1), 'b.md': page('B', 2) });
  const sluice = await openSluice({ dataDir: made, config: { parsing: { processes: 1 } } });
  await sluice.ingest([inbox]);
  await sluice.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of one index. */
function copied(): { dataDir: string; index: string } {
  const dataDir = path.join(temporaryFolder(), 'data');
  cpSync(made, dataDir, { recursive: true });
  return { dataDir, index: path.join(dataDir, 'index.db') };
}

const sql = (file: string, statement: string): void => {
  const db = new DatabaseSync(file);
  db.exec(statement);
  db.close();
};

describe('a store that is not for this Sluice', () => {
  test('of a newer version is refused by writer and readers, and left as it was', async () => {
    const { dataDir, index } = copied();
    sql(index, 'PRAGMA user_version = 9999; PRAGMA wal_checkpoint(TRUNCATE)');
    const before = readFileSync(index);
    for (const args of [['ingest', inbox], ['status']]) {
      const refused = await run([...args, '--data-dir', dataDir, '--json']);
      expect(refused.code).toBe(2);
      expect(jsonOf(refused)).toMatchObject({ error: { code: 'data-dir-newer' } });
    }
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'data-dir-newer' });
    await expect(openReader(dataDir)).rejects.toMatchObject({ code: 'data-dir-newer' });
    expect(readFileSync(index).equals(before)).toBe(true);
  });

  test('of another embedder or dimension is refused, and opens again with its own at once', async () => {
    const { dataDir, index } = copied();
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
    const { dataDir, index } = copied();
    spoil(index);
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'data-dir-corrupt' });
    const refused = await run(['status', '--data-dir', dataDir, '--json']);
    expect(refused.code).toBe(2);
    expect(jsonOf(refused)).toMatchObject({ error: { code: 'data-dir-corrupt' } });
  });

  test('whose key was spoilt is called corrupt, and the process ends', async () => {
    const { dataDir } = copied();
    writeFileSync(path.join(dataDir, 'store.key'), 'short');
    const refused = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(refused.code).toBe(2);
    expect(jsonOf(refused)).toMatchObject({ error: { code: 'data-dir-corrupt' } });
  });
});

test('a data directory without an index is told so, and not made by looking', async () => {
  const { dataDir } = workspace();
  const commands = [['search', 'river'], ['status'], ['export'], ['reconcile']];
  for (const none of await Promise.all(commands.map((args) => run([...args, '--data-dir', dataDir, '--json'])))) {
    expect(none.code).toBe(2);
    expect(jsonOf(none)).toMatchObject({ error: { code: 'not-found' } });
  }
});

test('what an index holds is there after it was closed and opened', async () => {
  const { dataDir } = copied();
  const again = await open(dataDir);
  expect((await chunksOf(again)).length).toBe(2);
});
