import type { Config } from '#schemas/config.ts';
import type { Encryption } from '../encryption.ts';
import { createInbox, createWork } from './buckets.ts';
import { createDeployedConfig } from './deployed-config.ts';
import { createStoreKey } from './store-key.ts';
import { createTables } from './tables.ts';
import { createVectors } from './vectors.ts';

/** Everything that keeps something. */
export function createStore(config: Config, encryption: Encryption) {
  const work = createWork(encryption, config.retention);
  return {
    inbox: createInbox(encryption, config.retention),
    work,
    tables: createTables(encryption),
    vectors: createVectors(config, encryption),
    storeKey: createStoreKey(encryption),
    config: createDeployedConfig(config, work),
  };
}
export type Store = ReturnType<typeof createStore>;
