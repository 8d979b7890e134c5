import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { Embedder } from './embedder.ts';
import type { Ranked } from './indexes.ts';

/** What is known of the documents that are wanted: a store that can looks at these alone. The caller filters in any case. */
export type SearchScope = { source?: string };

/** What a search reads. All of it shows one moment where the world has snapshots; hits are held against heads either way. */
export type SearchIndex = {
  embedder: Embedder;
  /** The `most` nearest; fewer mean that there are no more, or that the store gives no more than these. */
  nearest(vector: Float32Array, most: number, scope?: SearchScope): Promise<Ranked[]>;
  /** The `most` best by BM25; undefined where the store has no keyword search. */
  byKeywords: ((query: string, most: number) => Promise<Ranked[]>) | undefined;
  heads(documents: readonly DocumentId[]): Promise<Map<DocumentId, Head>>;
  manifest(digest: string): Promise<Manifest | undefined>;
};
