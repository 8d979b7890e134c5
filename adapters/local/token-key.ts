import { SluiceError } from '#core/errors.ts';
import { keysOf } from '#core/keys.ts';
import type { Keys, TokenKey } from '#core/ports/index.ts';
import type { Config } from '#schemas/config.ts';
import { tokenKeyId, usesTokens } from '#schemas/token-key.ts';
import { secretKey } from './secret-key.ts';

const ACTION = 'reading the key of tokens';

const ownKey = (environment: NodeJS.ProcessEnv): Uint8Array | undefined => secretKey(environment, 'SLUICE_TOKEN_KEY', ACTION);

/** The configuration with the id of the key that its tokens are made with, so that with another key it is another revision. */
export function withTokenKey(config: Config, environment: NodeJS.ProcessEnv): Config {
  const { tokenKey: _, ...pii } = config.pii;
  const key = usesTokens(config) ? ownKey(environment) : undefined;
  return { ...config, pii: key ? { ...pii, tokenKey: tokenKeyId(key) } : pii };
}

const keyOf = (key: Uint8Array): TokenKey => ({ id: tokenKeyId(key), ...keysOf(key) });

/** What tokens are made with: the key of the environment, or the data directory's own. */
export function tokenKeys(environment: NodeJS.ProcessEnv, store: () => Keys): TokenKey {
  const key = ownKey(environment);
  return key ? keyOf(key) : { id: '', ...store() };
}

/**
 * What tokens are made with where the configuration of the work names a key, though what runs now may have none: what a pass left undone
 * that was killed. Throws `invalid-config` then, as tokens of the store key would pass for those of the one that is named.
 */
export async function namedTokenKey(environment: NodeJS.ProcessEnv): Promise<TokenKey> {
  const key = ownKey(environment);
  if (!key) throw new SluiceError('invalid-config', `${ACTION}: SLUICE_TOKEN_KEY is not set, and the document was taken up under one`);
  return keyOf(key);
}
