import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Vault, VaultReader } from '#core/ports/vault.ts';
import { isAws } from './stores.ts';

/** A vault as the pipeline sees it, and as somebody who reads it at a moment does. */
export type AnyVault = { vault: Vault; readerFor(by: string, at: string): VaultReader; close(): Promise<void> };

async function inFile(): Promise<AnyVault> {
  const { localVault } = await import('#adapters/local/vault/local-vault.ts');
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-vault-'));
  const vault = localVault(dataDir, () => Buffer.alloc(32, 7), true);
  return {
    vault,
    readerFor: vault.readerFor,
    async close() {
      vault.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const VAULTS: [name: string, open: () => Promise<AnyVault>][] = isAws
  ? [['aws', async () => (await import('./aws-vault.ts')).awsVault()]]
  : [['local', inFile]];
