import type { Detail } from '#schemas/events/index.ts';
import type { Head } from '#schemas/records/head.ts';
import type { VectorKey } from '#schemas/records/ids.ts';
import { Plan } from '#schemas/records/manifest.ts';
import { caseHints, noteCase } from '../cases/membership.ts';
import { NAMING } from '../linking/names.ts';
import { manifestDigest, refuseOtherModel } from '../manifest.ts';
import { describe } from '../metadata.ts';
import type { Ports } from '../ports/index.ts';
import { type Emitted, follow, type Hint, stage } from '../stage.ts';
import { batchEntries } from './embed.ts';
import { SHAPES } from './shapes.ts';

/** Keeps the indexes in step with the wanted state; a manifest is served from the moment that the head points to it. */
export const index = stage({
  name: 'index',
  ...SHAPES.index,
  on: ['chunks.embedded', 'document.removed', 'document.access-changed'],
  async run(detail, ports: Ports) {
    const head = await ports.ledger.head(detail.document);
    if (!head) return [];
    if ('reason' in detail) return withdraw(detail, head, ports);
    return 'plan' in detail ? writeBatch(detail, head, ports) : followMetadata(detail, head, ports);
  },
});

async function writeBatch(detail: Detail<'chunks.embedded'>, head: Head, ports: Ports): Promise<(Emitted | Hint)[]> {
  const { ledger, work, vectors, keywords } = ports;
  const plan = await work.read(detail.plan, Plan);
  refuseOtherModel('indexing', plan.manifest, ports.embedder);
  if (plan.base !== (head.committed?.manifest ?? null)) {
    // Another generation was committed since: what the plan keeps may be gone. The chunks are planned anew.
    const found = Object.fromEntries((plan.manifest.found ?? []).map((type) => [type, 1]));
    return [follow(detail, 'document.described', { elements: plan.elements, found, again: detail.hops, quality: plan.quality })];
  }
  const entries = batchEntries(plan, detail.batch);
  const { source } = head;
  await vectors.upsert(entries.map((entry) => ({ key: entry.vectorKey, embedding: entry.embeddingKey, source })));
  await keywords.upsert(
    entries.map(({ vectorKey, path, tableHeader, text }) => ({
      key: vectorKey,
      path: [...path, tableHeader ?? ''].join('\n').trim(),
      text,
    })),
  );
  const full = detail.of === 0 || (await ledger.addBatch(detail.plan, detail.batch, detail.of));
  if (full) return commit(detail, head, plan, ports);
  await ledger.holds(head);
  return [];
}

/** How long ago the change that is served now was seen; of one that was served before (a refresh) nothing. */
function lag({ observation, committed }: Pick<Head, 'observation' | 'committed'>, at: number): { lagMs?: number } {
  const isNew = observation !== null && (committed === null || committed.at < observation.at);
  return isNew ? { lagMs: Math.max(0, at - observation.at) } : {};
}

async function commit(detail: Detail<'chunks.embedded'>, head: Head, plan: Plan, ports: Ports): Promise<(Emitted | Hint)[]> {
  const { ledger, work, clock, policies } = ports;
  const { generation } = detail;
  const at = clock.now();
  const manifest = manifestDigest(plan.manifest);
  const isCurrent = head.generation === generation;
  const config = await policies.at(detail.revision);
  const rules = policies.source(config, head.source);
  const { problem: _, warned: __, ...rest } = head;
  const chunks = plan.manifest.entries.length;
  const { uri } = plan.manifest;
  const previous = head.committed;
  await ledger.putManifest(manifest, plan.manifest);
  const described = describe(rules, head.observation, plan.manifest, config.classification, head.nativeId);
  const next: Head = {
    ...(isCurrent ? rest : head),
    committed: { generation, manifest, chunks, fingerprint: plan.fingerprint, ...(uri !== undefined && { uri }), at },
    ...(isCurrent && {
      state: 'indexed' as const,
      removed: false,
      score: plan.quality,
      ...(detail.warned && { warned: detail.warned }),
      ...described,
    }),
    updatedAt: at,
  };
  await ledger.put(next);
  const wanted = new Set(plan.manifest.entries.map(({ vectorKey }) => vectorKey));
  await deleteStale(detail, plan.removed, wanted, ports);
  if (plan.base !== null && plan.base !== manifest) await ledger.deleteManifest(plan.base);
  await work.removeUpTo(detail.document, generation);
  await ledger.forgetSteps(detail.document, generation - 1);
  await ports.traces.forget(detail.document, ['identifier', 'case', ...NAMING], generation - 1);
  if (isCurrent) await noteCase(rules, next, ports);
  const [added, removed, kept] = [plan.added.length, plan.removed.length, plan.kept];
  const metadataOnly = previous?.manifest != null && added === 0 && removed === 0;
  const cases = caseHints(rules, head, next);
  return [follow(detail, 'document.indexed', { chunks, added, removed, kept, metadataOnly, ...(isCurrent && lag(head, at)) }), ...cases];
}

/**
 * Deletes what a commit leaves behind: chunks of the version before, and of plans that were overtaken half-way. Chunks of
 * a later generation are on their way to be served.
 */
async function deleteStale(
  { document, generation }: Pick<Detail<'document.removed'>, 'document' | 'generation'>,
  known: readonly VectorKey[],
  wanted: ReadonlySet<VectorKey>,
  { vectors, keywords }: Ports,
): Promise<void> {
  // The first generation follows nothing.
  if (generation === 1) return;
  for (const store of [vectors, keywords]) {
    if (store.prune) await store.prune(document, [0, generation], wanted);
    else await store.delete(known);
  }
}

async function withdraw(detail: Detail<'document.removed'>, head: Head, ports: Ports): Promise<Emitted[]> {
  const { ledger, work, clock, traces } = ports;
  const manifest = head.committed?.manifest ?? null;
  const entries = manifest === null ? [] : ((await ledger.manifest(manifest))?.entries ?? []);
  const keys = entries.map((entry) => entry.vectorKey);
  const at = clock.now();
  const committed = { generation: detail.generation, manifest: null, chunks: 0, fingerprint: head.committed?.fingerprint ?? '', at };
  await ledger.put({ ...head, committed, updatedAt: at });
  await deleteStale(detail, keys, new Set(), ports);
  if (manifest !== null) await ledger.deleteManifest(manifest);
  await work.removeUpTo(detail.document, detail.generation);
  await ports.findings?.forget(detail.document);
  await ports.vault?.forget(detail.document);
  // What is withdrawn is still there, and its case says so.
  await traces.forget(
    detail.document,
    detail.reason === 'deleted' ? ['identifier', 'copy', 'topic', ...NAMING, 'case'] : ['identifier', 'copy', 'topic', ...NAMING],
    detail.generation,
  );
  return [follow(detail, 'document.unindexed', { removed: keys.length })];
}

/** The head has the new metadata already; the committed generation catches up, and nothing is embedded. */
async function followMetadata(detail: Detail<'document.access-changed'>, head: Head, { ledger, clock }: Ports): Promise<Emitted[]> {
  if (!head.committed) return [];
  const { chunks } = head.committed;
  await ledger.put({ ...head, committed: { ...head.committed, generation: detail.generation } });
  return [
    follow(detail, 'document.indexed', { chunks, added: 0, removed: 0, kept: chunks, metadataOnly: true, ...lag(head, clock.now()) }),
  ];
}
