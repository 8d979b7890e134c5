import { z } from 'zod';
import { type LedgerStore, numberOf } from '../dynamo/ledger-items.ts';
import { getItem, keyOf, putItem } from '../dynamo/table.ts';

/** How far a full comparison has come, and the differences found so far by source. */
export const Place = z.object({
  at: z.enum(['inbox', 'ledger']),
  /** The last key or document that was compared; none yet at the beginning of a part. */
  after: z.string().optional(),
  /** The state whose documents are being compared. */
  state: z.string().optional(),
  found: z.record(z.string(), z.int()),
});
export type Place = z.infer<typeof Place>;

const KEY = { pk: 'sweep', sk: 'place' };

export type Saved = { place: Place | undefined; revision: number };

/** Where the last run stopped; no place: nothing is under way. */
export async function savedPlace({ table }: LedgerStore): Promise<Saved> {
  const item = await getItem(table, KEY);
  const body = item?.body?.S;
  return { place: body === undefined ? undefined : Place.parse(JSON.parse(body)), revision: numberOf(item, 'revision') };
}

/** False: another run has come further meanwhile, and this one had better end. */
export const savePlace = ({ table }: LedgerStore, { place, revision }: Saved): Promise<boolean> =>
  putItem(
    table,
    { ...keyOf(KEY), revision: { N: String(revision + 1) }, ...(place && { body: { S: JSON.stringify(place) } }) },
    {
      ConditionExpression: 'attribute_not_exists(pk) OR revision = :revision',
      ExpressionAttributeValues: { ':revision': { N: String(revision) } },
    },
  );
