import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Db, openDb } from '#adapters/local/sqlite/db.ts';
import type { SqlValue } from '#adapters/local/sqlite/protocol.ts';

describe('the store behind its thread', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-db-'));
  let db: Db;
  beforeAll(async () => {
    db = await openDb({ dataDir, model: 'words', dimensions: 64 });
  });
  afterAll(async () => {
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const put = (name: string, value: SqlValue, changes?: number) => ({
    sql: 'INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING',
    params: [name, value],
    ...(changes !== undefined && { changes }),
  });
  const names = async (): Promise<unknown[]> =>
    (await db.all("SELECT name FROM facts WHERE name LIKE 't-%' ORDER BY name")).map(({ name }) => name);

  it('stores all of a commit or nothing, also when many come at once', async () => {
    const commits = Array.from({ length: 40 }, (_, i) =>
      db.commit([put(`t-${i}`, 'x'), ...(i % 4 === 0 ? [put(`t-${i}`, 'again', 1)] : [])]).then(
        () => 'stored',
        (error: { code?: string }) => error.code,
      ),
    );
    const outcomes = await Promise.all(commits);
    expect(outcomes).toEqual(outcomes.map((_, i) => (i % 4 === 0 ? 'conflict' : 'stored')));
    const stored = outcomes.flatMap((outcome, i) => (outcome === 'stored' ? [`t-${i}`] : []));
    expect(await names()).toEqual(stored.sort());
  });

  it('answers a statement that is none with an error, and the next one as before', async () => {
    await expect(db.commit([{ sql: 'NONSENSE', params: [] }])).rejects.toThrow('syntax error');
    await expect(db.all('SELECT * FROM nowhere')).rejects.toThrow('no such table');
    expect(await db.all('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('answers what cannot be sent to its thread with an error, and the next one as before', async () => {
    const unsendable = Object.assign([], { 0: () => undefined }) as SqlValue[];
    await expect(db.all('SELECT ?', unsendable)).rejects.toThrow('could not be cloned');
    expect(await db.all('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses a second writer', async () => {
    await expect(openDb({ dataDir, model: 'words', dimensions: 64 })).rejects.toMatchObject({ code: 'data-dir-in-use' });
  });

  it('says that it is closed once it is', async () => {
    const other = mkdtempSync(path.join(tmpdir(), 'sluice-db-'));
    const closing = await openDb({ dataDir: other, model: 'words', dimensions: 64 });
    await closing.close();
    await expect(closing.all('SELECT 1')).rejects.toMatchObject({ code: 'unavailable' });
    rmSync(other, { recursive: true });
  });
});
