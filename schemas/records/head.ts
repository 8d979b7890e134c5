import { z } from 'zod';
import { Classification, Principal, Purpose } from '../config.ts';
import { DESCRIPTION } from './description.ts';
import { ContentHash, DocumentId } from './ids.ts';
import { Decision, Hold, RuleScore } from './review.ts';
import { Sidecar } from './sidecar.ts';

/** A file's outside, as far as it tells a change from none. */
export const FileFacts = z.object({
  size: z.number().nonnegative(),
  /** Nanoseconds as decimal text: more than a number holds. */
  mtimeNs: z.string(),
  ctimeNs: z.string(),
  inode: z.string(),
});
export type FileFacts = z.infer<typeof FileFacts>;

/** An object's outside in a bucket. */
export const ObjectFacts = z.object({
  size: z.number().nonnegative(),
  etag: z.string(),
  /** Absent in a bucket that keeps no versions. */
  versionId: z.string().exactOptional(),
  lastModified: z.iso.datetime(),
  /** Of a file within another: its key among those that were put aside. */
  kept: z.string().exactOptional(),
});
export type ObjectFacts = z.infer<typeof ObjectFacts>;

const Facts = z.union([FileFacts, ObjectFacts]);

/** What can be filtered on and shown with a hit. */
export const Metadata = z.object({
  title: z.string().exactOptional(),
  author: z.string().exactOptional(),
  created: z.string().exactOptional(),
  modified: z.string().exactOptional(),
  language: z.string().exactOptional(),
  format: z.string().exactOptional(),
  pages: z.number().exactOptional(),
  words: z.number().exactOptional(),
  /** How hard it is to read (LIX): 25 a book for children, 45 a newspaper, 60 a law. */
  readingLevel: z.number().exactOptional(),
  tags: z.array(z.string()),
  ...DESCRIPTION,
  caseKey: z.string().exactOptional(),
});
export type Metadata = z.infer<typeof Metadata>;

/** A document of a case, as it was when the case was looked at. */
export const CasePart = z.object({
  document: DocumentId,
  uri: z.string(),
  metadata: Metadata,
  /** Digest of what search serves of it; absent where that is nothing. */
  manifest: z.string().exactOptional(),
  /** Rules that warned of what is served. */
  warned: z.array(RuleScore).exactOptional(),
  /** Why nothing of it is in the case. */
  leftOut: z.enum(['held', 'rejected', 'failed']).exactOptional(),
});
export type CasePart = z.infer<typeof CasePart>;

/** What was seen of a document in its source, and when (ms). */
export const Observation = z.object({
  facts: Facts,
  contentHash: ContentHash,
  /** The side-car's facts; absent when there is none. */
  sidecarFacts: Facts.exactOptional(),
  /** Absent when there is none; a string says why it cannot be read. */
  sidecar: z.union([Sidecar, z.string()]).exactOptional(),
  /** Of a recording: the file beside it that says what is said. */
  transcript: z.object({ suffix: z.enum(['.vtt', '.srt']), facts: Facts, contentHash: ContentHash }).exactOptional(),
  /** Of a case: the documents in it, in time order. */
  parts: z.array(CasePart).exactOptional(),
  at: z.number(),
});
export type Observation = z.infer<typeof Observation>;

export const JobService = z.enum(['ocr', 'speech', 'task']);
export type JobService = z.infer<typeof JobService>;

/** Work on a document that goes on outside of the pipeline, and which stage waits for it. Times are ms. */
export const Job = z.object({
  service: JobService,
  /** The service's own name for it. */
  id: z.string(),
  stage: z.string(),
  /** How often it was begun, lost ones included. */
  tries: z.int().positive(),
  since: z.number(),
  /** From then on it is asked about, even if nothing was heard of it. */
  until: z.number(),
});
export type Job = z.infer<typeof Job>;

export const Problem = z.object({
  stage: z.string(),
  code: z.string(),
  message: z.string(),
  generation: z.int(),
  at: z.number(),
  /** Rules that rejected it. */
  rules: z.array(RuleScore).exactOptional(),
});
export type Problem = z.infer<typeof Problem>;

/** The generation that search serves. */
export const Committed = z.object({
  generation: z.int().positive(),
  /** Digest of its manifest; null when there is nothing to serve (removed, withdrawn). */
  manifest: z.string().nullable(),
  chunks: z.int().nonnegative(),
  fingerprint: z.string(),
  /** The address that whoever searches is shown, where a name in its own one is masked. */
  uri: z.string().exactOptional(),
  at: z.number(),
});
export type Committed = z.infer<typeof Committed>;

export const DocumentState = z.enum(['processing', 'indexed', 'rejected', 'held', 'failed', 'removed']);
export type DocumentState = z.infer<typeof DocumentState>;

/** The ledger row of a document. Never deleted: a removal is a generation with nothing to serve. */
export const Head = z.object({
  document: DocumentId,
  /** Counted up at each write; a write names the version that it read. 0: not stored yet. */
  version: z.int().nonnegative(),
  source: z.string(),
  /** Path or native id within the source. */
  nativeId: z.string(),
  uri: z.string(),
  /** The end of its address that lies below its source's root: its folders there, and its name. Absent in an older head. */
  named: z.string().exactOptional(),
  /** Counts observed states: each change, removal, refresh or release. */
  generation: z.int().nonnegative(),
  state: DocumentState,
  /** The configuration under which the current generation runs. */
  revision: z.int().nonnegative(),
  observation: Observation.nullable(),
  /** Paths of the files within it that are documents of their own. */
  members: z.array(z.string()).exactOptional(),
  /** Files within it that were erased: nothing that is made of it has their names. */
  erasedMembers: z.array(DocumentId).exactOptional(),
  /** True from the moment that the removal was seen. */
  removed: z.boolean(),
  committed: Committed.nullable(),
  classification: Classification,
  access: z.array(Principal),
  /** Absent in a head of before purposes were stated. */
  purposes: z.array(Purpose).exactOptional(),
  metadata: Metadata,
  score: z.number().exactOptional(),
  /** Rules that warned of what is served, and did not stop it. */
  warned: z.array(RuleScore).exactOptional(),
  problem: Problem.exactOptional(),
  /** Present while it is held. */
  hold: Hold.exactOptional(),
  /** What people decided about it, the oldest first. */
  decisions: z.array(Decision).exactOptional(),
  /** Present while the current generation waits for it. */
  job: Job.exactOptional(),
  updatedAt: z.number(),
});
export type Head = z.infer<typeof Head>;
