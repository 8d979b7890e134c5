import type { VaultReader } from '#core/ports/vault.ts';
import { DetokeniseAnswer, type VaultRead, VaultReadsAnswer } from '#schemas/records/vault.ts';
import { type ClientOptions, remoteClient } from './client.ts';

/** The vault of a deployed pipeline: at paths of its own, so that who may call the rest of the API need not be given it. */
export function remoteVault(options: ClientOptions): VaultReader {
  const client = remoteClient(options);
  return {
    detokenise: async (tokens, reason) => (await client.post('vault/detokenise', DetokeniseAnswer, { tokens, reason })).values,
    async reads() {
      const all: VaultRead[] = [];
      let cursor: string | undefined;
      do {
        const { reads, next } = await client.post('vault/reads', VaultReadsAnswer, { ...(cursor !== undefined && { cursor }) });
        all.push(...reads);
        cursor = next;
      } while (cursor !== undefined);
      return all;
    },
  };
}
