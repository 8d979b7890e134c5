import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SluiceError } from '#core/errors.ts';

const BYTES = 32;
const NONCE = 12;
const TAG = 16;

/** The vault's key from the environment: 32 bytes as hex or Base64. Throws `invalid-config` where there is none. */
export function vaultKey(environment: NodeJS.ProcessEnv): Uint8Array {
  const given = environment.SLUICE_VAULT_KEY ?? '';
  const key = Buffer.from(given, /^[0-9a-f]{64}$/i.test(given) ? 'hex' : 'base64');
  if (key.length !== BYTES)
    throw new SluiceError('invalid-config', 'opening the vault: SLUICE_VAULT_KEY has to be 32 random bytes as hex or Base64');
  return key;
}

/** AES-256-GCM under a nonce of its own; what it belongs to is bound to it. */
export function seal(key: Uint8Array, belongsTo: string, value: string): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(belongsTo));
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Throws `invalid-config` for another key, or for what was changed. */
export function unseal(key: Uint8Array, belongsTo: string, sealed: Uint8Array): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE)).setAAD(Buffer.from(belongsTo));
  decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  try {
    return decipher.update(sealed.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw new SluiceError('invalid-config', 'opening the vault: SLUICE_VAULT_KEY is not the key that it was made with', { cause: error });
  }
}
