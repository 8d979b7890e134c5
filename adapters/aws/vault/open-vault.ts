import type { VaultReader } from '#core/ports/vault.ts';
import type { Config } from '#schemas/config.ts';
import { DETOKENISE } from '#schemas/functions.ts';
import { SERVICE_VARIABLE } from '#schemas/metrics.ts';
import { readConfig } from '../dynamo/dynamo-policies.ts';
import { readEnvironment } from '../environment.ts';
import { type Log, lambdaLog } from '../log.ts';
import { type AwsVaultReader, vaultReader } from './vault-reader.ts';
import { vaultPlace } from './vault-rows.ts';

/** What the function has that turns tokens back: the vault, and who may look into it. */
export type VaultWorld = {
  config: Config;
  log: Log;
  readerFor(by: string): VaultReader;
  readsPage: AwsVaultReader['readsPage'];
};

/** Opened once per container. */
export async function openVault(variables: NodeJS.ProcessEnv): Promise<VaultWorld> {
  const environment = readEnvironment(DETOKENISE, variables);
  const place = vaultPlace(environment);
  if (!place) throw new Error('opening the vault: this deployment has none');
  return {
    config: await readConfig(environment.of('work'), environment.of('config')),
    log: lambdaLog(variables[SERVICE_VARIABLE] ?? 'sluice'),
    readerFor: (by) => vaultReader(place, by, new Date().toISOString()),
    readsPage: (cursor) => vaultReader(place, '', '').readsPage(cursor),
  };
}
