import type { VectorKey } from '#schemas/records/ids.ts';
import type { Manifest, Plan } from '#schemas/records/manifest.ts';
import { digest } from './fingerprint.ts';

export const manifestDigest = (manifest: Manifest): string => digest(JSON.stringify(manifest), 64);

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
