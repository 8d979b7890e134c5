import type { DocumentId, EmbeddingKey, VectorKey } from '#schemas/records/ids.ts';

/** Vectors by keyed hash of model, dimensions and text, across all documents: what was embedded once is not again. */
export type EmbeddingCache = {
  /** Those of `keys` that are there. */
  has(keys: readonly EmbeddingKey[]): Promise<Set<EmbeddingKey>>;
  /** May take effect before the transaction commits: a vector depends on its key alone, and nothing refers to it yet. */
  put(entries: readonly { key: EmbeddingKey; vector: Float32Array }[]): Promise<void>;
  /** Keys that are not there are no error; who needs one again embeds it again. May take effect before the transaction commits. */
  delete(keys: readonly EmbeddingKey[]): Promise<void>;
};

/** A key with its score, higher is better; best first, ties by key. */
export type Ranked = { key: VectorKey; score: number };

/**
 * Deletes, as the transaction finds them when it commits, a document's keys that these generations (from, to) wrote, but
 * for those to keep. Absent where a store cannot list its keys; there a reconciliation finds what was left.
 */
export type Prune = (document: DocumentId, generations: readonly [number, number], keep: ReadonlySet<VectorKey>) => Promise<void>;

/** Approximate or exact nearest neighbours. May hold keys that no manifest has; the reader drops them. */
export type VectorStore = {
  /**
   * Takes each vector from the embedding cache; a missing one throws `conflict`. Writing a key twice is writing it once.
   * `source` never changes for a key; a store may search within it.
   */
  upsert(entries: readonly { key: VectorKey; embedding: EmbeddingKey; source: string }[]): Promise<void>;
  /** Keys that are not there are no error. */
  delete(keys: readonly VectorKey[]): Promise<void>;
  prune?: Prune;
};

export type KeywordIndex = {
  upsert(entries: readonly { key: VectorKey; path: string; text: string }[]): Promise<void>;
  delete(keys: readonly VectorKey[]): Promise<void>;
  prune?: Prune;
};
