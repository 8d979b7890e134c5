import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import { keysOf } from '#core/keys.ts';
import type { Keys } from '#core/ports/index.ts';
import type { Connection } from './sqlite/connection.ts';

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

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read';
    if (code === 'ENOENT')
      throw new SluiceError('data-dir-corrupt', `reading ${file}: it is missing, and the index was made with it`, { cause: error });
    throw new SluiceError('unavailable', `reading ${file}: ${code}`, { cause: error });
  }
}

/** Throws `data-dir-corrupt` where it is not there, and `unavailable` where it may not be read. */
export function readStoreKey(dataDir: string): Uint8Array {
  const file = fileOf(dataDir);
  const key = read(file);
  if (key.length !== BYTES) throw new SluiceError('data-dir-corrupt', `reading ${file}: it is ${key.length} bytes, not ${BYTES}`);
  return key;
}

/** The data directory's own random key; made at the first use. */
export function storeKeys(dataDir: string): Keys {
  const file = fileOf(dataDir);
  if (!existsSync(file)) make(file);
  return keysOf(readStoreKey(dataDir));
}

/** By this an index knows the key that it was made with. */
export const proofOf = (keys: Keys): string => keys.hash('proof', '');

/**
 * The key that an index was made with. Under another one every document would get a second id, what the first one has would be
 * served for ever, and no name would open: a missing or exchanged key is refused.
 */
export function checkStoreKey({ all }: Pick<Connection, 'all'>, dataDir: string): void {
  if (all("SELECT 1 FROM sqlite_master WHERE name = 'heads'", []).length === 0) return;
  const known = "SELECT (SELECT value FROM facts WHERE name = 'key') AS proof, EXISTS (SELECT 1 FROM heads) AS used";
  const [{ proof = null, used = 0 } = {}] = all(known, []);
  if (proof === null && !used) return;
  const own = proofOf(keysOf(readStoreKey(dataDir)));
  if (proof !== null && proof !== own)
    throw new SluiceError('data-dir-corrupt', `reading ${fileOf(dataDir)}: the index was made with another key`);
}
