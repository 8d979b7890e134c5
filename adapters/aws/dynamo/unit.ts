import type { AuditEntry } from '#core/ports/audit.ts';
import type { VectorStore } from '#core/ports/indexes.ts';
import type { Head } from '#schemas/records/head.ts';
import type { DocumentId, VectorKey, WorkKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { Owed, StoredHead } from './ledger-items.ts';

/** A plan's set of batches as it was read, and the number to add. */
export type BatchWrite = { plan: WorkKey; batch: number; run: number; was: { revision: number; run: number } | undefined };

/** The writes of one transaction, gathered until it commits; reads see what is stored. */
export type Unit = {
  /** Heads as they were read. */
  read: Map<DocumentId, StoredHead | undefined>;
  puts: Map<DocumentId, Head>;
  holds: Map<DocumentId, Head>;
  manifests: Map<string, Manifest>;
  batches: BatchWrite[];
  deletedManifests: string[];
  forgotten: { document: DocumentId; upTo: number }[];
  deletedWork: Owed['work'];
  deletedVectors: VectorKey[];
  work: Map<WorkKey, object>;
  vectors: Parameters<VectorStore['upsert']>[0][number][];
  audit: AuditEntry[];
};

export const newUnit = (): Unit => ({
  read: new Map(),
  puts: new Map(),
  holds: new Map(),
  manifests: new Map(),
  batches: [],
  deletedManifests: [],
  forgotten: [],
  deletedWork: [],
  deletedVectors: [],
  work: new Map(),
  vectors: [],
  audit: [],
});
