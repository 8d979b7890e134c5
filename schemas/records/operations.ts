import { z } from 'zod';
import type { Classification } from '../config.ts';
import { STAGE_NAMES } from '../routes.ts';
import type { DocumentState, Metadata } from './head.ts';
import type { StoryEvent } from './pipeline-view.ts';

/** What operators ask of a deployed pipeline, and what it answers: the bodies of the API's POST requests. */

/** A key of the inbox; S3 takes at most 1,024 bytes. */
const Key = z
  .string()
  .min(1)
  .max(1_024)
  .refine((key) => Buffer.byteLength(key) <= 1_024 && !key.startsWith('/') && !key.split('/').includes('..'), 'no key of an inbox');
const Cursor = z.string().max(10_000).optional();

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
export type PlannedUpload = {
  key: string;
  document?: string;
  generation: number;
  isKnown: boolean;
  upload?: { url: string; headers: Record<string, string>; seconds: number };
};
export type UploadsAnswer = { files: PlannedUpload[] };

export const KeysRequest = z.strictObject({ prefix: z.string().max(1_024), cursor: Cursor });
export type KeysAnswer = { keys: string[]; next?: string };

export const RemovalsRequest = z.strictObject({ keys: z.array(Key).min(1).max(100) });
/** Documents to wait for. */
export type RemovalsAnswer = { documents: { key: string; after: number }[] };

/** A document that is waited for; `after`: until it is at a later generation than this. */
export const ProgressRequest = z.strictObject({
  documents: z
    .array(z.strictObject({ key: Key, after: z.int().nonnegative().optional() }))
    .min(1)
    .max(100),
});
export type ProgressRequest = z.infer<typeof ProgressRequest>;

/** `settled`: the ledger has seen the object as it is, and the pipeline is done with it. */
export type Progress = {
  key: string;
  document: string;
  settled: boolean;
  generation: number;
  state: DocumentState | null;
  uri: string;
  problem: { stage: string; code: string; message: string } | null;
  /** What happened so far, of the newest generation and those before it; told of settled documents alone. */
  events: StoryEvent[];
};
export type ProgressAnswer = { documents: Progress[] };

export const RefreshRequest = z.strictObject({ source: z.string().min(1).max(300), cursor: Cursor });
export type RefreshAnswer = { documents: { key: string; after: number }[]; next?: string };

export const ExportRequest = z.strictObject({ source: z.string().max(300).optional(), cursor: Cursor });
export type ExportedChunk = {
  documentId: string;
  uri: string;
  chunkId: string;
  text: string;
  path: string[];
  page: number | null;
  start: number;
  end: number;
  /** Hash of the stored vector; null when there is none. */
  vector: string | null;
  metadata: Metadata & { source: string; classification: Classification; access: string[] };
};
export type ExportAnswer = { chunks: ExportedChunk[]; next?: string };

export const ReconcileRequest = z.strictObject({ cursor: Cursor });
/** Counts of one page; `drift` is the sum of all differences. */
export type Reconciliation = {
  drift: number;
  /** Chunks of a served manifest that an index does not have. */
  missing: number;
  /** Stored chunks that no served manifest has. They are never served. */
  ghosts: number;
  /** Heads whose manifest is not stored. */
  broken: number;
  /** Documents indexed under another configuration than today's. */
  stale: number;
  documents: number;
  chunks: number;
  /** Files that differ from the ledger, or are gone, or are new. */
  unsynced: number;
};
export type ReconcileAnswer = { found: Reconciliation; next?: string };

export const RedriveRequest = z.strictObject({ stage: z.enum(STAGE_NAMES).optional() });
export type RedriveAnswer = { moved: { stage: string; code: string; count: number }[]; more: boolean };
