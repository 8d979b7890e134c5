import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConnection } from '#adapters/local/sqlite/connection.ts';
import { openSluice } from '#apps/cli/library.ts';
import { jsonOf, page, run, temporaryFolder, write } from './helpers.ts';

const FILES = { 'a.md': page('A', 1, 4), 'b.md': page('B', 2, 4), 'c.md': page('C', 3, 4) };

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'sluice-test-')));
const inbox = path.join(folder, 'inbox');
const made = path.join(folder, 'made');

beforeAll(async () => {
  write(inbox, FILES);
  const sluice = await openSluice({ dataDir: made, config: { parsing: { processes: 1 } } });
  await sluice.ingest([inbox]);
  await sluice.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is reported of a copy of the index with something wrong in it. */
async function drift(spoil: (sql: (statement: string) => void) => void, ...more: string[]): Promise<Record<string, number>> {
  const dataDir = path.join(temporaryFolder(), 'data');
  cpSync(made, dataDir, { recursive: true });
  const connection = openConnection(path.join(dataDir, 'index.db'), false);
  spoil((statement) => connection.db.exec(statement));
  connection.close();
  const done = await run(['reconcile', '--data-dir', dataDir, '--json', ...more]);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  return jsonOf<Record<string, number>>(done);
}

const FIRST = '(SELECT min(id) FROM chunks)';

test.each([
  ['a vector that is lost', `DELETE FROM vectors WHERE rowid = ${FIRST}`, { missing: 1 }],
  ['keywords that are lost', `DELETE FROM keywords WHERE rowid = ${FIRST}`, { missing: 1 }],
  [
    'a chunk that is lost',
    `DELETE FROM vectors WHERE rowid = ${FIRST}; DELETE FROM keywords WHERE rowid = ${FIRST}; DELETE FROM chunks WHERE id = ${FIRST}`,
    { missing: 1 },
  ],
  ['keywords without a key', "INSERT INTO keywords (rowid, path, text) VALUES (987654, 'x', 'y')", { ghosts: 1 }],
  [
    'a vector without a key',
    `INSERT INTO vectors (rowid, embedding) SELECT 987654, embedding FROM vectors WHERE rowid = ${FIRST}`,
    { ghosts: 1 },
  ],
  ['a chunk of no manifest', `INSERT INTO chunks (id, key) VALUES (987654, '${'0'.repeat(32)}/${'1'.repeat(32)}@1')`, { ghosts: 1 }],
  ['a manifest that is lost', 'DELETE FROM manifests WHERE digest = (SELECT min(digest) FROM manifests)', { broken: 1 }],
])('%s is reported', async (_, statement, expected) => {
  const found = await drift((sql) => sql(statement));
  expect(found).toMatchObject(expected);
  expect(found.drift).toBeGreaterThan(0);
});

test('files that changed, came and went since are reported, and so is a configuration that would make other chunks', async () => {
  expect(await drift(() => undefined, '--set', 'chunking.maxTokens=64')).toMatchObject({ stale: 3, unsynced: 0, drift: 3 });
  write(inbox, { 'a.md': page('A', 9), 'new.md': page('New', 8) });
  rmSync(path.join(inbox, 'b.md'));
  expect(await drift(() => undefined)).toMatchObject({ unsynced: 3, drift: 3, missing: 0, ghosts: 0, stale: 0 });
});
