import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Step } from '#core/ports/index.ts';
import { servedChunks } from '#core/served-chunks.ts';
import type { Head } from '#schemas/records/head.ts';
import { spilledTo, storedBody } from './body.ts';
import { batchesKey, headKey, type LedgerStore, manifestKey, type Owed, type StoredHead, stepKey } from './ledger-items.ts';
import { type Item, keyOf } from './table.ts';
import type { BatchWrite } from './unit.ts';

/** Longer than a message can wait anywhere: four days in a queue, fourteen as a dead letter, and a redrive after it. */
const STEP_SECONDS = 30 * 86_400;

const expires = (now: number): Item => ({ expires: { N: String(Math.floor(now / 1000) + STEP_SECONDS) } });
const number = (value: number) => ({ N: String(value) });

/** What the ledger's indexes and listings show of a head. */
const listed = (head: Head): Item => ({
  state: { S: head.state },
  source: { S: head.source },
  ...(head.metadata.format !== undefined && { format: { S: head.metadata.format } }),
  updatedAt: number(head.updatedAt),
  chunks: number(servedChunks(head)),
});

/**
 * Stores a head on condition that it is as it was read. What is owed already is never written over: a head is paid when it
 * is read, and what could not be paid then is carried on.
 */
export async function headPut(
  store: LedgerStore,
  head: Head,
  before: StoredHead | undefined,
  { run, owed, now }: { run: number; owed: Owed | undefined; now: number },
): Promise<{ item: TransactWriteItem; spilled: string | undefined }> {
  const next = { ...head, version: head.version + 1 };
  const spillKey = `${head.document}-${next.version}`;
  const [body, debt] = await Promise.all([
    storedBody(store.bucket, `head-${spillKey}-${now}`, next),
    owed ? storedBody(store.bucket, `owed-${spillKey}-${owed.id}`, owed) : undefined,
  ]);
  const carried = before?.owed?.id;
  const item: TransactWriteItem = {
    Put: {
      TableName: store.table,
      Item: {
        ...keyOf(headKey(head.document)),
        ...listed(next),
        version: number(next.version),
        run: number(run),
        body,
        ...(owed && debt && { owed: debt, owedId: { S: owed.id }, owedAt: number(now), owing: { S: head.document.slice(0, 1) } }),
      },
      ...(head.version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: `#version = :version AND ${carried === undefined ? 'attribute_not_exists(owedId)' : 'owedId = :carried'}`,
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': number(head.version), ...(carried !== undefined && { ':carried': { S: carried } }) },
          }),
    },
  };
  return { item, spilled: spilledTo(debt) };
}

export const headHold = (store: LedgerStore, { document, version }: Head): TransactWriteItem => ({
  ConditionCheck: {
    TableName: store.table,
    Key: keyOf(headKey(document)),
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': number(version) },
  },
});

/** Stores a manifest, and which generation wrote it last: a revert may bring an old digest back. */
export const manifestPut = (store: LedgerStore, digest: string, body: Item[string], generation: number): TransactWriteItem => ({
  Put: { TableName: store.table, Item: { ...keyOf(manifestKey(digest)), generation: number(generation), body } },
});

/** Adds a number to a plan's set on condition that the set is as it was read; one of an earlier run begins anew. */
export function batchAdd(store: LedgerStore, { plan, batch, run, was }: BatchWrite, now: number): TransactWriteItem {
  const isSameRun = was?.run === run;
  return {
    Update: {
      TableName: store.table,
      Key: keyOf(batchesKey(plan)),
      UpdateExpression: isSameRun
        ? 'SET #revision = :revision, #expires = :expires ADD #members :batch'
        : 'SET #revision = :revision, #expires = :expires, #members = :batch, #run = :run',
      ConditionExpression: was ? '#revision = :was' : 'attribute_not_exists(pk)',
      ExpressionAttributeNames: {
        '#revision': 'revision',
        '#expires': 'expires',
        '#members': 'members',
        ...(!isSameRun && { '#run': 'run' }),
      },
      ExpressionAttributeValues: {
        ':revision': number((was?.revision ?? 0) + 1),
        ':expires': expires(now).expires ?? number(0),
        ':batch': { NS: [String(batch)] },
        ...(!isSameRun && { ':run': number(run) }),
        ...(was && { ':was': number(was.revision) }),
      },
    },
  };
}

/** Marks a step as carried out, on condition that it was not in this run. */
export const stepMark = (store: LedgerStore, { document, generation, step }: Step, run: number, now: number) => ({
  TableName: store.table,
  Item: { ...keyOf(stepKey(document, generation, step)), run: number(run), ...expires(now) },
  ConditionExpression: 'attribute_not_exists(pk) OR #run < :run',
  ExpressionAttributeNames: { '#run': 'run' },
  ExpressionAttributeValues: { ':run': number(run) },
});
