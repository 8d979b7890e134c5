import type { Head } from '#schemas/records/head.ts';
import type { DocumentRecord } from '#schemas/records/pipeline-view.ts';

/** A ledger row as people are shown it. */
export const documentRecord = (head: Head): DocumentRecord => ({
  documentId: head.document,
  uri: head.uri,
  source: head.source,
  state: head.state,
  generation: head.generation,
  served: !head.removed && head.committed?.manifest ? head.committed.generation : null,
  chunks: head.committed?.chunks ?? 0,
  score: head.score ?? null,
  problem: head.problem ?? null,
  warned: head.warned ?? [],
  classification: head.classification,
  access: head.access,
  metadata: head.metadata,
  updatedAt: new Date(head.updatedAt).toISOString(),
});
