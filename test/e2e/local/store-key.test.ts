import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { jsonOf, open, page, run, workspace, write } from './helpers.ts';

async function indexed() {
  const { inbox, dataDir } = workspace({ 'a.md': page('A', 1) });
  const sluice = await open(dataDir);
  await sluice.ingest([inbox]);
  await sluice.close();
  return { inbox, dataDir, key: path.join(dataDir, 'store.key') };
}

test.each([
  ['lost', (key: string) => rmSync(key)],
  ['exchanged', (key: string) => writeFileSync(key, randomBytes(32))],
])('an index whose key was %s is refused, not filled with every document once more', async (_, spoil) => {
  const { inbox, dataDir, key } = await indexed();
  spoil(key);
  const before = readdirSync(dataDir);
  write(inbox, { 'a.md': page('A', 2) });
  await expect(open(dataDir)).rejects.toMatchObject({ code: 'data-dir-corrupt' });
  expect(readdirSync(dataDir)).toEqual(before);
});

test('a key that is there and cannot be read is told as that, and as no fault of Sluice', async () => {
  const { dataDir, key } = await indexed();
  rmSync(key);
  mkdirSync(key);
  for (const command of [['search', 'page'], ['export']]) {
    const refused = await run([...command, '--data-dir', dataDir, '--json']);
    expect([refused.code, jsonOf(refused)]).toMatchObject([
      2,
      { error: { code: 'unavailable', message: expect.stringContaining('store.key') } },
    ]);
  }
});
