import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { METRIC_NAMES, METRICS } from '#schemas/metrics.ts';
import { ACCOUNT } from '#test/aws/aws.ts';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import { page } from './helpers.ts';

const NAME = 'dismissal-of-ana-mueller.md';
const WORDS = 'The severance of Ana Mueller is paid in March.';

/** A line that CloudWatch makes metrics of. */
const Embedded = z.looseObject({
  _aws: z.object({ CloudWatchMetrics: z.array(z.object({ Namespace: z.string(), Metrics: z.array(z.object({ Name: z.string() })) })) }),
  service: z.string(),
});

let deployment: Deployment;
let lines: string[];
let metrics: z.infer<typeof Embedded>[];

beforeAll(async () => {
  deployment = await deploy();
  const { clients, aws, queue, lambda } = deployment;
  const QueueUrl = `${aws.url}/${ACCOUNT}/${queue('mask-bulk')}`;
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `{"poison": "${WORDS}"}` }));
  await deployment.put(NAME, `${page('Minutes', 3)}\n\n${WORDS}\n`);
  await deployment.put('empty.txt', '');
  await deployment.idle();
  await lambda.invoke('sweep', { full: true });
  await deployment.remove(NAME);
  await deployment.idle();
  lines = lambda.logs.map(({ line }) => line);
  metrics = lines.flatMap((line) => (line.includes('CloudWatchMetrics') ? [Embedded.parse(JSON.parse(line))] : []));
}, 600_000);
afterAll(() => deployment.stop());

const recorded = (name: string): unknown[] => metrics.flatMap((line) => (name in line ? [line[name]].flat() : []));
const sum = (name: string): number => recorded(name).reduce<number>((all, value) => all + Number(value), 0);

it('counts what happened under the name of the deployment', () => {
  expect([...new Set(metrics.map(({ service }) => service))]).toEqual(['sluice-test']);
  // At least once: the emulator tells of each object twice, and what is published twice may come in two batches.
  expect(sum('DocumentsIn')).toBeGreaterThanOrEqual(2);
  expect(sum('DocumentsOut')).toBeGreaterThanOrEqual(1);
  expect(sum('DocumentsRemoved')).toBeGreaterThanOrEqual(1);
  expect(metrics).toContainEqual(expect.objectContaining({ DocumentsRejected: expect.any(Number), source: 'files', code: 'empty' }));
  expect(metrics).toContainEqual(expect.objectContaining({ DeadLetters: 1, stage: 'mask' }));
});

it('counts everything that a pass without trouble can', () => {
  const names = new Set(metrics.flatMap(({ _aws }) => _aws.CloudWatchMetrics.flatMap((one) => one.Metrics.map(({ Name }) => Name))));
  const trouble = ['DocumentsFailed', 'DocumentsHeld', 'StageRetries', 'StageConflicts'];
  // They come from rulesets, which on AWS Glue judges.
  const ofTables = ['RulesetPassRate', 'TableRulePassRate'];
  const without = [...trouble, ...ofTables];
  const expected = METRIC_NAMES.filter((name) => METRICS[name].emitter !== 'resilience' && !without.includes(name));
  expect([...names]).toEqual(expect.arrayContaining(expected));
});

it('counts dead letters in the sweep, and finds source and ledger in step', () => {
  expect(recorded('DeadLettersWaiting')).toEqual([1]);
  expect(recorded('Drift')).toEqual([0]);
});

it('writes a line for each message, by the hash of its document', () => {
  const told = lines.flatMap((line) => (line.includes('"outcome"') ? [JSON.parse(line)] : []));
  const stages = new Set(told.flatMap(({ stage, outcome }) => (outcome === 'done' ? [stage] : [])));
  expect([...stages]).toEqual(expect.arrayContaining(['detect-change', 'validate', 'extract-text', 'mask', 'embed', 'index']));
  expect(told).toContainEqual(expect.objectContaining({ level: 'ERROR', outcome: 'dead', stage: 'mask', code: 'bug' }));
  const ours = told.filter(({ type }) => String(type).startsWith('document.'));
  expect(ours.length).toBeGreaterThan(5);
  for (const { document } of ours) expect(document).toMatch(/^[0-9a-f]{32}$/);
});

it('writes neither names nor words of documents', () => {
  expect(lines.length).toBeGreaterThan(20);
  for (const secret of ['ana-mueller', 'Mueller', 'severance', 'empty.txt'])
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
});
