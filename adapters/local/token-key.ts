import { keysOf } from '#core/keys.ts';
import type { Keys, TokenKey } from '#core/ports/index.ts';
import type { Config } from '#schemas/config.ts';
import { tokenKeyId, usesTokens } from '#schemas/token-key.ts';
import { secretKey } from './secret-key.ts';

const ownKey = (environment: NodeJS.ProcessEnv): Uint8Array | undefined =>
  secretKey(environment, 'SLUICE_TOKEN_KEY', 'reading the key of tokens');

/** The configuration with the id of the key that its tokens are made with, so that with another key it is another revision. */
export function withTokenKey(config: Config, environment: NodeJS.ProcessEnv): Config {
  const { tokenKey: _, ...pii } = config.pii;
  const key = usesTokens(config) ? ownKey(environment) : undefined;
  return { ...config, pii: key ? { ...pii, tokenKey: tokenKeyId(key) } : pii };
}

/** What tokens are made with: the key of the environment, or the data directory's own. */
export function tokenKeys(environment: NodeJS.ProcessEnv, store: () => Keys): TokenKey {
  const key = ownKey(environment);
  return key ? { id: tokenKeyId(key), ...keysOf(key) } : { id: '', ...store() };
}
