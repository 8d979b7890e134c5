import { randomBytes } from 'node:crypto';
import { GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Vault } from '#core/ports/vault.ts';
import { belongsTo, NONCE, seal } from '#core/sealed.ts';
import type { VaultPlace } from '#schemas/functions.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { clientOptions } from '../client-options.ts';
import type { AwsContext } from '../context.ts';
import { batchWrite, type Item, keyOf } from '../dynamo/table.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';
import { forgetRows, rowsOf, tokenRow, vaultPlace } from './vault-rows.ts';

const kms = once(() => new KMSClient(clientOptions()));

/** A key for the values of one document, as it is and as KMS alone can open it; what it is for is bound to it. */
async function dataKey(key: string, document: DocumentId): Promise<{ plain: Uint8Array; wrapped: Uint8Array }> {
  const { Plaintext, CiphertextBlob } = await calling('making a key of the vault', () =>
    kms().send(new GenerateDataKeyCommand({ KeyId: key, KeySpec: 'AES_256', EncryptionContext: { document } })),
  );
  if (!Plaintext || !CiphertextBlob) throw new Error('making a key of the vault: KMS answered without one');
  return { plain: Plaintext, wrapped: CiphertextBlob };
}

export function vaultWriter({ table, key }: VaultPlace, now: () => number): Vault {
  const itemsOf = async (document: DocumentId, values: ReadonlyMap<string, string>, madeWith: string): Promise<Item[]> => {
    if (values.size === 0) return [];
    const { plain, wrapped } = await dataKey(key, document);
    return [...values].map(([token, value]) => ({
      ...keyOf(tokenRow(document, token)),
      token: { S: token },
      keptAt: { N: String(now()) },
      value: { B: seal(plain, belongsTo(document, token), value, randomBytes(NONCE)) },
      dataKey: { B: wrapped },
      madeWith: { S: madeWith },
    }));
  };
  return {
    async keep(document, values, madeWith) {
      const [before, items] = await Promise.all([rowsOf(table, document), itemsOf(document, values, madeWith)]);
      const gone = before.filter(({ sk }) => !values.has(sk));
      await batchWrite(table, [
        ...gone.map((row) => ({ DeleteRequest: { Key: keyOf(row) } })),
        ...items.map((Item) => ({ PutRequest: { Item } })),
      ]);
    },
    forget: (document) => forgetRows(table, document),
  };
}

/** The vault for the function that masks; undefined: this deployment has none. */
export function vaultOf({ environment, clock }: AwsContext): Vault | undefined {
  const place = vaultPlace(environment);
  return place && vaultWriter(place, clock.now);
}
