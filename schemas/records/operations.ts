import { z } from 'zod';
import { Classification, Purpose } from '../config.ts';
import { STAGE_NAMES } from '../routes.ts';
import { DocumentState, Metadata } from './head.ts';
import { QualityTally } from './quality-report.ts';

/** What operators ask of a deployed pipeline, and what it answers: the bodies of the API's POST requests. */

/** A key of the inbox; S3 takes at most 1,024 bytes. */
const Key = z
  .string()
  .min(1)
  .max(1_024)
  .refine((key) => Buffer.byteLength(key) <= 1_024 && !key.startsWith('/') && !key.split('/').includes('..'), 'no key of an inbox');
const Cursor = z.string().max(10_000).optional();
/** Where the next page begins; absent: this was the last. */
const next = z.string().exactOptional();
const count = z.int().nonnegative();

export const UploadsRequest = z.strictObject({
  files: z
    .array(z.strictObject({ key: Key, size: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1)
    .max(100),
});
export type UploadsRequest = z.infer<typeof UploadsRequest>;

/**
 * `document` is undefined for what the pipeline does not read. `upload` is undefined for an object that has these bytes
 * already. `generation`: the document's, before anything of this was done. `isKnown`: the ledger has seen these bytes.
 */
export const PlannedUpload = z.object({
  key: z.string(),
  document: z.string().exactOptional(),
  generation: count,
  isKnown: z.boolean(),
  upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()), seconds: z.number() }).exactOptional(),
});
export type PlannedUpload = z.infer<typeof PlannedUpload>;
export const UploadsAnswer = z.object({ files: z.array(PlannedUpload) });
export type UploadsAnswer = z.infer<typeof UploadsAnswer>;

export const KeysRequest = z.strictObject({ prefix: z.string().max(1_024), cursor: Cursor });
export const KeysAnswer = z.object({ keys: z.array(z.string()), next });
export type KeysAnswer = z.infer<typeof KeysAnswer>;

export const RemovalsRequest = z.strictObject({ keys: z.array(Key).min(1).max(100) });
/** Documents to wait for, until they are at a later generation. */
const toWaitFor = z.array(z.object({ key: z.string(), after: count }));
export const RemovalsAnswer = z.object({ documents: toWaitFor });
export type RemovalsAnswer = z.infer<typeof RemovalsAnswer>;

/** A document that is waited for; `after`: until it is at a later generation than this. */
export const ProgressRequest = z.strictObject({
  documents: z
    .array(z.strictObject({ key: Key, after: z.int().nonnegative().optional() }))
    .min(1)
    .max(100),
});
export type ProgressRequest = z.infer<typeof ProgressRequest>;

/** `settled`: the ledger has seen the object as it is, and the pipeline is done with it. */
export const Progress = z.object({
  key: z.string(),
  document: z.string(),
  settled: z.boolean(),
  generation: count,
  state: DocumentState.nullable(),
  uri: z.string(),
  problem: z.object({ stage: z.string(), code: z.string(), message: z.string() }).nullable(),
  /** What happened so far, of the newest generation and those before it; told of settled documents alone. */
  events: z.array(z.object({ generation: z.number(), at: z.string(), event: z.string(), facts: z.record(z.string(), z.unknown()) })),
});
export type Progress = z.infer<typeof Progress>;
export const ProgressAnswer = z.object({ documents: z.array(Progress) });
export type ProgressAnswer = z.infer<typeof ProgressAnswer>;

export const RefreshRequest = z.strictObject({ source: z.string().min(1).max(300), cursor: Cursor });
export const RefreshAnswer = z.object({ documents: toWaitFor, next });
export type RefreshAnswer = z.infer<typeof RefreshAnswer>;

export const ExportRequest = z.strictObject({
  source: z.string().max(300).optional(),
  purpose: Purpose.default('retrieval'),
  cursor: Cursor,
});
export const ExportedChunk = z.object({
  documentId: z.string(),
  uri: z.string(),
  chunkId: z.string(),
  text: z.string(),
  path: z.array(z.string()),
  page: z.number().nullable(),
  start: z.number(),
  end: z.number(),
  /** Hash of the stored vector; null when there is none. */
  vector: z.string().nullable(),
  metadata: Metadata.extend({ source: z.string(), classification: Classification, access: z.array(z.string()) }),
});
export type ExportedChunk = z.infer<typeof ExportedChunk>;
export const ExportAnswer = z.object({ chunks: z.array(ExportedChunk), next });
export type ExportAnswer = z.infer<typeof ExportAnswer>;

export const ReconcileRequest = z.strictObject({ cursor: Cursor });
/** Counts of one page, or of all; `drift` is the sum of all differences. */
export const Reconciliation = z.object({
  drift: count,
  /** Chunks of a served manifest that an index does not have. */
  missing: count,
  /** Stored chunks that no served manifest has. They are never served. */
  ghosts: count,
  /** Heads whose manifest is not stored. */
  broken: count,
  /** Documents indexed under another configuration than today's. */
  stale: count,
  documents: count,
  chunks: count,
  /** Files that differ from the ledger, or are gone, or are new. */
  unsynced: count,
});
export type Reconciliation = z.infer<typeof Reconciliation>;
export const ReconcileAnswer = z.object({ found: Reconciliation, next });
export type ReconcileAnswer = z.infer<typeof ReconcileAnswer>;

export const RedriveRequest = z.strictObject({ stage: z.enum(STAGE_NAMES).optional() });
export const RedriveAnswer = z.object({
  moved: z.array(z.object({ stage: z.enum(STAGE_NAMES), code: z.string(), count })),
  more: z.boolean(),
});
export type RedriveAnswer = z.infer<typeof RedriveAnswer>;

export const QualityRequest = z.strictObject({ source: z.string().max(300).optional(), cursor: Cursor });
export const QualityAnswer = z.object({ tally: QualityTally, next });
export type QualityAnswer = z.infer<typeof QualityAnswer>;

/** By id, address or key. */
export const StoryRequest = z.strictObject({ name: z.string().min(1).max(2_000) });
