import { z } from 'zod';

/** Keyed hash of (source, native id or path): no name travels in events. */
export const DocumentId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand('DocumentId');
export type DocumentId = z.infer<typeof DocumentId>;

/** Hex SHA-256 of a document's bytes. Stays in the ledger; what leaves it is a keyed hash. */
export const ContentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand('ContentHash');
export type ContentHash = z.infer<typeof ContentHash>;

/** Where an intermediate result stands: `unmasked|masked/<documentId>/<generation>/<stage>-<fingerprint>`. */
export const WorkKey = z
  .string()
  .regex(/^(unmasked|masked)\/[0-9a-f]{32}\/\d+\/[a-z-]+-[0-9a-f]+$/)
  .brand('WorkKey');
export type WorkKey = z.infer<typeof WorkKey>;

/** `documentId/chunkId@birthGeneration`: a key that was deleted is never written again. */
export const VectorKey = z
  .string()
  .regex(/^[0-9a-f]{32}\/[0-9a-f]{32}@\d+$/)
  .brand('VectorKey');
export type VectorKey = z.infer<typeof VectorKey>;

/** Keyed hash of (model, dimensions, embedded text). */
export const EmbeddingKey = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand('EmbeddingKey');
export type EmbeddingKey = z.infer<typeof EmbeddingKey>;

export const vectorKey = (document: DocumentId, chunkId: string, birthGeneration: number): VectorKey =>
  `${document}/${chunkId}@${birthGeneration}` as VectorKey;

export const documentOf = (key: VectorKey): DocumentId => key.slice(0, 32) as DocumentId;

/** The generation that wrote a key. */
export const birthOf = (key: VectorKey): number => Number(key.slice(key.indexOf('@') + 1));
