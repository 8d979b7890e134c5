import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { Embedder } from './embedder.ts';
import type { Ranked } from './indexes.ts';

/** What a search reads. All of it shows one moment where the world has snapshots; hits are held against heads either way. */
export type SearchIndex = {
  embedder: Embedder;
  /** The `most` nearest; fewer mean that there are no more. */
  nearest(vector: Float32Array, most: number): Promise<Ranked[]>;
  /** The `most` best by BM25; undefined where the store has no keyword search. */
  byKeywords: ((query: string, most: number) => Promise<Ranked[]>) | undefined;
  heads(documents: readonly DocumentId[]): Promise<Map<DocumentId, Head>>;
  manifest(digest: string): Promise<Manifest | undefined>;
};
