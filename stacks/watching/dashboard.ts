import { CHECK_NAMES } from '#schemas/quality.ts';
import { STAGE_NAMES } from '#schemas/routes.ts';
import { named, region } from '../names.ts';
import { ofAllFunctions, own, type Series } from './series.ts';

type Graph = { title: string; series: readonly Series[]; stacked?: true; unit?: string };

/** Up to three dashboards of at most 50 metrics cost nothing in an account. */
const GRAPHS: readonly Graph[] = [
  {
    title: 'Documents',
    series: [
      own('DocumentsIn', 'Sum'),
      own('DocumentsOut', 'Sum'),
      own('DocumentsRemoved', 'Sum'),
      own('DocumentsRejected', 'Sum'),
      own('DocumentsHeld', 'Sum'),
      own('DocumentsFailed', 'Sum'),
    ],
  },
  { title: 'Freshness: seconds from change to served', series: [own('Freshness', 'p50'), own('Freshness', 'p95')] },
  {
    title: 'Given up, tried again, drifted',
    series: [own('DeadLetters', 'Sum'), own('DeadLettersWaiting', 'Maximum'), own('StageRetries', 'Sum'), own('Drift', 'Sum')],
  },
  { title: 'Seconds that messages waited', series: [own('MessageAge', 'p50'), own('MessageAge', 'Maximum')] },
  {
    title: 'Quality',
    series: [own('QualityScore', 'Average'), own('RulePassRate', 'Average'), own('HoldRate', 'Average')],
  },
  { title: 'Chunks', series: [own('ChunksEmbedded', 'Sum'), own('ChunksReused', 'Sum')], stacked: true },
  { title: 'Milliseconds of a stage, 95 % within', series: STAGE_NAMES.map((stage) => own('StageLatency', 'p95', { stage })) },
  { title: 'Services: throttled, paused', series: [own('Throttles', 'Sum'), own('CircuitOpen', 'Maximum')] },
  {
    title: 'Cost units',
    series: [own('ServiceRequests', 'Sum'), own('ServiceTokens', 'Sum'), own('ServicePages', 'Sum'), own('ServiceSeconds', 'Sum')],
  },
  {
    title: 'Functions of the account',
    series: [ofAllFunctions('ConcurrentExecutions'), ofAllFunctions('Throttles'), ofAllFunctions('Errors')],
  },
];

/** A page of its own: one has room for 50 metrics. */
const RULES: readonly Graph[] = [
  { title: 'Share of documents that pass the rules', series: [own('CheckPassRate', 'Average'), own('RulePassRate', 'Average')] },
  { title: "Share of a ruleset's rules that tables pass", series: [own('RulesetPassRate', 'Average')] },
  { title: 'Share of documents that pass a rule', series: CHECK_NAMES.map((rule) => own('CheckPassRate', 'Average', { rule })) },
];

const WIDTH = 8;
const HEIGHT = 6;
const ACROSS = 24 / WIDTH;
const ALARMS_HEIGHT = 3;

/** A series as CloudWatch's dashboards write it. */
const line = ({ namespace, metricName, dimensions, stat }: Series) => [
  namespace,
  metricName,
  ...Object.entries(dimensions).flat(),
  { stat },
];

const graphAt = ({ title, series, stacked }: Graph, index: number, below: number) => ({
  type: 'metric',
  x: (index % ACROSS) * WIDTH,
  y: below + Math.floor(index / ACROSS) * HEIGHT,
  width: WIDTH,
  height: HEIGHT,
  properties: { title, region, view: 'timeSeries', stacked: stacked === true, period: 300, metrics: series.map(line) },
});

const graphs = (all: readonly Graph[], below = 0) => all.map((graph, index) => graphAt(graph, index, below));

/** One page over everything that the stage counts, with its alarms on top, and one of the quality rules. */
export function createDashboards(alarms: readonly aws.cloudwatch.MetricAlarm[]): void {
  const states = {
    type: 'alarm',
    x: 0,
    y: 0,
    width: 24,
    height: ALARMS_HEIGHT,
    properties: { title: 'Alarms', alarms: alarms.map(({ arn }) => arn) },
  };
  new aws.cloudwatch.Dashboard('dashboard', {
    dashboardName: named(),
    dashboardBody: $jsonStringify({ widgets: [states, ...graphs(GRAPHS, ALARMS_HEIGHT)] }),
  });
  new aws.cloudwatch.Dashboard('rules-dashboard', {
    dashboardName: named('rules'),
    dashboardBody: $jsonStringify({ widgets: graphs(RULES) }),
  });
}
