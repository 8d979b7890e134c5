import type { Head } from '#schemas/records/head.ts';
import type { DocumentId, WorkKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';

/**
 * The metadata tables. Every condition is checked at the latest when the stage's transaction commits; one that does not
 * hold throws `conflict`, nothing of the transaction stays, and the stage runs again on what is stored then.
 */
export type Ledger = {
  /** Undefined: never seen. A removed document still has its head. */
  head(document: DocumentId): Promise<Head | undefined>;
  /** Stores a head as `version + 1`, on condition that the stored one still has `head.version` (0: that there is none). */
  put(head: Head): Promise<void>;
  /** Conditions the transaction on the head being as it was read, without changing it. */
  holds(head: Head): Promise<void>;
  /** Undefined: no such manifest. */
  manifest(digest: string): Promise<Manifest | undefined>;
  /** Stores a manifest under its digest; storing it twice is storing it once. */
  putManifest(digest: string, manifest: Manifest): Promise<void>;
  deleteManifest(digest: string): Promise<void>;
  /** Adds a batch number to a plan's set; answers whether the set is full then. Adding it twice is adding it once. */
  addBatch(plan: WorkKey, batch: number, of: number): Promise<boolean>;
  /** Whether a step of a generation was carried out. */
  isDone(document: DocumentId, generation: number, step: string): Promise<boolean>;
  /** Forgets the steps and batch sets of the generations up to this one. */
  forgetSteps(document: DocumentId, generation: number): Promise<void>;
};
