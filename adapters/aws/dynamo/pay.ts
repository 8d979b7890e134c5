import type { VectorStore } from '#core/ports/indexes.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { keptUnder } from '../s3/kept-members.ts';
import { deleteObjects, deleteUnder } from '../s3/objects.ts';
import { deleteSpilled, spilledTo, storedBody } from './body.ts';
import { headKey, type LedgerStore, manifestKey, type Owed, type StoredHead, stepsUpTo } from './ledger-items.ts';
import { batchWrite, deleteItem, query, updateItem } from './table.ts';

/** What paying takes. A function that cannot reach the vectors leaves these owed to one that can. */
export type Payer = {
  store: LedgerStore;
  publish(events: readonly BusEvent[]): Promise<void>;
  vectors: Pick<VectorStore, 'delete'> | undefined;
};

export const nothingOwed = (id: string): Owed => ({
  id,
  events: [],
  vectors: [],
  manifests: [],
  work: [],
  kept: [],
  steps: [],
  objects: [],
});

export const isNothing = ({ id: _, ...debts }: Owed): boolean => Object.values(debts).every((list) => list.length === 0);

async function deleteManifest({ table, bucket }: LedgerStore, { digest, from }: Owed['manifests'][number]): Promise<void> {
  const deleted = await deleteItem(table, manifestKey(digest), {
    ConditionExpression: 'generation < :from',
    ExpressionAttributeValues: { ':from': { N: String(from) } },
  });
  await deleteSpilled(bucket, [spilledTo(deleted?.body)]);
}

async function deleteSteps({ table }: LedgerStore, { document, upTo }: Owed['steps'][number]): Promise<void> {
  const [from, to] = stepsUpTo(upTo);
  const pages = query(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ProjectionExpression: 'pk, sk',
    ExpressionAttributeValues: { ':pk': { S: headKey(document).pk }, ':from': { S: from }, ':to': { S: to } },
  });
  for await (const keys of pages)
    await batchWrite(
      table,
      keys.map((Key) => ({ DeleteRequest: { Key } })),
    );
}

async function deleteWork({ bucket }: LedgerStore, { document, from, to }: Owed['work'][number]): Promise<void> {
  const isGone = (key: string): boolean => {
    const generation = Number(key.split('/')[2]);
    return generation >= from && generation <= to;
  };
  for (const area of ['masked', 'unmasked']) {
    const prefix = from === to ? `${area}/${document}/${from}/` : `${area}/${document}/`;
    await deleteUnder(bucket, prefix, isGone);
  }
}

/** Publishes and deletes what is owed; answers what is left, which only the vectors may be. Doing it twice is doing it once. */
export async function carryOut({ store, publish, vectors }: Payer, owed: Owed): Promise<Owed> {
  if (owed.events.length > 0) await publish(owed.events);
  await Promise.all([
    owed.vectors.length > 0 && vectors?.delete(owed.vectors),
    ...owed.manifests.map((manifest) => deleteManifest(store, manifest)),
    ...owed.steps.map((steps) => deleteSteps(store, steps)),
    ...owed.work.map((work) => deleteWork(store, work)),
    ...(owed.kept ?? []).flatMap(keptUnder).map((prefix) => deleteUnder(store.bucket, prefix)),
    owed.objects.length > 0 && deleteObjects(store.bucket, owed.objects),
  ]);
  return { ...nothingOwed(owed.id), vectors: vectors ? [] : owed.vectors };
}

/** Takes what was paid off the head, unless another payer did. */
async function settleDebt(store: LedgerStore, document: DocumentId, owed: Owed, left: Owed): Promise<void> {
  const same = { ConditionExpression: 'owedId = :id' };
  const id = { ':id': { S: owed.id } };
  if (isNothing(left)) {
    await updateItem(store.table, headKey(document), {
      ...same,
      UpdateExpression: 'REMOVE owed, owedId, owedAt, owing',
      ExpressionAttributeValues: id,
    });
    return;
  }
  const body = await storedBody(store.bucket, `owed-${document}-${owed.id}-left`, left);
  await updateItem(store.table, headKey(document), {
    ...same,
    UpdateExpression: 'SET owed = :left',
    ExpressionAttributeValues: { ...id, ':left': body },
  });
}

/** A document's debt, and where it was spilled to, if it was. */
export type Debt = { document: DocumentId; owed: Owed; spilled: string | undefined };

/** Pays as far as this function can; answers what is left. */
export async function payDebt(payer: Payer, { document, owed, spilled }: Debt): Promise<Owed | undefined> {
  const isForOthers = !payer.vectors && isNothing({ ...owed, vectors: [] });
  if (isForOthers) return owed;
  const left = await carryOut(payer, owed);
  await settleDebt(payer.store, document, owed, left);
  await deleteSpilled(payer.store.bucket, [spilled]);
  return isNothing(left) ? undefined : left;
}

/** Pays what a head owes, as far as this function can, and answers the head as it is then. */
export async function payHead(payer: Payer, stored: StoredHead): Promise<StoredHead> {
  const { owed, head, item } = stored;
  return owed ? { ...stored, owed: await payDebt(payer, { document: head.document, owed, spilled: spilledTo(item.owed) }) } : stored;
}
