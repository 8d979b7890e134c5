import { createHmac, createSecretKey } from 'node:crypto';
import type { Keys } from './ports/index.ts';

/** Keyed hashes under a store's secret. The key is made once: preparing it costs more than hashing a chunk. */
export function keysOf(secret: Uint8Array): Keys {
  const key = createSecretKey(secret);
  return { hash: (purpose, text) => createHmac('sha256', key).update(`${purpose}\u0000${text}`).digest('hex').slice(0, 32) };
}
