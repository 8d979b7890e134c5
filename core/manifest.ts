import type { VectorKey } from '#schemas/records/ids.ts';
import type { Manifest, Plan } from '#schemas/records/manifest.ts';
import { SluiceError } from './errors.ts';
import { digest } from './fingerprint.ts';
import type { EmbedderFacts } from './ports/embedder.ts';

export const manifestDigest = (manifest: Manifest): string => digest(JSON.stringify(manifest), 64);

/**
 * Throws `embedder-mismatch` where a plan was made for vectors of another kind: embedded now they would be cached under the
 * other model's name, written they would be compared with vectors that mean something else.
 */
export function refuseOtherModel(
  action: string,
  planned: Pick<Manifest, 'model' | 'dimensions'>,
  { model, dimensions }: EmbedderFacts,
): void {
  if (planned.model === model && planned.dimensions === dimensions) return;
  throw new SluiceError(
    'embedder-mismatch',
    `${action}: planned for ${planned.model} with ${planned.dimensions} dimensions, and the embedder is ${model} with ${dimensions}`,
  );
}

/**
 * The way from a committed manifest to a wanted one. A chunk that is in both keeps its vector key, so that nothing is
 * written for it; a manifest of another model keeps nothing.
 */
export function compareManifests(
  committed: Manifest | undefined,
  wanted: Manifest,
): Pick<Plan, 'manifest' | 'added' | 'removed' | 'kept' | 'moved'> {
  const comparable = committed?.model === wanted.model && committed.dimensions === wanted.dimensions;
  const before = new Map((comparable ? committed.entries : []).map((entry, at) => [entry.chunkId, { key: entry.vectorKey, at }]));
  const added: number[] = [];
  let kept = 0;
  let moved = 0;
  let last = -1;
  const entries = wanted.entries.map((entry, i) => {
    const old = before.get(entry.chunkId);
    if (!old) {
      added.push(i);
      return entry;
    }
    before.delete(entry.chunkId);
    kept += 1;
    if (old.at < last) moved += 1;
    last = Math.max(last, old.at);
    return { ...entry, vectorKey: old.key };
  });
  const removed: VectorKey[] = comparable
    ? [...before.values()].map(({ key }) => key)
    : (committed?.entries ?? []).map((entry) => entry.vectorKey);
  return { manifest: { ...wanted, entries }, added, removed, kept, moved };
}
