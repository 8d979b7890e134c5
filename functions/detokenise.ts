import type { Context } from 'aws-lambda';
import { openVault, type VaultWorld } from '#adapters/aws/vault/open-vault.ts';
import type { GatewayResult } from '#apps/api/gateway-event.ts';
import { answerVault } from '#apps/api/vault.ts';

let opening: Promise<VaultWorld> | undefined;

/** A container whose world could not be opened tries again with its next call. */
function world(): Promise<VaultWorld> {
  opening ??= openVault(process.env);
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

export async function handler(event: unknown, lambda: Context): Promise<GatewayResult> {
  const { config, log, ...vault } = await world();
  log.begin(lambda);
  const { userClaim = 'sub', groupsClaim = 'groups', vaultReaders = [] } = config.deploy.jwt ?? {};
  const token = { userClaim, groupsClaim, operators: [] };
  return answerVault(event, { ...vault, token, readers: vaultReaders, onAnswer: log.answered });
}
