import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Transaction } from '#core/ports/index.ts';
import { Head } from '#schemas/records/head.ts';
import type { Retention } from '#schemas/retention.ts';
import type { Db } from './sqlite/db.ts';
import { HEAD, text } from './sqlite/unit.ts';

const DAY_MS = 86_400_000;
const LAST = 'retention';
/** Rows of a class that one commit deletes, so that no document waits long. */
const PART = 20_000;

export type RetentionOptions = { db: Db; dataDir: string; retention: Retention; now(): number; begin(): Transaction };

const SERVED = `SELECT json_extract(entry.value, '$.embeddingKey') FROM heads JOIN manifests ON manifests.digest = heads.manifest,
  json_each(manifests.body, '$.entries') AS entry`;

async function deleteOld(db: Db, from: string, before: string | number): Promise<void> {
  for (;;) {
    const rows = await db.all(`SELECT id FROM ${from} LIMIT ${PART}`, [before]);
    const [table] = from.split(' ');
    const ids = JSON.stringify(rows.map(({ id }) => id));
    if (rows.length > 0) await db.commit([{ sql: `DELETE FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`, params: [ids] }]);
    if (rows.length < PART) return;
  }
}

/** What was read of documents that wait for a decision: released later, they are read again. */
async function deleteUnmasked(db: Db, begin: () => Transaction, before: number): Promise<void> {
  const rows = await db.all(`SELECT ${HEAD} FROM heads WHERE state = 'held' AND updated_at < ?`, [before]);
  const { ports, commit } = begin();
  for (const row of rows) {
    const { document, generation } = Head.parse(JSON.parse(text(row.body)));
    await ports.work.removeUpTo(document, generation);
  }
  await commit({ events: [] });
}

function deleteBackups(dataDir: string, before: number): void {
  for (const name of readdirSync(dataDir)) {
    const file = path.join(dataDir, name);
    if (/^index\.db\.v\d+\.backup$/.test(name) && statSync(file).mtimeMs < before) rmSync(file, { force: true });
  }
}

async function isDue(db: Db, at: number): Promise<boolean> {
  const [row] = await db.all('SELECT value FROM facts WHERE name = ?', [LAST]);
  return row === undefined || Number(row.value) <= at - DAY_MS;
}

/** Drops once a day what its class of data is kept no longer; heads stay, those of removed and erased documents too. */
export function retaining({ db, dataDir, retention, now, begin }: RetentionOptions): () => Promise<void> {
  let next = 0;
  return async () => {
    const at = now();
    if (at < next) return;
    next = at + DAY_MS;
    if (!(await isDue(db, at))) return;
    const before = (days: number): number => at - days * DAY_MS;
    await deleteOld(db, 'audit WHERE at < ?', new Date(before(retention.storyDays)).toISOString());
    await deleteOld(db, 'dead_letters WHERE at < ?', before(retention.deadLetterDays));
    await deleteOld(db, `embeddings WHERE added_at < ? AND key NOT IN (${SERVED})`, before(retention.cachedVectorDays));
    await db.commit([{ sql: 'DELETE FROM findings WHERE added_at < ?', params: [before(retention.unmaskedDays)] }]);
    await deleteUnmasked(db, begin, before(retention.unmaskedDays));
    deleteBackups(dataDir, before(retention.backupDays));
    const sql = 'INSERT INTO facts (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2';
    await db.commit([{ sql, params: [LAST, String(at)] }]);
  };
}
