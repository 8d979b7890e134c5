import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { SluiceError } from '#core/errors.ts';
import { type Connection, versionOf } from './connection.ts';
import { MIGRATIONS, type Migration } from './schema.ts';

/** Refuses a store that a newer Sluice wrote: what it means by its tables is not known here. */
export function refuseNewer(db: DatabaseSync, file: string, newest: number = MIGRATIONS.length): void {
  const version = versionOf(db);
  if (version <= newest) return;
  throw new SluiceError('data-dir-newer', `opening ${file}: version ${version}, and this Sluice reads up to ${newest}`);
}

/**
 * Brings a store to the newest version, one transaction a step, after a copy of what was there. A kill at any moment
 * leaves the old version or the new one, and the copy; the next one clears the file of what the steps took away.
 */
export function migrate(
  { db }: Connection,
  file: string,
  options: { dimensions: number },
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  refuseNewer(db, file, migrations.length);
  const before = versionOf(db);
  const uncleared = `${file}.uncleared`;
  if (before > 0 && before < migrations.length) {
    const backup = `${file}.v${before}.backup`;
    if (existsSync(backup)) rmSync(backup);
    db.prepare('VACUUM INTO ?').run(backup);
    writeFileSync(uncleared, '');
  }
  for (let version = before; version < migrations.length; version++) {
    db.exec('BEGIN IMMEDIATE');
    try {
      migrations[version]?.(db, options);
      db.exec(`PRAGMA user_version = ${version + 1}`);
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }
  // What a step took away is in pages that are free now, until they are used again.
  if (!existsSync(uncleared)) return;
  db.exec('VACUUM');
  rmSync(uncleared);
}
