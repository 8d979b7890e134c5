import { z } from 'zod';
import { JobService } from '../records/head.ts';
import { DocumentId, WorkKey } from '../records/ids.ts';
import { RuleScore } from '../records/review.ts';

/**
 * What travels on the bus. Events carry pointers, keyed hashes and small facts, never content, names or personal
 * data; S3's own event, which holds the object's key, is the exception. Consumers take versions N and N-1 of `v`.
 */
const common = {
  v: z.literal(1),
  document: DocumentId,
  /** The source's name in the configuration. */
  source: z.string(),
  generation: z.int().positive(),
  /** Configuration revision under which this generation is processed. */
  revision: z.int().nonnegative(),
  lane: z.enum(['urgent', 'bulk']),
  /** Counted up at every stage; a loop ends at 30. */
  hops: z.int().nonnegative(),
  /** Rules that warned of this generation, and did not stop it. */
  warned: z.array(RuleScore).exactOptional(),
};
const checks = z.record(z.string(), z.number());
const elements = { elements: WorkKey };
const plan = { plan: WorkKey, batch: z.int().nonnegative(), of: z.int().nonnegative() };

export const DETAILS = {
  'document.changed': z.object({ ...common, parent: DocumentId.exactOptional() }),
  'document.removed': z.object({ ...common, reason: z.enum(['deleted', 'withdrawn']) }),
  'document.access-changed': z.object(common),
  'document.validated': z.object({
    ...common,
    modality: z.enum(['text', 'table', 'image', 'media', 'container', 'case']),
    format: z.string(),
    mediaType: z.string(),
    /** Too large for a function, and not to be divided: a task reads it. */
    runs: z.literal('task').exactOptional(),
  }),
  /** One part of a document that is read in parts side by side; whoever ends the last one joins them. */
  'document.split': z.object({ ...common, ...plan, stage: z.string() }),
  /** A service, or a task, works on the document; the stage goes on when that has ended. */
  'extraction.started': z.object({ ...common, stage: z.string(), service: JobService }),
  /** The job ended, or is overdue: the stage looks at it. `again` tells one look from the next. */
  'extraction.resumed': z.object({ ...common, stage: z.string(), service: JobService, again: z.int().nonnegative() }),
  'document.rejected': z.object({ ...common, stage: z.string(), code: z.string() }),
  /** `checks`: what each rule gave, those that passed included. */
  'document.held': z.object({
    ...common,
    stage: z.string(),
    rules: z.array(z.string()),
    score: z.number(),
    checks: checks.exactOptional(),
  }),
  /** A person let it go on past these rules. */
  'document.released': z.object({
    ...common,
    ...elements,
    after: z.string(),
    quality: z.number(),
    rules: z.array(z.string()).exactOptional(),
  }),
  'document.extracted': z.object({ ...common, ...elements, characters: z.int().nonnegative(), warnings: z.int().nonnegative() }),
  'document.assessed': z.object({ ...common, ...elements, score: z.number(), checks: checks.exactOptional() }),
  /** `score` is the risk that the screen saw, `quality` what `assess` gave; both 0..1. */
  'document.screened': z.object({ ...common, ...elements, score: z.number(), quality: z.number() }),
  /** `again` counts how often the chunks had to be planned anew because another generation was committed meanwhile. */
  'document.masked': z.object({
    ...common,
    ...elements,
    found: z.record(z.string(), z.int()),
    again: z.int().nonnegative(),
    quality: z.number(),
    /** Of a case, which no `assess` sees. */
    checks: checks.exactOptional(),
  }),
  /** As `document.masked`, with what is told of it. */
  'document.described': z.object({
    ...common,
    ...elements,
    found: z.record(z.string(), z.int()),
    again: z.int().nonnegative(),
    quality: z.number(),
  }),
  'chunks.planned': z.object({ ...common, ...plan }),
  'chunks.embedded': z.object({ ...common, ...plan, embedded: z.int().nonnegative(), reused: z.int().nonnegative() }),
  'document.indexed': z.object({
    ...common,
    chunks: z.int().nonnegative(),
    added: z.int().nonnegative(),
    removed: z.int().nonnegative(),
    kept: z.int().nonnegative(),
    /** Whether only metadata or access changed. */
    metadataOnly: z.boolean(),
    /** Milliseconds since the change was seen; absent when a newer one was seen meanwhile. */
    lagMs: z.number().nonnegative().exactOptional(),
  }),
  'document.unindexed': z.object({ ...common, removed: z.int().nonnegative() }),
} as const;

export type EventName = keyof typeof DETAILS;
export type Detail<N extends EventName> = z.infer<(typeof DETAILS)[N]>;
export const EVENT_NAMES = Object.keys(DETAILS) as EventName[];

/** The form of an event on EventBridge, and on the local bus. */
const envelope = {
  version: z.literal('0'),
  id: z.string(),
  account: z.string(),
  region: z.string(),
  /** ISO 8601 with seconds. */
  time: z.string(),
  resources: z.array(z.string()),
};

export const SLUICE_SOURCE = 'sluice';

const objectDetail = z.object({
  version: z.string(),
  bucket: z.object({ name: z.string() }),
  /** What made S3 send it (`PutObject`, ...); ours are `refresh` and `doubt`. */
  reason: z.string().exactOptional(),
  object: z.object({
    key: z.string(),
    size: z.number().exactOptional(),
    etag: z.string().exactOptional(),
    'version-id': z.string().exactOptional(),
    sequencer: z.string().exactOptional(),
  }),
});

/** S3's own event. A watched folder sends the same: the bucket is the source's name, the key the file's path. */
export const ObjectEvent = z.object({
  ...envelope,
  source: z.literal('aws.s3'),
  'detail-type': z.enum(['Object Created', 'Object Deleted', 'Object Tags Added', 'Object Tags Deleted']),
  detail: objectDetail,
});
export type ObjectEvent = z.infer<typeof ObjectEvent>;

/** What a service says when a job ends. Textract tells it by SNS; the message is given the form of an event. */
export const JobEvent = z.discriminatedUnion('detail-type', [
  z.object({
    ...envelope,
    source: z.literal('aws.transcribe'),
    'detail-type': z.literal('Transcribe Job State Change'),
    detail: z.object({ TranscriptionJobName: z.string(), TranscriptionJobStatus: z.string() }),
  }),
  z.object({
    ...envelope,
    source: z.literal('aws.transcribe'),
    'detail-type': z.literal('Call Analytics Job State Change'),
    detail: z.object({ JobName: z.string(), JobStatus: z.string() }),
  }),
  z.object({
    ...envelope,
    source: z.literal('aws.textract'),
    'detail-type': z.literal('Textract Job State Change'),
    detail: z.object({ JobId: z.string(), JobTag: z.string(), Status: z.string() }),
  }),
]);
export type JobEvent = z.infer<typeof JobEvent>;

export type SluiceEvent<N extends EventName = EventName> = {
  [K in N]: z.infer<z.ZodObject<typeof envelope>> & { source: typeof SLUICE_SOURCE; 'detail-type': K; detail: Detail<K> };
}[N];

export type BusEvent = SluiceEvent | ObjectEvent | JobEvent;

const Envelope = z.object({ ...envelope, source: z.string(), 'detail-type': z.string(), detail: z.unknown() });

const EventNames = z.enum(EVENT_NAMES);

/** Parses what came off a bus; throws zod's error when it is no event of ours or of a service. */
export function parseEvent(value: unknown): BusEvent {
  const head = Envelope.parse(value);
  if (head.source === 'aws.s3') return ObjectEvent.parse(value);
  if (head.source.startsWith('aws.')) return JobEvent.parse(value);
  const name = EventNames.parse(head['detail-type']);
  return { ...head, source: SLUICE_SOURCE, 'detail-type': name, detail: DETAILS[name].parse(head.detail) } as SluiceEvent;
}

/** The event in a message's body; an error when it holds none. */
export function readEvent(body: string): BusEvent | Error {
  try {
    return parseEvent(JSON.parse(body));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
