import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import { keysOf } from '#core/keys.ts';
import type { Keys } from '#core/ports/index.ts';
import type { Db } from './sqlite/db.ts';

const BYTES = 32;

const fileOf = (dataDir: string): string => path.join(dataDir, 'store.key');

/** Whole and on the disk before anything is named by it. Only the owner of the data directory makes it. */
function make(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeSync(handle, randomBytes(BYTES));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
}

/** The data directory's own random key; made at the first use. */
export function storeKeys(dataDir: string): Keys {
  const file = fileOf(dataDir);
  if (!existsSync(file)) make(file);
  const key = readFileSync(file);
  if (key.length !== BYTES) throw new SluiceError('data-dir-corrupt', `reading ${file}: it is ${key.length} bytes, not ${BYTES}`);
  return keysOf(key);
}

/**
 * The key that an index was made with. Under another one every document would get a second id, and what the first one
 * has would be served for ever: a missing or exchanged key is refused.
 */
export async function keysOfIndex(dataDir: string, db: Db): Promise<Keys> {
  const file = fileOf(dataDir);
  const known = "SELECT (SELECT value FROM facts WHERE name = 'key') AS proof, EXISTS (SELECT 1 FROM heads) AS used";
  const [{ proof = null, used = 0 } = {}] = await db.all(known);
  if ((proof !== null || used) && !existsSync(file)) {
    throw new SluiceError('data-dir-corrupt', `reading ${file}: it is missing, and the index was made with it`);
  }
  const keys = storeKeys(dataDir);
  const own = keys.hash('proof', '');
  if (proof === null) await db.commit([{ sql: "INSERT INTO facts (name, value) VALUES ('key', ?)", params: [own] }]);
  else if (proof !== own) throw new SluiceError('data-dir-corrupt', `reading ${file}: the index was made with another key`);
  return keys;
}
