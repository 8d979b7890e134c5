import type { Ledger } from '#core/ports/ledger.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { batchesKey, headKey, type LedgerStore, numberOf, readManifest, readStoredHead, type StoredHead, stepKey } from './ledger-items.ts';
import { getItem } from './table.ts';
import type { Unit } from './unit.ts';

/** Pays what a head owes, as far as this function can, and answers the head as it is then. */
export type Settle = (stored: StoredHead) => Promise<StoredHead>;

/** How long a function that has just committed is given to pay by itself, step by step. */
const PATIENCE_MS = [50, 150, 400];

/** A head; one that owes something since a moment ago is probably being paid, and paying twice is told twice. */
async function readSettling(store: LedgerStore, document: DocumentId, now: () => number): Promise<StoredHead | undefined> {
  let stored = await readStoredHead(store, document);
  for (const wait of PATIENCE_MS) {
    const isYoung = now() - numberOf(stored?.item, 'owedAt') < 2_000;
    if (!stored?.owed || !isYoung) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
    stored = await readStoredHead(store, document);
  }
  return stored;
}

/**
 * Conditions and writes are gathered in the unit; a head that is read pays first what it still owes. A head is read once: what
 * another transaction makes of it meanwhile shows when this one commits, as a conflict.
 */
export function dynamoLedger(store: LedgerStore, unit: Unit, settle: Settle, now: () => number): Ledger {
  const reading = new Map<DocumentId, Promise<void>>();
  const read = (document: DocumentId): Promise<void> => {
    const load = async (): Promise<void> => {
      const stored = await readSettling(store, document, now);
      unit.read.set(document, stored?.owed ? await settle(stored) : stored);
    };
    const loading = load();
    reading.set(document, loading);
    return loading;
  };
  /** The head's run counter, which void steps are told by. */
  const runOf = async (document: DocumentId): Promise<number> => {
    const known = reading.get(document);
    if (!known) return numberOf(await getItem(store.table, headKey(document), ['run']), 'run');
    await known;
    return unit.read.get(document)?.run ?? 0;
  };
  return {
    async head(document) {
      await (reading.get(document) ?? read(document));
      return unit.read.get(document)?.head;
    },
    async put(head) {
      unit.puts.set(head.document, head);
    },
    async holds(head) {
      unit.holds.set(head.document, head);
    },
    manifest: (digest) => readManifest(store, digest),
    async putManifest(digest, manifest) {
      unit.manifests.set(digest, manifest);
    },
    async deleteManifest(digest) {
      unit.deletedManifests.push(digest);
    },
    async addBatch(plan, batch, of) {
      const key = batchesKey(plan);
      const [item, run] = await Promise.all([getItem(store.table, key), runOf(key.document)]);
      const was = item && { revision: numberOf(item, 'revision'), run: numberOf(item, 'run') };
      const known = new Set(was?.run === run ? (item?.members?.NS ?? []) : []);
      if (!known.has(String(batch))) {
        unit.batches.push({ plan, batch, run, was });
        known.add(String(batch));
      }
      return known.size >= of;
    },
    async isDone(document, generation, step) {
      const [item, run] = await Promise.all([getItem(store.table, stepKey(document, generation, step), ['run']), runOf(document)]);
      return item !== undefined && numberOf(item, 'run') === run;
    },
    async forgetSteps(document, generation) {
      unit.forgotten.push({ document, upTo: generation });
    },
  };
}
