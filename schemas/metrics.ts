/**
 * Every metric: its unit, the dimensions that a value is published under, who emits it, and what it means. Alarms and
 * dashboards (`stacks/`), both worlds' adapters and `docs/metrics.md` are made from this table. Dimensions are names from
 * our own code and configuration, never of a file or a person.
 */

export type Dimension = 'source' | 'stage' | 'code' | 'rule' | 'provider' | 'model';
export type Unit = 'Count' | 'Milliseconds' | 'Seconds' | 'None';
/** Who records it. */
export type Emitter = 'measure' | 'runtime' | 'resilience' | 'sweep';

type Definition = {
  unit: Unit;
  /** Each set of dimensions is a series of its own; `[]` is the one over everything, for alarms. */
  by: readonly (readonly Dimension[])[];
  emitter: Emitter;
  /** Where it is recorded, if not in both worlds. */
  only?: 'aws';
  meaning: string;
};

const bySource = [['source'], []] as const;
const byStage = [['stage'], []] as const;
const byModel = [['provider', 'model'], []] as const;

export const METRICS = {
  DocumentsIn: {
    unit: 'Count',
    by: bySource,
    emitter: 'measure',
    meaning: 'Changes taken in: new or changed content, metadata or access.',
  },
  DocumentsOut: { unit: 'Count', by: bySource, emitter: 'measure', meaning: 'Changes that search serves from now on.' },
  DocumentsRemoved: { unit: 'Count', by: bySource, emitter: 'measure', meaning: 'Documents taken out of the index: deleted or withdrawn.' },
  DocumentsRejected: {
    unit: 'Count',
    by: [['source'], ['code'], []],
    emitter: 'measure',
    meaning: 'Documents that were found at fault; `code` says why (docs/errors.md).',
  },
  DocumentsHeld: { unit: 'Count', by: bySource, emitter: 'measure', meaning: "Documents set aside for a person's decision." },
  DocumentsFailed: { unit: 'Count', by: bySource, emitter: 'runtime', meaning: 'Documents whose message became a dead letter.' },
  QualityScore: {
    unit: 'None',
    by: bySource,
    emitter: 'measure',
    meaning: 'Quality that `assess` gave a document, or `fuse` a case, 0..1; its average counts.',
  },
  RulePassRate: {
    unit: 'None',
    by: bySource,
    emitter: 'measure',
    meaning:
      'Share of documents that pass the quality rules: 1 for each that passed, 0 for each that they held or rejected; its average counts.',
  },
  CheckPassRate: {
    unit: 'None',
    by: [['rule'], []],
    emitter: 'measure',
    meaning:
      'Share of documents that pass one rule: 1 for each that passed it, 0 for each of which it warned or that it stopped; its average counts.',
  },
  RulesetPassRate: {
    unit: 'None',
    by: [['source', 'rule'], []],
    emitter: 'measure',
    meaning: "Share of a ruleset's rules that a table passes, 0..1, wherever it was judged; `rule` is `rules:<name>`. Its average counts.",
  },
  TableRulePassRate: {
    unit: 'None',
    by: [['source', 'rule']],
    emitter: 'measure',
    meaning:
      'Share of judgements in which a table passes one rule of a ruleset: 1 where it passes, 0 where not; `rule` is `rules:<name>/<number>-<type>`, of the first 50 rules of a ruleset. Its average counts.',
  },
  HoldRate: {
    unit: 'None',
    by: bySource,
    emitter: 'measure',
    meaning: 'Share of documents that are set aside for a person: 1 for each that is, 0 for each that is indexed; its average counts.',
  },
  Freshness: {
    unit: 'Seconds',
    by: bySource,
    emitter: 'measure',
    meaning: 'Time from when a change was seen in its source until search serves it.',
  },
  ChunksEmbedded: { unit: 'Count', by: bySource, emitter: 'measure', meaning: 'Texts that the embedder was called for.' },
  ChunksReused: { unit: 'Count', by: bySource, emitter: 'measure', meaning: 'Chunks that were kept, or whose vector was known.' },
  StageLatency: { unit: 'Milliseconds', by: [['stage']], emitter: 'runtime', meaning: 'Time of one run of a stage, whatever came of it.' },
  MessageAge: {
    unit: 'Seconds',
    by: byStage,
    emitter: 'runtime',
    meaning: 'Age of an event when its stage takes it up: time in the queue, tries before it included.',
  },
  StageRetries: {
    unit: 'Count',
    by: byStage,
    emitter: 'runtime',
    meaning: 'Runs that failed because of the world, and are tried again.',
  },
  StageConflicts: {
    unit: 'Count',
    by: byStage,
    emitter: 'runtime',
    meaning: 'Runs done anew because another stage wrote to the same document.',
  },
  DeadLetters: { unit: 'Count', by: byStage, emitter: 'runtime', meaning: 'Messages that were given up.' },
  DeadLettersWaiting: {
    unit: 'Count',
    by: [[]],
    emitter: 'sweep',
    only: 'aws',
    meaning: 'Messages that lie in dead-letter queues; not recorded while there are none.',
  },
  Drift: {
    unit: 'Count',
    by: bySource,
    emitter: 'sweep',
    meaning:
      'Differences between a source and the ledger that a full comparison found while events were being listened to; 0 when in step.',
  },
  Throttles: { unit: 'Count', by: byModel, emitter: 'resilience', meaning: 'Calls that a service refused because there were too many.' },
  CircuitOpen: {
    unit: 'None',
    by: byModel,
    emitter: 'resilience',
    meaning: '1 when the circuit of a service opens or refuses a call, 0 when it closes again; its maximum counts.',
  },
  ServiceRequests: { unit: 'Count', by: byModel, emitter: 'resilience', meaning: 'Calls of a paid service: a cost unit.' },
  ServiceTokens: { unit: 'Count', by: byModel, emitter: 'resilience', meaning: 'Tokens sent to a model: a cost unit.' },
  ServicePages: { unit: 'Count', by: byModel, emitter: 'resilience', meaning: 'Pages sent to a service: a cost unit.' },
  ServiceSeconds: { unit: 'Seconds', by: byModel, emitter: 'resilience', meaning: 'Seconds of media sent to a service: a cost unit.' },
} as const satisfies Record<string, Definition>;

export type MetricName = keyof typeof METRICS;
/** A value for each dimension of a metric. */
export type Dimensions<N extends MetricName> = Record<(typeof METRICS)[N]['by'][number][number], string>;

export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

/** The CloudWatch namespace; the dimension `service`, which Powertools adds, tells deployments apart. */
export const METRICS_NAMESPACE = 'Sluice';
/** Environment variable with the name of the deployment: `<app>-<stage>`. */
export const SERVICE_VARIABLE = 'POWERTOOLS_SERVICE_NAME';

/** Series that a metric is published as. */
export const seriesOf = (name: MetricName): readonly (readonly Dimension[])[] => METRICS[name].by;
