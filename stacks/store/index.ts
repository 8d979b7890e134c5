import type { Config } from '#schemas/config.ts';
import type { Encryption } from '../encryption.ts';
import { createInbox, createWork } from './buckets.ts';
import { createDeployedConfig } from './deployed-config.ts';
import { createStoreKey } from './store-key.ts';
import { createTables } from './tables.ts';
import { createTokenKey } from './token-key.ts';
import { createVault } from './vault.ts';
import { createVectors } from './vectors.ts';

/** Everything that keeps something. */
export function createStore(config: Config, encryption: Encryption) {
  const work = createWork(encryption, config.retention);
  const tokenKey = createTokenKey(config, encryption);
  return {
    inbox: createInbox(encryption, config.retention),
    work,
    tables: createTables(encryption),
    vectors: createVectors(config, encryption),
    storeKey: createStoreKey(encryption),
    /** Absent where no policy gives tokens. */
    tokenKey,
    /** Absent where the configuration asks for none. */
    vault: createVault(config, encryption),
    config: createDeployedConfig(config, work, tokenKey?.id),
  };
}
export type Store = ReturnType<typeof createStore>;
