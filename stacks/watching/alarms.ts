import type { FunctionName } from '#schemas/functions.ts';
import { ROUTES } from '#schemas/routes.ts';
import { named } from '../names.ts';
import { ofFunction, ofQueue, own, type Series } from './series.ts';

/** CloudWatch takes as many metrics into one alarm's expression. */
const MOST = 10;
const MINUTE = 60;
const HOUR = 60 * MINUTE;

export type Alarm = {
  name: string;
  /** What it means, and where to look; part of the mail. */
  meaning: string;
  series: Record<string, Series>;
  /** Over the names of `series`; not needed for one. */
  expression?: string;
  above?: number;
  below?: number;
  /** Seconds that one value covers, and how many values have to be bad: in a row, or of so many. */
  period: number;
  times: number;
  of?: number;
  /** Usually nothing is recorded while nothing happens; of a heartbeat that is the news, though not right after the deployment. */
  tellsSilence?: true;
};

/**
 * What is watched in every stage: what users would notice, over all sources, queues and functions. CloudWatch asks 0.10
 * USD a month for each metric that alarms look at and gives ten of them for nothing; these are ten.
 */
export const ESSENTIAL: readonly Alarm[] = [
  {
    name: 'dead-letters',
    meaning:
      'Messages were given up or lie in a dead-letter queue: docs/errors.md says what their code means, and how they are sent again.',
    series: { given: own('DeadLetters', 'Sum'), waiting: own('DeadLettersWaiting', 'Maximum') },
    expression: 'FILL(given, 0) + FILL(waiting, 0)',
    above: 0,
    period: 5 * MINUTE,
    times: 1,
    // The sweep counts every 20 minutes at the latest: in between the alarm must not end and begin again.
    of: 6,
  },
  {
    name: 'queue-age',
    meaning: 'A message waited an hour or more before its stage took it up: too few calls at once, or a service that throttles.',
    series: { age: own('MessageAge', 'Maximum') },
    above: HOUR,
    period: 5 * MINUTE,
    times: 3,
  },
  {
    name: 'freshness',
    meaning: 'One change in twenty took more than an hour from being seen to being served.',
    series: { lag: own('Freshness', 'p95') },
    above: HOUR,
    period: 15 * MINUTE,
    times: 2,
  },
  {
    name: 'reject-spike',
    meaning:
      'More than three in ten of at least 20 documents were rejected within an hour: a source may be broken. The dashboard has the codes.',
    series: { rejected: own('DocumentsRejected', 'Sum'), taken: own('DocumentsIn', 'Sum') },
    expression: 'IF(taken >= 20, FILL(rejected, 0) / taken, 0)',
    above: 0.3,
    period: HOUR,
    times: 1,
  },
  {
    name: 'quality',
    meaning: 'The average quality of documents fell below the usual threshold for two hours.',
    series: { score: own('QualityScore', 'Average') },
    below: 0.7,
    period: HOUR,
    times: 2,
  },
  {
    name: 'circuit-open',
    meaning: 'A model or service refuses calls for a quarter of an hour; documents wait for it and spend no attempts.',
    series: { open: own('CircuitOpen', 'Maximum') },
    above: 0,
    period: 5 * MINUTE,
    times: 3,
  },
  {
    name: 'sweep',
    meaning: 'The sweep, which finds lost events and counts dead letters, fails, or has not run for two hours.',
    series: { runs: ofFunction('Invocations', 'sweep'), errors: ofFunction('Errors', 'sweep') },
    expression: 'FILL(runs, 0) - FILL(errors, 0)',
    below: 1,
    period: HOUR,
    times: 2,
    tellsSilence: true,
  },
];

const lanes = ROUTES.flatMap(({ stage, lanes: of }) => of.map((lane) => `${stage}-${lane}`));

/** An alarm over many series, in as many as CloudWatch takes. */
function inGroups(all: readonly Series[], combine: 'SUM' | 'MAX', alarm: Omit<Alarm, 'series' | 'expression'>): Alarm[] {
  const groups = Array.from({ length: Math.ceil(all.length / MOST) }, (_, i) => all.slice(i * MOST, (i + 1) * MOST));
  return groups.map((group, i) => {
    const series = Object.fromEntries(group.map((one, j) => [`m${j}`, one]));
    const filled = Object.keys(series).map((id) => `FILL(${id}, 0)`);
    return { ...alarm, name: `${alarm.name}-${i + 1}`, series, expression: `${combine}([${filled.join(', ')}])` };
  });
}

/** Each queue and each function by AWS's own metrics: sees also what never gets to run. */
export const everyPart = (functions: readonly FunctionName[]): Alarm[] => [
  ...inGroups(
    lanes.map((lane) => ofQueue('ApproximateNumberOfMessagesVisible', `${lane}-dlq`)),
    'SUM',
    { name: 'dead-letter-queues', meaning: 'A dead-letter queue is not empty.', above: 0, period: 5 * MINUTE, times: 1 },
  ),
  ...inGroups(
    lanes.map((lane) => ofQueue('ApproximateAgeOfOldestMessage', lane)),
    'MAX',
    { name: 'queues-age', meaning: 'A message lies in a queue for an hour or more.', above: HOUR, period: 5 * MINUTE, times: 3 },
  ),
  ...inGroups(
    functions.map((name) => ofFunction('Errors', name)),
    'SUM',
    {
      name: 'function-errors',
      meaning: 'Functions end with an error: their time, memory or start fails.',
      above: 0,
      period: 5 * MINUTE,
      times: 2,
    },
  ),
  ...inGroups(
    functions.map((name) => ofFunction('Throttles', name)),
    'SUM',
    {
      name: 'function-throttles',
      meaning: 'Functions are not started: the account runs as many as it may.',
      above: 0,
      period: 5 * MINUTE,
      times: 3,
    },
  ),
];

const query = (id: string, { stat, ...metric }: Series, period: number, isWatched: boolean) => ({
  id,
  returnData: isWatched,
  metric: { ...metric, stat, period },
});

export function createAlarm(alarm: Alarm, topic: aws.sns.Topic): aws.cloudwatch.MetricAlarm {
  const { name, meaning, series, expression, above, below, period, times, of, tellsSilence } = alarm;
  return new aws.cloudwatch.MetricAlarm(`alarm-${name}`, {
    name: named(name),
    alarmDescription: meaning,
    metricQueries: [
      ...Object.entries(series).map(([id, one]) => query(id, one, period, expression === undefined)),
      ...(expression === undefined ? [] : [{ id: 'watched', expression, label: name, returnData: true }]),
    ],
    comparisonOperator: below === undefined ? 'GreaterThanThreshold' : 'LessThanThreshold',
    threshold: below ?? above,
    evaluationPeriods: of ?? times,
    datapointsToAlarm: times,
    treatMissingData: tellsSilence ? 'missing' : 'notBreaching',
    ...(tellsSilence && { insufficientDataActions: [topic.arn] }),
    alarmActions: [topic.arn],
    okActions: [topic.arn],
  });
}
