import type { Head } from '#schemas/records/head.ts';
import type { VectorKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';

/** No `next`: it was the last page. A page may be empty without being the last. */
export type Page<T> = { items: T[]; next: string | undefined };

/**
 * What an export or a full comparison reads, page by page, beside the pipeline: a store without snapshots shows each page
 * as it is when it is asked for.
 */
export type Inspection = {
  /**
   * Heads of all states, in no order that says anything. One that changes meanwhile may come twice, and is never left out;
   * with `changedBefore` (ms) it is left out instead.
   */
  heads(query: { source?: string; changedBefore?: number; cursor?: string; limit: number }): Promise<Page<Head>>;
  headsById(documents: readonly Head['document'][]): Promise<Map<Head['document'], Head>>;
  manifest(digest: string): Promise<Manifest | undefined>;
  /** The stored vectors of those keys that have one. */
  vectors(keys: readonly VectorKey[]): Promise<Map<VectorKey, Float32Array>>;
  /** Those of the keys that every index has. */
  indexed(keys: readonly VectorKey[]): Promise<Set<VectorKey>>;
  /** The keys that an index has, whoever wants them. */
  storedKeys(cursor?: string): Promise<Page<VectorKey>>;
};
