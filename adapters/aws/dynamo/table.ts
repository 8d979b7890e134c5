import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { SluiceError } from '#core/errors.ts';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';

export type Item = Record<string, AttributeValue>;
export type Key = { pk: string; sk: string };

const client = once(() => new DynamoDBClient(clientOptions()));

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html and API_BatchWriteItem.html */
const MOST_READ = 100;
const MOST_WRITTEN = 25;
const TRIES = 8;

export const keyOf = ({ pk, sk }: Key): Item => ({ pk: { S: pk }, sk: { S: sk } });

type Projection = { ProjectionExpression?: string; ExpressionAttributeNames?: Record<string, string> };

/** Only these attributes; all of them when none is named. */
function projection(attributes: readonly string[]): Projection {
  const names = Object.fromEntries(attributes.map((name, i) => [`#${i}`, name]));
  return attributes.length === 0 ? {} : { ProjectionExpression: Object.keys(names).join(', '), ExpressionAttributeNames: names };
}

export async function getItem(table: string, key: Key, attributes: readonly string[] = []): Promise<Item | undefined> {
  const { Item: item } = await calling('reading a table', () =>
    client().send(new GetItemCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true, ...projection(attributes) })),
  );
  return item;
}

/** Whether the condition held, and so the item was written. */
const ifHolds = async (action: string, write: () => Promise<unknown>): Promise<boolean> => {
  try {
    await calling(action, write);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    if (error instanceof TransactionConflictException)
      throw new SluiceError('conflict', `${action}: a transaction is at the same item`, { cause: error });
    throw error;
  }
};

type Condition = Pick<UpdateItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

export const putItem = (table: string, item: Item, condition: Condition = {}): Promise<boolean> =>
  ifHolds('writing to a table', () => client().send(new PutItemCommand({ TableName: table, Item: item, ...condition })));

export const updateItem = (table: string, key: Key, update: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>): Promise<boolean> =>
  ifHolds('writing to a table', () => client().send(new UpdateItemCommand({ TableName: table, Key: keyOf(key), ...update })));

/** What was deleted; undefined: there was nothing, or the condition did not hold. */
export async function deleteItem(table: string, key: Key, condition: Condition = {}): Promise<Item | undefined> {
  let deleted: Item | undefined;
  await ifHolds('deleting from a table', async () => {
    const answer = await client().send(new DeleteItemCommand({ TableName: table, Key: keyOf(key), ReturnValues: 'ALL_OLD', ...condition }));
    deleted = answer.Attributes;
  });
  return deleted;
}

type Query = Omit<QueryCommandInput, 'TableName'>;

/** One page, and the key that the next one is asked for with; undefined: it was the last. */
export type ItemPage = { items: Item[]; next: Item | undefined };

export async function queryPage(table: string, input: Query): Promise<ItemPage> {
  const page = await calling('reading a table', () => client().send(new QueryCommand({ TableName: table, ...input })));
  return { items: page.Items ?? [], next: page.LastEvaluatedKey };
}

/** All of a query's items, page by page. */
export async function* query(table: string, input: Query): AsyncGenerator<Item[]> {
  let from: Item | undefined = input.ExclusiveStartKey;
  do {
    const { items, next } = await queryPage(table, { ...input, ...(from && { ExclusiveStartKey: from }) });
    yield items;
    from = next;
  } while (from);
}

/** A page of a whole index; only where a partition's key is not known. */
export async function scanPage(table: string, input: Omit<ScanCommandInput, 'TableName'>): Promise<ItemPage> {
  const page = await calling('reading a table', () => client().send(new ScanCommand({ TableName: table, ...input })));
  return { items: page.Items ?? [], next: page.LastEvaluatedKey };
}

const CONFLICTS = new Set(['ConditionalCheckFailed', 'TransactionConflict']);
const THROTTLES = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Written by itself, for half of what it costs in a transaction; undefined: it is no write. */
async function writeAlone({ Put, Update }: TransactWriteItem): Promise<boolean | undefined> {
  const action = 'committing to the ledger';
  if (Put) return ifHolds(action, () => client().send(new PutItemCommand(Put)));
  return Update && ifHolds(action, () => client().send(new UpdateItemCommand(Update)));
}

/** All of the writes or none; throws `conflict` when a condition does not hold, or when another transaction is at the same item. */
export async function transact(action: string, items: readonly TransactWriteItem[]): Promise<void> {
  if (items.length === 0) return;
  const [only] = items;
  const written = items.length === 1 && only ? await writeAlone(only) : undefined;
  if (written) return;
  if (written === false) throw new SluiceError('conflict', `${action}: what was read has changed meanwhile`);
  try {
    await calling(action, () => client().send(new TransactWriteItemsCommand({ TransactItems: [...items] })));
  } catch (error) {
    // The same request, sent again by the client, met itself: what came of it is read when the stage runs again.
    if (error instanceof TransactionInProgressException)
      throw new SluiceError('conflict', `${action}: it is still being carried out`, { cause: error });
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? '');
    if (reasons.some((reason) => CONFLICTS.has(reason)))
      throw new SluiceError('conflict', `${action}: what was read has changed meanwhile`, { cause: error });
    if (reasons.some((reason) => THROTTLES.has(reason))) throw new SluiceError('throttled', `${action}: throttled`, { cause: error });
    throw error;
  }
}

const parts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/** Calls until nothing is left undone. What a table leaves undone is a throttle, so each try waits longer, by chance. */
async function untilDone<T>(work: readonly T[], action: string, call: (left: readonly T[]) => Promise<T[]>): Promise<void> {
  let left = await call(work);
  for (let tried = 1; left.length > 0; tried++) {
    if (tried >= TRIES) throw new SluiceError('throttled', `${action}: the table left ${left.length} of ${work.length} undone`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 25 * 2 ** tried));
    left = await call(left);
  }
}

/** Those of the items that there are, in no order. */
export async function batchGet(table: string, keys: readonly Item[], attributes: readonly string[] = []): Promise<Item[]> {
  const found: Item[] = [];
  await Promise.all(
    parts(keys, MOST_READ).map((part) =>
      untilDone(part, 'reading a table', async (left) => {
        const answer = await calling('reading a table', () =>
          client().send(
            new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [...left], ConsistentRead: true, ...projection(attributes) } } }),
          ),
        );
        found.push(...(answer.Responses?.[table] ?? []));
        return answer.UnprocessedKeys?.[table]?.Keys ?? [];
      }),
    ),
  );
  return found;
}

export async function batchWrite(table: string, requests: readonly WriteRequest[]): Promise<void> {
  for (const part of parts(requests, MOST_WRITTEN)) {
    await untilDone(part, 'writing to a table', async (left) => {
      const answer = await calling('writing to a table', () =>
        client().send(new BatchWriteItemCommand({ RequestItems: { [table]: [...left] } })),
      );
      return answer.UnprocessedItems?.[table] ?? [];
    });
  }
}
