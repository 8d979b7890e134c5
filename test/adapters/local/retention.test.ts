import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { retaining } from '#adapters/local/retention.ts';
import { openDb } from '#adapters/local/sqlite/db.ts';
import { newUnit } from '#adapters/local/sqlite/unit.ts';
import { sqliteEmbeddingCache } from '#adapters/local/sqlite-indexes.ts';
import { sqliteLedger } from '#adapters/local/sqlite-ledger.ts';
import type { Transaction } from '#core/ports/index.ts';
import type { DocumentId, EmbeddingKey } from '#schemas/records/ids.ts';
import { Retention } from '#schemas/retention.ts';
import { headOf, manifestOf, newDocument, newEmbeddingKey } from '../../contract/make.ts';

const DAY = 86_400_000;
const RULES = { storyDays: 10, deadLetterDays: 10, cachedVectorDays: 10, unmaskedDays: 10, backupDays: 10 };

async function place() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-retention-'));
  const db = await openDb({ dataDir, model: 'words', dimensions: 64 });
  onTestFinished(async () => {
    await db.close();
    rmSync(dataDir, { recursive: true });
  });
  let at = 1_000 * DAY;
  const removed: DocumentId[] = [];
  const begin = (): Transaction => {
    const work = { removeUpTo: async (document: DocumentId) => void removed.push(document) };
    // Of a transaction's ports it uses one.
    return { ports: { work } as unknown as Transaction['ports'], commit: async () => undefined };
  };
  const write = async (statements: (unit: ReturnType<typeof newUnit>) => Promise<void>): Promise<void> => {
    const unit = newUnit(db);
    await statements(unit);
    await db.commit(unit.statements);
  };
  return {
    dataDir,
    db,
    removed,
    write,
    now: () => at,
    pass: (days: number) => {
      at += days * DAY;
    },
    retain: retaining({ db, dataDir, retention: Retention.parse(RULES), now: () => at, begin }),
    count: async (table: string) => Number((await db.all(`SELECT count(*) AS count FROM ${table}`))[0]?.count),
    cache: (keys: EmbeddingKey[]) =>
      write(async (unit) => sqliteEmbeddingCache(unit, () => at).put(keys.map((key) => ({ key, vector: new Float32Array(64) })))),
  };
}

it('drops stories and dead letters by their age, and nothing younger', async () => {
  const { db, retain, pass, now, count } = await place();
  const add = async () =>
    db.commit([
      {
        sql: "INSERT INTO audit (document, generation, at, event, facts) VALUES ('a', 1, ?, 'e', '{}')",
        params: [new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z')],
      },
      { sql: "INSERT INTO dead_letters (queue, body, attempts, code, error, at) VALUES ('q', '{}', 1, 'c', 'e', ?)", params: [now()] },
    ]);
  await add();
  pass(6);
  await add();
  await retain();
  expect([await count('audit'), await count('dead_letters')]).toEqual([2, 2]);
  pass(6);
  await retain();
  expect([await count('audit'), await count('dead_letters')]).toEqual([1, 1]);
});

it('drops old vectors that no document has, and keeps those that one has', async () => {
  const { retain, pass, cache, write, db } = await place();
  const document = newDocument();
  const manifest = manifestOf(document);
  const [kept] = manifest.entries.map(({ embeddingKey }) => embeddingKey);
  if (!kept) throw new Error('a manifest has an entry');
  const [old, young] = [newEmbeddingKey(), newEmbeddingKey()];
  await write(async (unit) => {
    const ledger = sqliteLedger(unit);
    await ledger.putManifest('digest', manifest);
    await ledger.put(headOf(document, { committed: { generation: 1, manifest: 'digest', chunks: 1, fingerprint: '', at: 1 } }));
  });
  await cache([kept, old]);
  pass(11);
  await cache([young]);
  await retain();
  const rows = await db.all('SELECT key FROM embeddings ORDER BY key');
  expect(rows.map(({ key }) => key)).toEqual([kept, young].sort());
});

it('drops what was read of documents that wait for long, and old copies of the index', async () => {
  const { dataDir, retain, write, removed, now } = await place();
  const [long, short, done] = [newDocument(), newDocument(), newDocument()];
  await write(async (unit) => {
    const ledger = sqliteLedger(unit);
    await ledger.put(headOf(long, { state: 'held', updatedAt: now() - 11 * DAY }));
    await ledger.put(headOf(short, { state: 'held', updatedAt: now() - 9 * DAY }));
    await ledger.put(headOf(done, { state: 'indexed', updatedAt: now() - 11 * DAY }));
  });
  const [old, young] = ['index.db.v1.backup', 'index.db.v2.backup'].map((name) => path.join(dataDir, name));
  for (const [file, age] of [
    [old, 11],
    [young, 9],
  ] as const) {
    writeFileSync(file ?? '', 'x');
    utimesSync(file ?? '', now() / 1_000 - age * 86_400, now() / 1_000 - age * 86_400);
  }
  await retain();
  expect(removed).toEqual([long]);
  expect([old, young].map((file) => existsSync(file ?? ''))).toEqual([false, true]);
});

it('does so once a day, also when it is opened anew', async () => {
  const { db, dataDir, retain, pass, now, count } = await place();
  const add = () =>
    db.commit([
      { sql: "INSERT INTO dead_letters (queue, body, attempts, code, error, at) VALUES ('q', '{}', 1, 'c', 'e', 1)", params: [] },
    ]);
  await add();
  await retain();
  expect(await count('dead_letters')).toBe(0);
  await add();
  const begin = (): never => {
    throw new Error('nothing is due');
  };
  const again = retaining({ db, dataDir, retention: Retention.parse(RULES), now, begin });
  await again();
  expect(await count('dead_letters')).toBe(1);
  pass(1);
  await retain();
  expect(await count('dead_letters')).toBe(0);
});
