import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import type { Head } from '#schemas/records/head.ts';
import type { Db } from '../sqlite/db.ts';
import type { Statement } from '../sqlite/protocol.ts';
import { listed } from '../sqlite/unit.ts';

const SERVED = 'SELECT manifest FROM heads WHERE manifest IS NOT NULL';
/** Cached vectors that no served document has: those of its chunks, of its older versions, and of what is gone. */
const UNSHARED = `FROM embeddings WHERE key NOT IN (
  SELECT json_extract(entry.value, '$.embeddingKey') FROM manifests, json_each(manifests.body, '$.entries') AS entry
  WHERE manifests.digest IN (${SERVED}))`;
const BODY = "opened(body, 'event')";
/** A letter may hold what is no event. */
const ABOUT = `WHERE CASE WHEN json_valid(${BODY}) THEN json_extract(${BODY}, '$.detail.document') IN (SELECT value FROM json_each(?1))
  OR json_extract(${BODY}, '$.detail.object.key') IN (SELECT value FROM json_each(?2)) END`;

/** What is deleted beside the documents themselves, by the name under which the certificate counts it. */
const leftovers = (heads: readonly Head[]): Record<string, { from: string; params: string[] }> => {
  const ids = listed(heads.map(({ document }) => document));
  const names = listed(heads.map(({ nativeId }) => nativeId));
  return {
    'cached vectors': { from: UNSHARED, params: [] },
    manifests: { from: `FROM manifests WHERE digest NOT IN (${SERVED})`, params: [] },
    messages: { from: `FROM messages ${ABOUT}`, params: [ids, names] },
    'dead letters': {
      from: `FROM dead_letters ${ABOUT} OR document IN (SELECT value FROM json_each(?1))`,
      params: [ids, names],
    },
    'watched paths': {
      from: "FROM facts WHERE name IN (SELECT 'root:' || sealed_path(value) FROM json_each(?1))",
      params: [names],
    },
  };
};

/** Deletes what is kept beside the documents and leads to them; answers how many rows of what. */
export async function deleteLeftovers(db: Db, heads: readonly Head[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const statements: Statement[] = [];
  for (const [what, { from, params }] of Object.entries(leftovers(heads))) {
    const [row] = await db.all(`SELECT count(*) AS count ${from}`, params);
    counts[what] = Number(row?.count ?? 0);
    statements.push({ sql: `DELETE ${from}`, params });
  }
  await db.commit(statements);
  return counts;
}

/** Copies that were made before the index was brought to a newer version: they have what it had then. */
function deleteBackups(dataDir: string): number {
  const backups = readdirSync(dataDir).filter((name) => /^index\.db\.v\d+\.backup$/.test(name));
  for (const name of backups) rmSync(path.join(dataDir, name), { force: true });
  return backups.length;
}

async function truncateLog(db: Db): Promise<void> {
  const [row] = await db.all('PRAGMA wal_checkpoint(TRUNCATE)');
  if (Number(row?.busy) !== 0)
    throw new SluiceError('unavailable', 'clearing the index: something is reading it; end that and say it again');
}

/**
 * Clears the files of what was deleted from the tables: the keyword index is merged into one part without it, the index is
 * written anew without free pages, and its log is emptied. Answers how many old copies were deleted.
 */
export async function clearFiles(db: Db, dataDir: string): Promise<{ backups: number }> {
  await db.all("INSERT INTO keywords (keywords) VALUES ('optimize')");
  await truncateLog(db);
  await db.all('VACUUM');
  await truncateLog(db);
  return { backups: deleteBackups(dataDir) };
}
