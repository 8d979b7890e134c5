import type { Inspection, Page } from '#core/ports/inspection.ts';
import type { Head } from '#schemas/records/head.ts';
import { documentOfItem, type LedgerStore, readHeads, readManifest } from '../dynamo/ledger-items.ts';
import { type Item, type ItemPage, queryPage, scanPage } from '../dynamo/table.ts';
import type { VectorIndex } from '../s3-vector-index.ts';

type HeadsQuery = Parameters<Inspection['heads']>[0];

/** An index's keys are text and numbers, so a page's end travels as JSON. */
const cursorOf = (next: Item | undefined): string | undefined => next && JSON.stringify(next);

/**
 * A head that changes goes to the end of its source in the index, and comes again. Without a source the whole index is
 * read, since sources that are no longer declared have documents too.
 */
function keysPage({ table }: LedgerStore, { source, changedBefore, cursor, limit }: HeadsQuery): Promise<ItemPage> {
  const input = { IndexName: 'bySource', Limit: limit, ...(cursor !== undefined && { ExclusiveStartKey: JSON.parse(cursor) as Item }) };
  if (source === undefined) return scanPage(table, input);
  const bound = changedBefore === undefined ? {} : { ':before': { N: String(changedBefore) } };
  return queryPage(table, {
    ...input,
    KeyConditionExpression: `#source = :source${changedBefore === undefined ? '' : ' AND updatedAt < :before'}`,
    ExpressionAttributeNames: { '#source': 'source' },
    ExpressionAttributeValues: { ':source': { S: source }, ...bound },
  });
}

async function headsPage(ledger: LedgerStore, query: HeadsQuery): Promise<Page<Head>> {
  const { items, next } = await keysPage(ledger, query);
  const heads = await readHeads(ledger, items.map(documentOfItem));
  return { items: [...heads.values()], next: cursorOf(next) };
}

export const dynamoInspection = (ledger: LedgerStore, vectors: Pick<VectorIndex, 'get' | 'has' | 'list'>): Inspection => ({
  heads: (query) => headsPage(ledger, query),
  headsById: (documents) => readHeads(ledger, documents),
  manifest: (digest) => readManifest(ledger, digest),
  vectors: (keys) => vectors.get(keys),
  indexed: (keys) => vectors.has(keys),
  async storedKeys(cursor) {
    const { keys, next } = await vectors.list(cursor);
    return { items: keys, next };
  },
});
