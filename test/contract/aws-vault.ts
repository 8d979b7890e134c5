import { randomUUID } from 'node:crypto';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { vaultReader } from '#adapters/aws/vault/vault-reader.ts';
import { vaultWriter } from '#adapters/aws/vault/vault-writer.ts';
import { VAULT_INDEXES } from '#schemas/tables.ts';
import { createTable } from './aws-places.ts';
import type { AnyVault } from './vaults.ts';

/** The vault over a table and a key of its own in the emulator that the run started. */
export async function awsVault(): Promise<AnyVault> {
  const [{ KeyMetadata }, table] = await Promise.all([
    new KMSClient().send(new CreateKeyCommand({})),
    createTable(`contract-${randomUUID()}-vault`, VAULT_INDEXES),
  ]);
  const place = { table, key: KeyMetadata?.KeyId ?? '' };
  return {
    vault: vaultWriter(place, Date.now),
    readerFor: (by, at) => vaultReader(place, by, at),
    close: async () => undefined,
  };
}
