import { DocumentState, type Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { documentOfItem, type LedgerStore, numberOf, readHeads } from '../dynamo/ledger-items.ts';
import { query } from '../dynamo/table.ts';

/** A search for a part of a name looks at this many documents, the last changed first: names have no index. */
const MOST_LOOKED_AT = 10_000;
const BATCH = 500;

type Listed = { document: DocumentId; updatedAt: number };

const newestFirst = (a: Listed, b: Listed): number => b.updatedAt - a.updatedAt || (a.document < b.document ? 1 : -1);

const wanted = (states: readonly DocumentState[]): readonly DocumentState[] => (states.length > 0 ? states : DocumentState.options);

/** A state's `most` newest, and those of the same time as the last of them: an index orders equal times as it likes. */
async function newestOf({ table }: LedgerStore, state: DocumentState, most: number): Promise<Listed[]> {
  const found: Listed[] = [];
  const pages = query(table, {
    IndexName: 'byState',
    KeyConditionExpression: '#state = :state',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': { S: state } },
    ScanIndexForward: false,
    Limit: Math.min(1_000, most + 1),
  });
  for await (const items of pages) {
    for (const item of items) {
      const next = { document: documentOfItem(item), updatedAt: numberOf(item, 'updatedAt') };
      if (found.length >= most && next.updatedAt < (found[most - 1]?.updatedAt ?? 0)) return found;
      found.push(next);
    }
  }
  return found;
}

async function newest(store: LedgerStore, states: readonly DocumentState[], most: number): Promise<DocumentId[]> {
  const found = await Promise.all(wanted(states).map((state) => newestOf(store, state, most)));
  return found
    .flat()
    .sort(newestFirst)
    .map(({ document }) => document);
}

/** In the order of the ids; those that are not there are left out. */
async function inOrder(store: LedgerStore, ids: readonly DocumentId[]): Promise<Head[]> {
  const heads = await readHeads(store, ids);
  return ids.flatMap((id) => heads.get(id) ?? []);
}

const comparable = (text: string): string => text.normalize('NFC').toLowerCase();

async function matching(store: LedgerStore, ids: readonly DocumentId[], text: string, most: number): Promise<Head[]> {
  const found: Head[] = [];
  for (let i = 0; i < ids.length && found.length < most; i += BATCH) {
    const heads = await inOrder(store, ids.slice(i, i + BATCH));
    found.push(...heads.filter(({ nativeId }) => comparable(nativeId).includes(text)));
  }
  return found;
}

export type ListingQuery = { states: readonly DocumentState[]; text?: string; limit: number; offset: number };

/** Heads by their last change, newest first. The index lags behind by less than a second as a rule. */
export async function listHeads(store: LedgerStore, { states, text = '', limit, offset }: ListingQuery): Promise<Head[]> {
  const part = comparable(text.trim());
  if (part === '') {
    const ids = await newest(store, states, offset + limit);
    return inOrder(store, ids.slice(offset, offset + limit));
  }
  const ids = await newest(store, states, MOST_LOOKED_AT);
  const found = await matching(store, ids.slice(0, MOST_LOOKED_AT), part, offset + limit);
  return found.slice(offset, offset + limit);
}

/** How many documents there are in each state, and how many chunks of them are served: read from the index alone. */
export async function countHeads({ table }: LedgerStore): Promise<{ documents: Record<DocumentState, number>; chunks: number }> {
  const documents = { processing: 0, indexed: 0, rejected: 0, held: 0, failed: 0, removed: 0 };
  let chunks = 0;
  const count = async (state: DocumentState): Promise<void> => {
    const pages = query(table, {
      IndexName: 'byState',
      KeyConditionExpression: '#state = :state',
      ProjectionExpression: 'chunks',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': { S: state } },
    });
    for await (const items of pages) {
      documents[state] += items.length;
      for (const item of items) chunks += numberOf(item, 'chunks');
    }
  };
  await Promise.all(DocumentState.options.map(count));
  return { documents, chunks };
}
