import { SluiceError } from '#core/errors.ts';
import { secretKey } from '../secret-key.ts';

const ACTION = 'opening the vault';

/** The vault's key from the environment. Throws `invalid-config` where there is none. */
export function vaultKey(environment: NodeJS.ProcessEnv): Uint8Array {
  const key = secretKey(environment, 'SLUICE_VAULT_KEY', ACTION);
  if (!key) throw new SluiceError('invalid-config', `${ACTION}: SLUICE_VAULT_KEY has to be 32 random bytes as hex or Base64`);
  return key;
}
