import type { Embedder } from '#core/ports/embedder.ts';
import type { SearchIndex } from '#core/ports/search.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import { type LedgerStore, readHeads, readManifest } from '../dynamo/ledger-items.ts';
import type { VectorIndex } from '../s3-vector-index.ts';

/** Manifests never change under their digest, so a container keeps those that it has read lately. */
const MANIFESTS = 300;

/** S3 Vectors has no keywords. There is no snapshot: a hit is held against the head that is read after it was found. */
export function awsSearchIndex(store: LedgerStore, vectors: Pick<VectorIndex, 'nearest'>, embedder: Embedder): SearchIndex {
  const manifests = new Map<string, Manifest>();
  return {
    embedder,
    nearest: (vector, most, scope) => vectors.nearest(vector, most, scope),
    byKeywords: undefined,
    heads: (documents) => readHeads(store, documents),
    async manifest(digest) {
      const known = manifests.get(digest);
      if (known) return known;
      const manifest = await readManifest(store, digest);
      if (manifest) {
        if (manifests.size >= MANIFESTS) manifests.clear();
        manifests.set(digest, manifest);
      }
      return manifest;
    },
  };
}
