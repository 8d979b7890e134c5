import type { Vault } from '#core/ports/vault.ts';
import { VaultPlace } from '#schemas/functions.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { VAULT_ROWS } from '#schemas/tables.ts';
import { atMost } from '../ai/at-most.ts';
import type { AwsContext } from '../context.ts';
import { textOf } from '../dynamo/ledger-items.ts';
import { deleteItem, type Key, query } from '../dynamo/table.ts';
import type { Environment } from '../environment.ts';

const AT_ONCE = 16;

export const tokenRow = (document: DocumentId, token: string): Key => ({ pk: `${VAULT_ROWS.document}${document}`, sk: token });

/** Where the vault is; undefined: this deployment has none. */
export const vaultPlace = (environment: Environment): VaultPlace | undefined =>
  environment.has('vault') ? VaultPlace.parse(JSON.parse(environment.of('vault'))) : undefined;

/** Keys of all that a document has in the vault. */
export async function rowsOf(table: string, document: DocumentId): Promise<Key[]> {
  const { pk } = tokenRow(document, '');
  const found: Key[] = [];
  const pages = query(table, {
    KeyConditionExpression: 'pk = :pk',
    ProjectionExpression: 'sk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
    ConsistentRead: true,
  });
  for await (const items of pages) found.push(...items.map((item) => ({ pk, sk: textOf(item, 'sk') ?? '' })));
  return found;
}

/** One by one: the permission to write many at once would be one to write anything. */
export async function forgetRows(table: string, document: DocumentId): Promise<void> {
  await atMost(AT_ONCE, await rowsOf(table, document), (key) => deleteItem(table, key));
}

/** The vault for those that take out what goes with a document, and can neither write nor open it. */
export function forgettingVaultOf({ environment }: AwsContext): Vault | undefined {
  const place = vaultPlace(environment);
  return (
    place && {
      forget: (document) => forgetRows(place.table, document),
      keep: () => Promise.reject(new Error(`the function ${environment.function} has no grant to write to the vault`)),
    }
  );
}
