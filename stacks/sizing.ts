import type { FunctionName } from '#schemas/functions.ts';

export type Sizing = {
  memoryMb: number;
  timeoutSeconds: number;
  /** Messages that one call takes; absent for what no queue feeds. */
  batch?: number;
  /** Time that a call waits for its batch to fill. */
  windowSeconds?: number;
  /** Calls at once for each lane; absent for what no queue feeds. */
  concurrency?: { urgent: number; bulk: number };
  /** Scratch space; Lambda gives 512 MB for nothing. */
  diskMb?: number;
  because: string;
};

/**
 * What each function gets. Lambda gives processor time by memory: one whole processor at 1769 MB. A queue's visibility
 * time is six times the time-out, so a time-out is also a bound on how long a dead container holds a document up.
 */
export const SIZING: Record<FunctionName, Sizing> = {
  'detect-change': {
    memoryMb: 512,
    timeoutSeconds: 60,
    batch: 10,
    concurrency: { urgent: 10, bulk: 20 },
    because: 'a HEAD and a conditional write for each message, and now and then a hash of an object that is streamed',
  },
  validate: {
    memoryMb: 1024,
    timeoutSeconds: 120,
    batch: 1,
    concurrency: { urgent: 10, bulk: 20 },
    because: 'opens a file and looks at its directory and head; one file of 200 MB fills the memory, so none shares it',
  },
  'extract-text': {
    memoryMb: 3008,
    timeoutSeconds: 600,
    diskMb: 2048,
    batch: 1,
    concurrency: { urgent: 10, bulk: 30 },
    because:
      'parsing is the heaviest work: a large PDF and its pages in memory, at 1.7 processors; the object lies on disk, a part of it beside',
  },
  'extract-table': {
    memoryMb: 3008,
    timeoutSeconds: 600,
    diskMb: 2048,
    batch: 1,
    concurrency: { urgent: 10, bulk: 20 },
    because: 'a workbook of a million cells in memory',
  },
  'extract-image': {
    memoryMb: 1024,
    timeoutSeconds: 300,
    batch: 1,
    concurrency: { urgent: 5, bulk: 10 },
    because: 'waits for OCR with a picture of 10 MB and its base64; more calls at once would only wait for the same budget',
  },
  'extract-media': {
    memoryMb: 512,
    timeoutSeconds: 120,
    batch: 1,
    concurrency: { urgent: 5, bulk: 10 },
    because: 'begins a job, or reads its transcript; the recording itself never comes here',
  },
  'run-task': {
    memoryMb: 256,
    timeoutSeconds: 60,
    batch: 1,
    concurrency: { urgent: 2, bulk: 2 },
    because: 'starts a task or asks for its state; a task is dear, so few are started at once',
  },
  resume: {
    memoryMb: 256,
    timeoutSeconds: 30,
    batch: 10,
    concurrency: { urgent: 5, bulk: 5 },
    because: 'reads a head and tells its stage to go on',
  },
  assess: {
    memoryMb: 512,
    timeoutSeconds: 60,
    batch: 5,
    concurrency: { urgent: 10, bulk: 20 },
    because: 'reads the extracted text once; language detection takes milliseconds',
  },
  screen: {
    memoryMb: 512,
    timeoutSeconds: 120,
    batch: 5,
    concurrency: { urgent: 10, bulk: 20 },
    because: 'reads the extracted text once, with rules and a classifier; a guardrail is asked window by window and is what it waits for',
  },
  mask: {
    memoryMb: 512,
    timeoutSeconds: 120,
    batch: 5,
    concurrency: { urgent: 10, bulk: 20 },
    because: 'reads the text once; an outside detector is called in pieces and is what it waits for',
  },
  fuse: {
    memoryMb: 1024,
    timeoutSeconds: 120,
    batch: 1,
    concurrency: { urgent: 5, bulk: 10 },
    because: 'reads what is served of all documents of a case, up to 500; the rules of its user may take their time',
  },
  describe: {
    memoryMb: 512,
    timeoutSeconds: 120,
    batch: 5,
    concurrency: { urgent: 10, bulk: 20 },
    because:
      'looks at the first 20,000 characters with word lists that it holds; an outside service is called in batches and is what it waits for',
  },
  chunk: {
    memoryMb: 1024,
    timeoutSeconds: 120,
    batch: 5,
    concurrency: { urgent: 10, bulk: 20 },
    because: 'holds the text, the old manifest and the new one of a long document at once',
  },
  embed: {
    memoryMb: 512,
    timeoutSeconds: 300,
    batch: 1,
    concurrency: { urgent: 5, bulk: 10 },
    because: "waits for the model; more calls at once would only be throttled, since all share the model's rate budget",
  },
  index: {
    memoryMb: 512,
    timeoutSeconds: 120,
    batch: 1,
    concurrency: { urgent: 5, bulk: 10 },
    because: 'S3 Vectors takes 1000 requests or 2500 vectors a second and index, so ten writers with full batches are enough',
  },
  measure: {
    memoryMb: 256,
    timeoutSeconds: 60,
    batch: 500,
    windowSeconds: 10,
    concurrency: { urgent: 2, bulk: 2 },
    because: 'sees every event of the pipeline; a full batch in one write costs a fraction of many small ones, and nobody waits for it',
  },
  api: {
    memoryMb: 1024,
    timeoutSeconds: 29,
    because: 'a person waits: more processor for the first answer; the HTTP API ends a request at 30 s',
  },
  detokenise: {
    memoryMb: 512,
    timeoutSeconds: 29,
    because: 'a person waits for some tokens; as the API, it has to answer before the HTTP API ends the request',
  },
  catalogue: {
    memoryMb: 256,
    timeoutSeconds: 300,
    because: 'lists tables and their files and begins an evaluation for each; Glue does the work',
  },
  sweep: {
    memoryMb: 1024,
    timeoutSeconds: 900,
    because: 'lists the inbox and compares it with the ledger; what it has no time for is left to its next run',
  },
};
