/**
 * The architecture: which event patterns feed which stage. The stacks make rule, queues, dead-letter queue and function
 * of each row; the local world registers the same stages behind the same patterns.
 */

export const STAGE_NAMES = [
  'detect-change',
  'validate',
  'extract-text',
  'extract-table',
  'assess',
  'screen',
  'mask',
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

export const ROUTES: readonly Route[] = [
  {
    stage: 'detect-change',
    on: [{ source: ['aws.s3'], 'detail-type': ['Object Created', 'Object Deleted', 'Object Tags Added', 'Object Tags Deleted'] }],
    bus: 'default',
    lanes,
  },
  { stage: 'validate', on: [ours('document.changed')], bus: 'sluice', lanes },
  { stage: 'extract-text', on: [ours('document.validated', { modality: ['text'] })], bus: 'sluice', lanes },
  { stage: 'extract-table', on: [ours('document.validated', { modality: ['table'] })], bus: 'sluice', lanes },
  { stage: 'assess', on: [ours('document.extracted')], bus: 'sluice', lanes },
  { stage: 'screen', on: [ours('document.assessed'), releasedAfter('assess')], bus: 'sluice', lanes },
  { stage: 'mask', on: [ours('document.screened'), releasedAfter('screen')], bus: 'sluice', lanes },
  { stage: 'chunk', on: [ours('document.masked')], bus: 'sluice', lanes },
  { stage: 'embed', on: [ours('chunks.planned')], bus: 'sluice', lanes },
  { stage: 'index', on: [ours(['chunks.embedded', 'document.removed', 'document.access-changed'])], bus: 'sluice', lanes },
  { stage: 'measure', on: [{ source: ['sluice'] }], bus: 'sluice', lanes: ['bulk'], batch: 500 },
];
