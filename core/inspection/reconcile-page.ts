import type { Head } from '#schemas/records/head.ts';
import { documentOf, type VectorKey } from '#schemas/records/ids.ts';
import type { Reconciliation } from '#schemas/records/operations.ts';
import { isCase } from '../cases/case-id.ts';
import { changeOf } from '../change.ts';
import { isErased } from '../erasure/tombstone.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { Inspection } from '../ports/inspection.ts';
import type { Sources } from '../ports/sources.ts';

const DOCUMENTS = 50;

export type Reconciling = {
  inspection: Inspection;
  inbox: Pick<Inbox, 'subject' | 'keys'>;
  sources: Pick<Sources, 'observe'>;
  /** Of documents that were indexed under today's configuration. */
  fingerprint: string;
};

type Found = Omit<Reconciliation, 'drift'>;
const nothing = (): Found => ({ missing: 0, ghosts: 0, broken: 0, stale: 0, documents: 0, chunks: 0, unsynced: 0 });
const withDrift = (found: Found): Reconciliation => ({
  drift: found.missing + found.ghosts + found.broken + found.stale + found.unsynced,
  ...found,
});

/** Whether the source shows a document otherwise than the ledger has it. */
async function isUnsynced({ source, nativeId, observation, ...head }: Head, sources: Reconciling['sources']): Promise<boolean> {
  // It has no other source than the ledger itself.
  if (isCase(nativeId)) return false;
  const seen = await sources.observe(source, nativeId, observation ?? undefined);
  const change = changeOf({ ...head, source, nativeId, observation }, seen);
  return change !== 'none' && change !== 'outside';
}

async function compareHead(head: Head, { inspection, sources, fingerprint }: Reconciling, found: Found): Promise<void> {
  if (await isUnsynced(head, sources)) found.unsynced += 1;
  const digest = head.committed?.manifest;
  if (!digest) return;
  const manifest = await inspection.manifest(digest);
  found.documents += 1;
  if (!manifest) found.broken += 1;
  if (head.committed?.fingerprint !== fingerprint) found.stale += 1;
  const keys = manifest?.entries.map(({ vectorKey }) => vectorKey) ?? [];
  const there = await inspection.indexed(keys);
  found.chunks += keys.length;
  found.missing += keys.filter((key) => !there.has(key)).length;
}

/** How many of the stored keys no served manifest has. */
async function ghostsOf(keys: readonly VectorKey[], inspection: Inspection): Promise<number> {
  const heads = await inspection.headsById([...new Set(keys.map(documentOf))]);
  const served = new Set<VectorKey>();
  await Promise.all(
    [...heads.values()].map(async ({ committed }) => {
      const manifest = committed?.manifest ? await inspection.manifest(committed.manifest) : undefined;
      for (const { vectorKey } of manifest?.entries ?? []) served.add(vectorKey);
    }),
  );
  return keys.filter((key) => !served.has(key)).length;
}

/** How many objects are documents that the ledger does not know. */
async function strangersOf(keys: readonly string[], { inspection, inbox }: Reconciling): Promise<number> {
  const subjects = keys.map((key) => inbox.subject(key)).filter(({ nativeId, isRead }, i) => isRead && nativeId === keys[i]);
  const heads = await inspection.headsById(subjects.map(({ document }) => document));
  return subjects.filter(({ document }) => !heads.get(document)?.observation && !isErased(heads.get(document))).length;
}

type Step = (cursor: string | undefined, reconciling: Reconciling) => Promise<{ found: Found; next: string | undefined }>;

/** The comparison's parts, one after the other. */
const STEPS: Record<string, Step> = {
  async documents(cursor, reconciling) {
    const found = nothing();
    const { items, next } = await reconciling.inspection.heads({ limit: DOCUMENTS, ...(cursor !== undefined && { cursor }) });
    await Promise.all(items.map((head) => compareHead(head, reconciling, found)));
    return { found, next };
  },
  async vectors(cursor, { inspection }) {
    const { items, next } = await inspection.storedKeys(cursor);
    return { found: { ...nothing(), ghosts: await ghostsOf(items, inspection) }, next };
  },
  async objects(cursor, reconciling) {
    const { items, next } = await reconciling.inbox.keys('', cursor);
    return { found: { ...nothing(), unsynced: await strangersOf(items, reconciling) }, next };
  },
};
const NAMES = Object.keys(STEPS);

/**
 * Compares a page of source, ledger and indexes, and says where the next one begins; the counts of all pages together are
 * the comparison. What the pipeline is at work on meanwhile may look like drift.
 */
export async function reconcilePage(
  cursor: string | undefined,
  reconciling: Reconciling,
): Promise<{ found: Reconciliation; next: string | undefined }> {
  const [name = '', ...rest] = (cursor ?? `${NAMES[0]}:`).split(':');
  const at = rest.join(':');
  const step = STEPS[name];
  if (!step) return { found: withDrift(nothing()), next: undefined };
  const { found, next } = await step(at === '' ? undefined : at, reconciling);
  const after = NAMES[NAMES.indexOf(name) + 1];
  const following = after === undefined ? undefined : `${after}:`;
  return { found: withDrift(found), next: next === undefined ? following : `${name}:${next}` };
}
