import type { ErasureCertificate, FoundBy } from '#schemas/records/erasure.ts';
import type { DocumentId } from '#schemas/records/ids.ts';

export type Erasure = {
  id: string;
  at: number;
  /** Its name in certificates; null when documents were named. */
  subject: string | null;
  removed: readonly { document: DocumentId; generation: number; chunks: number }[];
  foundBy: ReadonlyMap<DocumentId, FoundBy[]>;
  /** What else was removed. */
  counts: Record<string, number>;
  kept: readonly string[];
  expires: ErasureCertificate['expires'];
};

/** Says what was removed where; it names documents by id and the subject by keyed hash. */
export function certificateOf({ id, at, subject, removed, foundBy, counts, kept, expires }: Erasure): ErasureCertificate {
  const chunks = removed.reduce((sum, one) => sum + one.chunks, 0);
  return {
    v: 1,
    id,
    at: new Date(at).toISOString(),
    subject,
    documents: removed.map(({ document, generation, chunks: own }) => ({
      documentId: document,
      foundBy: foundBy.get(document) ?? [],
      generation,
      chunks: own,
    })),
    removed: { documents: removed.length, chunks, ...counts },
    kept: [...kept],
    expires,
  };
}
