import type { DocumentId, EmbeddingKey } from '#schemas/records/ids.ts';
import { NAMING } from '../linking/names.ts';
import type { Ports } from '../ports/index.ts';
import { erasedKey, isErased, tombstoneOf } from './tombstone.ts';

/** What was removed of a document; `embeddings`: cached vectors of its texts, which other documents may share. */
export type Removed = { document: DocumentId; generation: number; chunks: number; embeddings: EmbeddingKey[] };

type Needs = Pick<
  Ports,
  'ledger' | 'vectors' | 'keywords' | 'traces' | 'ruleHistory' | 'work' | 'audit' | 'clock' | 'keys' | 'findings' | 'vault'
>;

const EVERY: readonly [number, number] = [0, Number.MAX_SAFE_INTEGER];

/**
 * Removes all that was made of a document, and leaves a tombstone in its place; the caller commits, and sees to what other
 * documents share. `without`: files within it that are erased, while it is made anew without them. Undefined: there is no
 * such document, or it was erased before.
 */
export async function eraseDocument(
  document: DocumentId,
  certificate: string,
  ports: Needs,
  without?: readonly DocumentId[],
): Promise<Removed | undefined> {
  const { ledger, traces, work, audit, clock, keys } = ports;
  const head = await ledger.head(document);
  if (!head || isErased(head)) {
    // It was not yet made anew for what was erased in it before: this has to be missing then, too.
    if (head?.erasedMembers && without) await ledger.put({ ...head, erasedMembers: [...new Set([...head.erasedMembers, ...without])] });
    return undefined;
  }
  const digest = head.committed?.manifest ?? undefined;
  const entries = (digest === undefined ? undefined : await ledger.manifest(digest))?.entries ?? [];
  const at = clock.now();
  const tombstone = tombstoneOf(head, certificate, at, without);
  const { generation } = tombstone;
  await ledger.put(tombstone);
  if (digest !== undefined) await ledger.deleteManifest(digest);
  await ledger.forgetSteps(document, head.generation);
  for (const store of [ports.vectors, ports.keywords]) {
    if (store.prune) await store.prune(document, EVERY, new Set());
    else await store.delete(entries.map(({ vectorKey }) => vectorKey));
  }
  await work.removeUpTo(document, head.generation);
  await ports.ruleHistory?.forget(document);
  await traces.forget(document, ['identifier', 'copy', 'topic', ...NAMING, 'case', 'released'], generation);
  await ports.findings?.forget(document);
  await ports.vault?.forget(document);
  if (head.observation && without === undefined)
    await traces.put(document, generation, 'erased', { keys: [erasedKey(keys, head.observation.contentHash)], note: '' });
  const facts = { certificate, chunks: entries.length };
  await audit.append([{ document, generation, at: new Date(at).toISOString(), event: 'document.erased', facts }]);
  return { document, generation, chunks: entries.length, embeddings: entries.map(({ embeddingKey }) => embeddingKey) };
}
