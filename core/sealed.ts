import { createCipheriv, createDecipheriv } from 'node:crypto';
import { SluiceError } from './errors.ts';

/** Bytes of a nonce: random, and never the same twice under one key. */
export const NONCE = 12;
const TAG = 16;

/** What a value of the vault is bound to: under another token, or moved to another document, it does not open. */
export const belongsTo = (document: string, token: string): string => `${document}\u0000${token}`;

/** AES-256-GCM under a nonce of its own; what it belongs to is bound to it. */
export function seal(key: Uint8Array, about: string, value: string, nonce: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Throws `invalid-config` for another key, or for what was changed. */
export function unseal(key: Uint8Array, about: string, sealed: Uint8Array): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG }).setAAD(Buffer.from(about));
  decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  try {
    return decipher.update(sealed.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw new SluiceError('invalid-config', 'opening the vault: this is not the key that it was made with', { cause: error });
  }
}
