import { randomUUID } from 'node:crypto';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { SluiceError } from '#core/errors.ts';
import type { VaultReader } from '#core/ports/vault.ts';
import { belongsTo, unseal } from '#core/sealed.ts';
import type { VaultPlace } from '#schemas/functions.ts';
import type { VaultRead } from '#schemas/records/vault.ts';
import { VAULT_INDEX, VAULT_ROWS } from '#schemas/tables.ts';
import { atMost } from '../ai/at-most.ts';
import { clientOptions } from '../client-options.ts';
import { textOf } from '../dynamo/ledger-items.ts';
import { getItem, type Item, keyOf, putItem, queryPage } from '../dynamo/table.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';

const kms = once(() => new KMSClient(clientOptions()));
const AT_ONCE = 8;
/** Documents with a token that are tried: the index lags behind by less than a second as a rule, so that the newest may be gone. */
const TRIED = 5;
const PAGE = 500;

export type AwsVaultReader = VaultReader & { readsPage(cursor: string | undefined): Promise<{ reads: VaultRead[]; next?: string }> };

const documentOf = (row: Item): string => (textOf(row, 'pk') ?? '').slice(VAULT_ROWS.document.length);
const sealedBytes = (row: Item, name: string): Uint8Array => row[name]?.B ?? new Uint8Array();

/** A row of some document that has the token. */
async function rowOf(table: string, token: string): Promise<Item | undefined> {
  const { items } = await queryPage(table, {
    IndexName: VAULT_INDEX,
    KeyConditionExpression: '#token = :token',
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: { ':token': { S: token } },
    ScanIndexForward: false,
    Limit: TRIED,
  });
  for (const item of items) {
    const row = await getItem(table, { pk: textOf(item, 'pk') ?? '', sk: textOf(item, 'sk') ?? '' });
    if (row) return row;
  }
  return undefined;
}

async function openedKey(wrapped: Uint8Array, document: string): Promise<Uint8Array> {
  const { Plaintext } = await calling('opening a key of the vault', () =>
    kms().send(new DecryptCommand({ CiphertextBlob: wrapped, EncryptionContext: { document } })),
  );
  if (!Plaintext) throw new SluiceError('unavailable', 'opening a key of the vault: KMS answered without it');
  return Plaintext;
}

const readOf = (item: Item): VaultRead => ({
  at: textOf(item, 'at') ?? '',
  by: textOf(item, 'by') ?? '',
  reason: textOf(item, 'reason') ?? '',
  token: textOf(item, 'looked') ?? '',
  found: item.found?.BOOL === true,
});

/** The vault as one person reads it at one moment: their name is noted with each look. */
export function vaultReader({ table }: Pick<VaultPlace, 'table'>, by: string, at: string): AwsVaultReader {
  const noted = async (tokens: readonly string[], rows: readonly (Item | undefined)[], reason: string): Promise<void> => {
    const request = randomUUID();
    await atMost(AT_ONCE, tokens, (token, i) =>
      putItem(table, {
        ...keyOf({ pk: VAULT_ROWS.reads, sk: `${at}#${request}#${String(i).padStart(3, '0')}` }),
        at: { S: at },
        by: { S: by },
        reason: { S: reason },
        // Under another name than in rows of documents, so that the index leads to none of these.
        looked: { S: token },
        found: { BOOL: rows[i] !== undefined },
      }),
    );
  };
  const reader: AwsVaultReader = {
    async detokenise(tokens, reason) {
      const rows = await atMost(AT_ONCE, tokens, (token) => rowOf(table, token));
      await noted(tokens, rows, reason);
      const keys = new Map<string, Promise<Uint8Array>>();
      const opened = async (row: Item, token: string): Promise<string> => {
        const [document, wrapped] = [documentOf(row), sealedBytes(row, 'dataKey')];
        const name = Buffer.from(wrapped).toString('base64');
        const opening = keys.get(name) ?? openedKey(wrapped, document);
        keys.set(name, opening);
        return unseal(await opening, belongsTo(document, token), sealedBytes(row, 'value'));
      };
      return atMost(AT_ONCE, tokens, async (token, i) => {
        const row = rows[i];
        return { token, value: row ? await opened(row, token) : null, key: textOf(row, 'madeWith') ?? '' };
      });
    },
    async readsPage(cursor) {
      const { items, next } = await queryPage(table, {
        KeyConditionExpression: `pk = :pk${cursor === undefined ? '' : ' AND sk > :after'}`,
        ExpressionAttributeValues: { ':pk': { S: VAULT_ROWS.reads }, ...(cursor !== undefined && { ':after': { S: cursor } }) },
        Limit: PAGE,
      });
      const last = next && textOf(next, 'sk');
      return { reads: items.map(readOf), ...(last !== undefined && { next: last }) };
    },
    async reads() {
      const all: VaultRead[] = [];
      let cursor: string | undefined;
      do {
        const { reads, next } = await reader.readsPage(cursor);
        all.push(...reads);
        cursor = next;
      } while (cursor !== undefined);
      return all;
    },
  };
  return reader;
}
