import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import type { Keys } from '#core/ports/index.ts';

const BYTES = 32;

function readOrMake(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file);
}

/** The data directory's own random key; made at the first use. */
export function storeKeys(dataDir: string): Keys {
  const file = path.join(dataDir, 'store.key');
  const key = readOrMake(file);
  if (key.length !== BYTES) throw new SluiceError('data-dir-corrupt', `reading ${file}: it is ${key.length} bytes, not ${BYTES}`);
  // Made once: preparing the key costs more than hashing a chunk.
  const secret = createSecretKey(key);
  return { hash: (purpose, text) => createHmac('sha256', secret).update(`${purpose}\u0000${text}`).digest('hex').slice(0, 32) };
}
