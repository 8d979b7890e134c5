import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { getLoadablePath } from 'sqlite-vec';
import { readStoreKey } from '../store-key.ts';
import type { Row, SqlValue } from './protocol.ts';
import { SEALED_SINCE } from './schema.ts';
import { type Sealing, sealingUnder } from './sealing.ts';

export type Connection = {
  db: DatabaseSync;
  all(sql: string, params: readonly SqlValue[]): Row[];
  run(sql: string, params: readonly SqlValue[]): number;
  close(): void;
};

/**
 * What names a document is sealed on the disk, and only in the thread of a connection is it ever opened: these are what statements
 * do it with. The key is read when the first of them is called. `isPlain`: it is only read, and an older Sluice wrote it.
 */
function addSealing(db: DatabaseSync, dataDir: string, isPlain: boolean): void {
  let made: Sealing | undefined;
  const sealing = (): Sealing => {
    made ??= sealingUnder(readStoreKey(dataDir));
    return made;
  };
  const pure = { deterministic: true };
  const openPath = (sealed: unknown): string => (isPlain ? String(sealed) : sealing().openPath(String(sealed)));
  db.function('sealed_path', pure, (whole) => (isPlain ? String(whole) : sealing().sealPath(String(whole))));
  db.function('opened_path', pure, openPath);
  db.function('sealed', pure, (text, about) => sealing().seal(String(text), String(about)));
  db.function('opened', pure, (sealed, about) => sealing().open(String(sealed), String(about)));
  // As people look for a name: whatever its case, and whichever way a file system writes its accents.
  const plain = (text: string): string => text.normalize('NFC').toLowerCase();
  db.function('path_has', pure, (sealed, part) => (plain(openPath(sealed)).includes(plain(String(part))) ? 1 : 0));
}

/**
 * SQLite reads a log that it would have to make beside the file. In a folder that may not be written to, and where nobody has the
 * file open (the log is there then), it is read as a file that does not change.
 */
function addressOf(file: string, readOnly: boolean): string | URL {
  if (!readOnly || existsSync(`${file}-wal`)) return file;
  try {
    accessSync(path.dirname(file), constants.W_OK);
    return file;
  } catch {
    const url = pathToFileURL(file);
    url.searchParams.set('immutable', '1');
    return url;
  }
}

export const versionOf = (db: DatabaseSync): number => Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);

/** One connection with the vector extension, and its statements prepared once. Only for a thread of its own. */
export function openConnection(file: string, readOnly: boolean): Connection {
  const db = new DatabaseSync(addressOf(file, readOnly), { allowExtension: true, readOnly, timeout: 5_000 });
  db.loadExtension(getLoadablePath());
  db.enableLoadExtension(false);
  addSealing(db, path.dirname(file), readOnly && versionOf(db) < SEALED_SINCE);
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = db.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  return {
    db,
    all: (sql, params) => statement(sql).all(...params) as Row[],
    run: (sql, params) => Number(statement(sql).run(...params).changes),
    close: () => db.close(),
  };
}
