import { z } from 'zod';
import { Classification } from '../config.ts';
import { TOLD } from './description.ts';
import { DocumentMetadata } from './extracted.ts';
import { DocumentId, EmbeddingKey, VectorKey, WorkKey } from './ids.ts';

export const ManifestEntry = z.object({
  chunkId: z.string(),
  vectorKey: VectorKey,
  embeddingKey: EmbeddingKey,
  /** The chunk's text, without heading path; what a hit shows. */
  text: z.string(),
  path: z.array(z.string()),
  tableHeader: z.string().exactOptional(),
  page: z.int().positive().exactOptional(),
  /** UTF-16 offsets into the document's masked text. */
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  tokens: z.int().nonnegative(),
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/** The chunks that a generation has: immutable, named by its digest. The one that the head points to is the truth. */
export const Manifest = z.object({
  v: z.literal(1),
  document: DocumentId,
  model: z.string(),
  dimensions: z.int().positive(),
  /** What the file says of itself, masked. */
  metadata: DocumentMetadata,
  /** The words of its side-car and its address, masked. */
  said: DocumentMetadata.exactOptional(),
  uri: z.string().exactOptional(),
  format: z.string(),
  pages: z.int().nonnegative().exactOptional(),
  words: z.int().nonnegative().exactOptional(),
  ...TOLD,
  /** Types of personal data that were found in the document before it was masked, and the label that it bears. */
  found: z.array(z.string()).exactOptional(),
  label: Classification.exactOptional(),
  entries: z.array(ManifestEntry),
});
export type Manifest = z.infer<typeof Manifest>;

/** What it takes to get from the committed manifest to the wanted one. */
export const Plan = z.object({
  v: z.literal(1),
  manifest: Manifest,
  /** Digest of the manifest that it was compared with; committing is only right while that one is still committed. */
  base: z.string().nullable(),
  /** Entries (by position) that are new, embedded and written batch by batch. */
  added: z.array(z.int().nonnegative()),
  /** Keys to delete once it is committed. */
  removed: z.array(VectorKey),
  kept: z.int().nonnegative(),
  moved: z.int().nonnegative(),
  batchSize: z.int().positive(),
  /** What it was made from, to plan again when the base has changed. */
  elements: WorkKey,
  quality: z.number(),
  fingerprint: z.string(),
});
export type Plan = z.infer<typeof Plan>;
