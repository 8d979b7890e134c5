import type { BusEvent } from '#schemas/events/index.ts';
import { Head } from '#schemas/records/head.ts';
import type { DocumentId, VectorKey, WorkKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import { readBody } from './body.ts';
import { batchGet, getItem, type Item, type Key, keyOf } from './table.ts';

/** Where the ledger stands: its table, and the bucket for what an item has no room for. */
export type LedgerStore = { table: string; bucket: string };

/** What a commit leaves to be done after it: published, then deleted. It stands in the head that it was committed with. */
export type Owed = {
  id: string;
  events: BusEvent[];
  vectors: VectorKey[];
  /** A manifest goes unless a generation from `from` on wrote it again. */
  manifests: { digest: string; from: number }[];
  work: { document: DocumentId; from: number; to: number }[];
  /** Documents that are gone, with what was put aside of the files within them. */
  kept?: DocumentId[];
  steps: { document: DocumentId; upTo: number }[];
  /** Objects of spilled bodies that were replaced. */
  objects: string[];
};

/**
 * A head as it is stored. `run` is counted up when a generation is run again from its source: the steps and batches of
 * earlier runs are void then, at the same moment.
 */
export type StoredHead = { head: Head; run: number; owed: Owed | undefined; item: Item };

const documentPk = (document: DocumentId): string => `doc#${document}`;

export const headKey = (document: DocumentId): Key => ({ pk: documentPk(document), sk: 'head' });
export const manifestKey = (digest: string): Key => ({ pk: `manifest#${digest}`, sk: 'manifest' });

const generationOf = (generation: number): string => String(generation).padStart(10, '0');
export const stepKey = (document: DocumentId, generation: number, step: string): Key => ({
  pk: documentPk(document),
  sk: `step#${generationOf(generation)}#${step}`,
});
/** Sort keys of the steps and batches of all generations up to this one lie between the two. */
export const stepsUpTo = (generation: number): [string, string] => ['step#', `step#${generationOf(generation)}$`];

/** Plans are named by their generation, and their batches stand among its steps. */
export function batchesKey(plan: WorkKey): Key & { document: DocumentId } {
  const [, id, generation] = plan.split('/');
  const document = id as DocumentId;
  return { ...stepKey(document, Number(generation), `batches ${plan}`), document };
}

export const textOf = (item: Item | undefined, name: string): string | undefined => item?.[name]?.S;
export const numberOf = (item: Item | undefined, name: string): number => Number(item?.[name]?.N ?? 0);

/** The document that an item of one of the ledger's indexes is about. */
export const documentOfItem = (item: Item): DocumentId => (textOf(item, 'pk') ?? '').slice(4) as DocumentId;

/** The head in an item of the ledger. */
export const readHead = async ({ bucket }: LedgerStore, item: Item): Promise<Head> => Head.parse(await readBody(bucket, item.body));

/** Heads by document, as they are stored: what they may still owe is left to those that write. */
export async function readHeads(store: LedgerStore, documents: readonly DocumentId[]): Promise<Map<DocumentId, Head>> {
  const items = await batchGet(
    store.table,
    [...new Set(documents)].map((document) => keyOf(headKey(document))),
  );
  const heads = await Promise.all(items.map((item) => readHead(store, item)));
  return new Map(heads.map((head) => [head.document, head]));
}

export async function readStoredHead(store: LedgerStore, document: DocumentId): Promise<StoredHead | undefined> {
  const item = await getItem(store.table, headKey(document));
  if (!item) return undefined;
  const [head, owed] = await Promise.all([readHead(store, item), item.owed && readBody(store.bucket, item.owed)]);
  // Only this adapter wrote it, and its events are parsed by those who take them.
  return { head, run: numberOf(item, 'run'), owed: owed as Owed | undefined, item };
}

/** Undefined: no such manifest. */
export async function readManifest(store: LedgerStore, digest: string): Promise<Manifest | undefined> {
  const item = await getItem(store.table, manifestKey(digest));
  // Only this adapter wrote it, and it is long: checking 1,500 entries again costs more than reading them.
  return item && ((await readBody(store.bucket, item.body)) as Manifest);
}
