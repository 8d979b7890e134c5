import { z } from 'zod';
import { DocumentId } from './ids.ts';

/**
 * Why a document is erased: it was named, or the subject is among the personal data found in it, in its file's name, or in its
 * text. `related`: it lies in one that is, or repeats it.
 */
export const FoundBy = z.enum(['document', 'identifier', 'file-name', 'text', 'related']);
export type FoundBy = z.infer<typeof FoundBy>;

const count = z.int().nonnegative();

/** What was removed, for whom and from where, without a word that names anybody. */
export const ErasureCertificate = z.object({
  v: z.literal(1),
  id: z.string(),
  /** ISO 8601. */
  at: z.string(),
  /** Keyed hash of the subject; null when documents were named. */
  subject: z.string().nullable(),
  documents: z.array(z.object({ documentId: DocumentId, foundBy: z.array(FoundBy), generation: count, chunks: count })),
  /** Rows, objects and files that are gone, by where they were. */
  removed: z.record(z.string(), count),
  /** What stays, and why. */
  kept: z.array(z.string()),
  /** What goes by itself later; `by`: at the latest, ISO 8601. */
  expires: z.array(z.object({ what: z.string(), by: z.string() })),
});
export type ErasureCertificate = z.infer<typeof ErasureCertificate>;

/** A document that would be erased. */
export const ErasureCandidate = z.object({ documentId: DocumentId, uri: z.string(), foundBy: z.array(FoundBy), chunks: count });
export type ErasureCandidate = z.infer<typeof ErasureCandidate>;

export const ErasureRequest = z.strictObject({
  /** By id, address or key. */
  documents: z.array(z.string().min(1).max(2_000)).max(20).default([]),
  subject: z.string().min(1).max(500).optional(),
  /** The id under which it is erased; without one nothing is changed. */
  certificate: z.uuid().optional(),
  cursor: z.string().max(10_000).optional(),
});
export const ErasureAnswer = z.object({ documents: z.array(ErasureCandidate), next: z.string().exactOptional() });
export type ErasureAnswer = z.infer<typeof ErasureAnswer>;

/** What was erased under an id, to be certified. */
export const CertificateRequest = z.strictObject({
  id: z.uuid(),
  subject: z.string().min(1).max(500).optional(),
  documents: z.array(ErasureCandidate.omit({ uri: true })).max(20_000),
});
