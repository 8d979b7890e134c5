/**
 * The architecture: which event patterns feed which stage. The stacks make rule, queues, dead-letter queue and function
 * of each row; the local world registers the same stages behind the same patterns.
 */

export const STAGE_NAMES = [
  'detect-change',
  'validate',
  'extract-text',
  'extract-table',
  'extract-image',
  'extract-media',
  'run-task',
  'resume',
  'assess',
  'screen',
  'mask',
  'fuse',
  'describe',
  'chunk',
  'embed',
  'index',
  'measure',
] as const;
export type StageName = (typeof STAGE_NAMES)[number];

/** An EventBridge event pattern. */
export type EventPattern = { [field: string]: EventPattern | readonly unknown[] };
export type Lane = 'urgent' | 'bulk';

export type Route = {
  stage: StageName;
  /** Any of these feeds the stage. */
  on: readonly EventPattern[];
  /** What a service tells by an SNS topic alone, as the stage takes it: the topic feeds the stage's queue, no rule does. */
  byTopic?: readonly EventPattern[];
  /** `default` is the account's own bus, where S3 sends; `sluice` is ours. */
  bus: 'default' | 'sluice';
  lanes: readonly Lane[];
  /** Messages that one call of the stage may take; 1 unless said. */
  batch?: number;
};

const lanes = ['urgent', 'bulk'] as const;
const ours = (names: string | readonly string[], detail?: EventPattern): EventPattern => ({
  source: ['sluice'],
  'detail-type': typeof names === 'string' ? [names] : names,
  ...(detail && { detail }),
});
/** A person let a held document go on: the successor of the stage that held it takes it up. */
const releasedAfter = (stage: StageName): EventPattern => ours('document.released', { after: [stage] });

/** What an extractor takes: documents of its kind that a function can read, and those whose job it waited for. */
const extraction = (stage: StageName, modality: string): EventPattern[] => [
  ours('document.validated', { modality: [modality], runs: [{ exists: false }] }),
  ours('extraction.resumed', { stage: [stage] }),
];
/** A part of a document that its extractor divided. */
const partOf = (stage: StageName): EventPattern => ours('document.split', { stage: [stage] });

export const ROUTES: readonly Route[] = [
  {
    stage: 'detect-change',
    on: [{ source: ['aws.s3'], 'detail-type': ['Object Created', 'Object Deleted', 'Object Tags Added', 'Object Tags Deleted'] }],
    bus: 'default',
    lanes,
  },
  { stage: 'validate', on: [ours('document.changed')], bus: 'sluice', lanes },
  { stage: 'extract-text', on: [...extraction('extract-text', 'text'), partOf('extract-text')], bus: 'sluice', lanes },
  { stage: 'extract-table', on: [...extraction('extract-table', 'table'), partOf('extract-table')], bus: 'sluice', lanes },
  { stage: 'extract-image', on: extraction('extract-image', 'image'), bus: 'sluice', lanes },
  { stage: 'extract-media', on: extraction('extract-media', 'media'), bus: 'sluice', lanes },
  {
    stage: 'run-task',
    on: [ours('document.validated', { runs: ['task'] }), ours('extraction.resumed', { stage: ['run-task'] })],
    bus: 'sluice',
    lanes,
  },
  {
    stage: 'resume',
    on: [
      {
        source: ['aws.transcribe'],
        'detail-type': ['Transcribe Job State Change'],
        detail: { TranscriptionJobStatus: ['COMPLETED', 'FAILED'], TranscriptionJobName: [{ prefix: 'extract-media-' }] },
      },
      {
        source: ['aws.transcribe'],
        'detail-type': ['Call Analytics Job State Change'],
        detail: { JobStatus: ['COMPLETED', 'FAILED'], JobName: [{ prefix: 'extract-media-' }] },
      },
    ],
    byTopic: [{ source: ['aws.textract'], 'detail-type': ['Textract Job State Change'] }],
    bus: 'default',
    lanes: ['bulk'],
  },
  { stage: 'assess', on: [ours('document.extracted')], bus: 'sluice', lanes },
  { stage: 'screen', on: [ours('document.assessed'), releasedAfter('assess')], bus: 'sluice', lanes },
  { stage: 'mask', on: [ours('document.screened'), releasedAfter('screen')], bus: 'sluice', lanes },
  { stage: 'fuse', on: [ours('document.validated', { modality: ['case'] })], bus: 'sluice', lanes },
  { stage: 'describe', on: [ours('document.masked')], bus: 'sluice', lanes },
  { stage: 'chunk', on: [ours('document.described')], bus: 'sluice', lanes },
  { stage: 'embed', on: [ours('chunks.planned')], bus: 'sluice', lanes },
  { stage: 'index', on: [ours(['chunks.embedded', 'document.removed', 'document.access-changed'])], bus: 'sluice', lanes },
  { stage: 'measure', on: [{ source: ['sluice'] }], bus: 'sluice', lanes: ['bulk'], batch: 500 },
];
