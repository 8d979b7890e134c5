import type { Head } from '#schemas/records/head.ts';
import type { DocumentRecord } from '#schemas/records/pipeline-view.ts';
import { partRecords } from './cases/parts.ts';
import { servedChunks } from './served-chunks.ts';

/** A ledger row as people are shown it. */
export function documentRecord(head: Head): DocumentRecord {
  const parts = partRecords(head);
  return {
    documentId: head.document,
    uri: head.uri,
    source: head.source,
    state: head.state,
    generation: head.generation,
    served: !head.removed && head.committed?.manifest ? head.committed.generation : null,
    chunks: servedChunks(head),
    score: head.score ?? null,
    problem: head.problem ?? null,
    warned: head.warned ?? [],
    classification: head.classification,
    access: head.access,
    metadata: head.metadata,
    ...(parts && { parts }),
    updatedAt: new Date(head.updatedAt).toISOString(),
  };
}
