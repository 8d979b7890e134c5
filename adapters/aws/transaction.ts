import type { Audit } from '#core/ports/audit.ts';
import type { Ids, Ports, Step, Transaction } from '#core/ports/index.ts';
import type { EmbeddingCache, VectorStore } from '#core/ports/indexes.ts';
import type { WorkStore } from '#core/ports/work-store.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { Head } from '#schemas/records/head.ts';
import { spilledTo, storedBody } from './dynamo/body.ts';
import { batchAdd, headHold, headPut, manifestPut, stepMark } from './dynamo/commit-items.ts';
import { dynamoLedger } from './dynamo/dynamo-ledger.ts';
import { dynamoTraces } from './dynamo/dynamo-traces.ts';
import { type LedgerStore, manifestKey, type Owed } from './dynamo/ledger-items.ts';
import { carryOut, type Debt, isNothing, nothingOwed, type Payer, payDebt, payHead } from './dynamo/pay.ts';
import { getItem, putItem, transact } from './dynamo/table.ts';
import { newUnit, type Unit } from './dynamo/unit.ts';
import { s3Findings } from './s3/s3-findings.ts';

/** What a transaction writes to. A function has those of the stores that it was granted. */
export type Stores = {
  ledger: LedgerStore;
  work: Pick<WorkStore, 'read' | 'write'>;
  embeddings: EmbeddingCache;
  vectors: VectorStore | undefined;
  audit: Audit;
  publish(events: readonly BusEvent[]): Promise<void>;
  ids: Ids;
  now(): number;
};

export type StorePorts = Pick<Ports, 'ledger' | 'work' | 'embeddings' | 'vectors' | 'keywords' | 'audit' | 'traces' | 'findings'>;
type Result = Parameters<Transaction['commit']>[0];

/** The ports of one transaction: they read what is stored, and gather what is to be written. */
function portsOf(stores: Stores, payer: Payer, unit: Unit): StorePorts {
  return {
    ledger: dynamoLedger(stores.ledger, unit, (stored) => payHead(payer, stored), stores.now),
    work: {
      read: (key, schema) => stores.work.read(key, schema),
      write: async (key, value) => void unit.work.set(key, value),
      remove: async (document, generation) => void unit.deletedWork.push({ document, from: generation, to: generation }),
      removeUpTo: async (document, generation) => void unit.deletedWork.push({ document, from: 0, to: generation }),
    },
    embeddings: {
      has: (keys) => stores.embeddings.has(keys),
      // At once: what a model answered is not paid for twice when it fails in the middle of a batch.
      put: (entries) => stores.embeddings.put(entries),
      delete: (keys) => stores.embeddings.delete(keys),
    },
    vectors: {
      upsert: async (entries) => void unit.vectors.push(...entries),
      delete: async (keys) => void unit.deletedVectors.push(...keys),
    },
    // S3 Vectors has no keyword search: nothing is kept, and a search says so (`degraded`).
    keywords: { upsert: async () => undefined, delete: async () => undefined },
    audit: { append: async (entries) => void unit.audit.push(...entries) },
    traces: dynamoTraces(stores.ledger.table),
    findings: s3Findings(stores.ledger.bucket),
  };
}

/** What nobody reads before the ledger points to it. Writing it twice is writing it once. */
async function writeAhead({ vectors, work }: Stores, unit: Unit): Promise<void> {
  if (unit.vectors.length > 0) {
    if (!vectors) throw new Error('writing vectors: this function was given no vector store');
    await vectors.upsert(unit.vectors);
  }
  await Promise.all([...unit.work].map(([key, value]) => work.write(key, value)));
}

/** A generation that is forgotten with its own head is run again: what it did is void from then on. */
const isRunAgain = (unit: Unit, { document, generation }: Head): boolean =>
  unit.forgotten.some((one) => one.document === document && one.upTo >= generation);

function owedBy(unit: Unit, id: string, events: readonly BusEvent[]): Owed {
  const from = Math.max(0, ...[...unit.puts.values()].map(({ committed }) => committed?.generation ?? 0)) || Number.MAX_SAFE_INTEGER;
  const again = new Set([...unit.puts.values()].filter((head) => isRunAgain(unit, head)).map(({ document }) => document));
  return {
    ...nothingOwed(id),
    events: [...events],
    vectors: [...unit.deletedVectors],
    manifests: unit.deletedManifests.map((digest) => ({ digest, from })),
    work: [...unit.deletedWork],
    kept: [...unit.puts.values()].filter(({ observation }) => observation === null).map(({ document }) => document),
    steps: unit.forgotten.filter(({ document }) => !again.has(document)),
  };
}

async function manifestItems(store: LedgerStore, unit: Unit, owed: Owed) {
  return Promise.all(
    [...unit.manifests].map(async ([digest, manifest]) => {
      const head = [...unit.puts.values()].find(({ committed }) => committed?.manifest === digest);
      const body = await storedBody(store.bucket, `manifest-${digest}-${owed.id}`, manifest);
      const before = spilledTo(body) && spilledTo((await getItem(store.table, manifestKey(digest), ['body']))?.body);
      if (before !== undefined && before !== '') owed.objects.push(before);
      return manifestPut(store, digest, body, head?.committed?.generation ?? 0);
    }),
  );
}

const merged = (owed: Owed, carried: Owed | undefined): Owed =>
  carried ? { ...owed, vectors: [...carried.vectors, ...owed.vectors] } : owed;

/** The heads of a transaction as they are stored; the first one owes what follows from all of it. */
async function headItems({ ledger, now }: Stores, unit: Unit, owed: Owed) {
  const [owing] = unit.puts.keys();
  for (const document of unit.puts.keys()) {
    const body = unit.read.get(document)?.item.body;
    const replaced = spilledTo(body);
    if (replaced !== undefined) owed.objects.push(replaced);
  }
  const debts: Debt[] = [];
  const items = await Promise.all(
    [...unit.puts.values()].map(async (head) => {
      const { document } = head;
      const before = unit.read.get(document);
      const debt = merged(document === owing ? owed : nothingOwed(`${owed.id}-${document}`), before?.owed);
      const isOwing = !isNothing(debt);
      const run = (before?.run ?? 0) + (isRunAgain(unit, head) ? 1 : 0);
      const { item, spilled } = await headPut(ledger, head, before, { run, owed: isOwing ? debt : undefined, now: now() });
      if (isOwing) debts.push({ document, owed: debt, spilled });
      return item;
    }),
  );
  return { items, debts };
}

/**
 * One run of one stage: what nobody reads yet is written, then the ledger changes at once, then the rest follows. The
 * order, and why no crash loses anything: docs/decisions/007.
 */
export function beginTransaction(stores: Stores): { ports: StorePorts; commit(result: Result): Promise<void> } {
  const unit = newUnit();
  const payer: Payer = { store: stores.ledger, publish: stores.publish, vectors: stores.vectors };
  const { table } = stores.ledger;

  const markOf = (done: Step) => stepMark(stores.ledger, done, unit.read.get(done.document)?.run ?? 0, stores.now());

  return {
    ports: portsOf(stores, payer, unit),
    async commit({ events, done }) {
      await writeAhead(stores, unit);
      const owed = owedBy(unit, stores.ids.next(), events);
      const manifests = await manifestItems(stores.ledger, unit, owed);
      const { items: heads, debts } = await headItems(stores, unit, owed);
      const held = [...unit.holds.values()].filter(({ document }) => !unit.puts.has(document)).map((head) => headHold(stores.ledger, head));
      const batches = unit.batches.map((batch) => batchAdd(stores.ledger, batch, stores.now()));
      // Where events are owed by a head, or there are none, the step is done at the same moment; else when they are published.
      const marksAtOnce = done !== undefined && (heads.length > 0 || isNothing(owed));
      const marks = marksAtOnce ? [{ Put: markOf(done) }] : [];
      const items = [...heads, ...held, ...manifests, ...batches, ...marks];
      await transact('committing to the ledger', items);
      if (unit.audit.length > 0) await stores.audit.append(unit.audit);
      if (heads.length === 0) await carryOut(payer, owed);
      for (const debt of debts) await payDebt(payer, debt);
      if (done && !marksAtOnce) {
        const { Item, ...condition } = markOf(done);
        await putItem(table, Item, condition);
      }
    },
  };
}
