import type { VaultReader } from '#core/ports/vault.ts';
import { DetokeniseAnswer, type Detokenised, MOST_TOKENS, type VaultRead, VaultReadsAnswer } from '#schemas/records/vault.ts';
import { type ClientOptions, remoteClient } from './client.ts';

/** The vault of a deployed pipeline: at paths of its own, so that who may call the rest of the API need not be given it. */
export function remoteVault(options: ClientOptions): VaultReader {
  const client = remoteClient(options);
  return {
    async detokenise(tokens, reason) {
      const all: Detokenised[] = [];
      for (let i = 0; i < tokens.length; i += MOST_TOKENS) {
        const asked = { tokens: tokens.slice(i, i + MOST_TOKENS), reason };
        all.push(...(await client.post('vault/detokenise', DetokeniseAnswer, asked)).values);
      }
      return all;
    },
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
