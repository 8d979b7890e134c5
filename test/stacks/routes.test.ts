import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compilePattern } from '#core/event-pattern.ts';
import { routesOf } from '#core/routing.ts';
import { parseEvent } from '#schemas/events/index.ts';
import { type Lane, ROUTES, type StageName } from '#schemas/routes.ts';
import { SIZING } from '#stacks/sizing.ts';
import { type Graph, statementsOf, synthesised, text } from './graph.ts';

const CONFIG = {
  sources: [
    { name: 'alerts', path: './alerts', priority: 'urgent' },
    { name: 'handbooks', path: './handbooks' },
  ],
  bus: { attempts: 4 },
};
const LANES = ROUTES.flatMap(({ stage, lanes }) => lanes.map((lane) => ({ stage, lane, name: `sluice-test-${stage}-${lane}` })));

const Redrive = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() });

let graph: Graph;
beforeAll(async () => {
  graph = await synthesised({ config: CONFIG });
});

const queueOf = (name: string) => graph.named('queue', name);
/** The rules that feed a queue. */
const rulesOf = (name: string) => {
  const targets = graph.of('target').filter(({ inputs }) => inputs.arn === queueOf(name).state.arn);
  return targets.map(({ inputs }) => ({ target: inputs, rule: graph.named('rule', text(inputs.rule)) }));
};

describe.each(LANES)('$stage, $lane', ({ stage, name }) => {
  const sizing = SIZING[stage];

  it('has a queue that gives a message back no sooner than six time-outs, and then to its dead letters', () => {
    const { inputs } = queueOf(name);
    expect(inputs.visibilityTimeoutSeconds).toBeGreaterThanOrEqual(6 * sizing.timeoutSeconds + (sizing.windowSeconds ?? 0));
    const { deadLetterTargetArn, maxReceiveCount } = Redrive.parse(JSON.parse(text(inputs.redrivePolicy)));
    const dead = queueOf(`${name}-dlq`);
    expect(deadLetterTargetArn).toBe(dead.state.arn);
    expect(maxReceiveCount).toBe(CONFIG.bus.attempts + 2);
    expect(dead.inputs.messageRetentionSeconds).toBe(14 * 24 * 60 * 60);
    expect(dead.inputs.redrivePolicy).toBeUndefined();
  });

  it('has rules whose undeliverable events become dead letters after a while', () => {
    const rules = rulesOf(name);
    expect(rules.length).toBeGreaterThan(0);
    for (const { target } of rules) {
      expect(target.deadLetterConfig).toEqual({ arn: queueOf(`${name}-dlq`).state.arn });
      expect(target.retryPolicy).toMatchObject({ maximumRetryAttempts: expect.any(Number), maximumEventAgeInSeconds: expect.any(Number) });
    }
  });

  it('takes messages from exactly its rules and topics, and over TLS alone', () => {
    const feeding = [
      ...rulesOf(name).map(({ rule }) => text(rule.state.arn)),
      ...graph.of('subscription').flatMap(({ inputs }) => (inputs.endpoint === queueOf(name).state.arn ? [text(inputs.topic)] : [])),
    ];
    for (const queue of [queueOf(name), queueOf(`${name}-dlq`)]) {
      const policies = graph.of('queuePolicy').filter(({ inputs }) => inputs.queueUrl === queue.state.url);
      expect(policies.length).toBe(1);
      const statements = policies.flatMap(({ inputs }) => statementsOf(inputs.policy));
      const [allowed, denied] = [
        statements.filter(({ Effect }) => Effect === 'Allow'),
        statements.filter(({ Effect }) => Effect === 'Deny'),
      ];
      expect(allowed.flatMap(({ Condition }) => Condition?.ArnEquals?.['aws:SourceArn'] ?? []).sort()).toEqual(feeding.sort());
      for (const statement of allowed) expect(statement).toMatchObject({ Action: ['sqs:SendMessage'], Resource: [queue.state.arn] });
      expect(denied).toMatchObject([{ Action: ['sqs:*'], Principal: '*', Condition: { Bool: { 'aws:SecureTransport': ['false'] } } }]);
    }
  });

  it('is fed to its function, which may give back some of a batch, and no more calls at once than its row says', () => {
    const mappings = graph.of('mapping').filter(({ inputs }) => inputs.eventSourceArn === queueOf(name).state.arn);
    expect(mappings.length).toBe(1);
    const { functionName, functionResponseTypes, scalingConfig, batchSize, maximumBatchingWindowInSeconds } = mappings[0]?.inputs ?? {};
    const alias = graph.of('alias').find(({ state }) => state.arn === functionName);
    expect(alias?.inputs.functionName).toBe(`sluice-test-${stage}`);
    expect(functionResponseTypes).toEqual(['ReportBatchItemFailures']);
    const { maximumConcurrency } = z.object({ maximumConcurrency: z.int().min(2).max(1000) }).parse(scalingConfig);
    expect(maximumConcurrency).toBe(sizing.concurrency?.[name.endsWith('urgent') ? 'urgent' : 'bulk']);
    // Lambda takes batches above ten only with a window.
    if (z.number().parse(batchSize) > 10) expect(maximumBatchingWindowInSeconds).toBeGreaterThan(0);
  });
});

describe('every function', () => {
  it('is there once for each stage, beside the API and the sweep, on arm64 with Node 24', () => {
    const names = graph.of('function').map(({ inputs }) => text(inputs.name).replace('sluice-test-', ''));
    expect(names.sort()).toEqual([...ROUTES.map(({ stage }) => stage), 'api', 'sweep'].sort());
    for (const { inputs } of graph.of('function'))
      expect(inputs).toMatchObject({ runtime: 'nodejs24.x', architectures: ['arm64'], publish: true });
  });

  it('has the memory and time of its row, and at most what Lambda gives', () => {
    for (const { inputs } of graph.of('function')) {
      const row = Object.entries(SIZING).find(([name]) => inputs.name === `sluice-test-${name}`)?.[1];
      expect(inputs).toMatchObject({ memorySize: row?.memoryMb, timeout: row?.timeoutSeconds });
      expect(inputs.timeout).toBeLessThanOrEqual(900);
    }
  });

  it('writes to a log of its own that ends', () => {
    for (const { inputs } of graph.of('function')) {
      const { logGroup } = z.object({ logGroup: z.string() }).parse(inputs.loggingConfig);
      expect(graph.named('log', logGroup).inputs.retentionInDays).toBeGreaterThan(0);
    }
  });
});

/** A pattern of the graph as `routes.ts` has it: without what the stacks pin. */
function withoutPins(pattern: unknown): unknown {
  const { detail, ...rest } = z.looseObject({ detail: z.looseObject({}).optional() }).parse(pattern);
  const { lane: _, bucket: __, object: ___, ...free } = detail ?? {};
  return Object.keys(free).length === 0 ? rest : { ...rest, detail: free };
}

const deliver = (bus: 'default' | 'sluice', event: unknown): { stage: StageName; lane: Lane }[] =>
  LANES.filter(({ name }) =>
    rulesOf(name).some(
      ({ rule }) =>
        (rule.inputs.eventBusName === undefined) === (bus === 'default') && compilePattern(text(rule.inputs.eventPattern))(event),
    ),
  ).map(({ stage, lane }) => ({ stage, lane }));

describe('the rules', () => {
  it.each(ROUTES)('of $stage have the patterns of routes.ts, on its bus', ({ stage, on, lanes, bus }) => {
    for (const lane of lanes) {
      const rules = rulesOf(`sluice-test-${stage}-${lane}`);
      expect(rules.map(({ rule }) => withoutPins(JSON.parse(text(rule.inputs.eventPattern))))).toEqual(on);
      for (const { rule } of rules) expect(rule.inputs.eventBusName).toBe(bus === 'default' ? undefined : 'sluice-test-bus');
    }
  });

  const samples = globSync('samples/events/*.json').sort();
  it.each(samples)('bring %s where routes.ts says, in its lane alone', (file) => {
    const sample = parseEvent(JSON.parse(readFileSync(file, 'utf8')));
    // Textract tells by a topic, not by the bus.
    if (sample.source === 'aws.textract') return expect(deliver('default', sample)).toEqual([]);
    const pinned = sample.source === 'aws.s3' ? { ...sample, detail: { ...sample.detail, bucket: { name: inbox() } } } : sample;
    const lane = sample.source === 'sluice' ? sample.detail.lane : 'bulk';
    const wanted = routesOf(sample).map(({ stage, lanes }) => ({ stage, lane: lanes.length === 1 ? lanes[0] : lane }));
    expect(deliver(sample.source === 'sluice' ? 'sluice' : 'default', pinned)).toEqual(wanted);
  });

  const inbox = () => text(graph.of('bucket').find(({ name }) => name === 'InboxBucket')?.state.bucket);
  const put = (key: string, bucket = inbox()) => ({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: bucket }, object: { key } },
  });

  it('tell the lane of an object by its key', () => {
    expect(deliver('default', put('alerts/fire.txt'))).toEqual([{ stage: 'detect-change', lane: 'urgent' }]);
    expect(deliver('default', put('handbooks/a.pdf'))).toEqual([{ stage: 'detect-change', lane: 'bulk' }]);
    expect(deliver('default', put('alerts-old.txt'))).toEqual([{ stage: 'detect-change', lane: 'bulk' }]);
  });

  it('take nothing of another bucket', () => {
    expect(deliver('default', put('alerts/fire.txt', 'somebody-elses'))).toEqual([]);
  });

  it('bring the end of an OCR job through its topic, as it is', () => {
    const [subscription, another] = graph.of('subscription').filter(({ inputs }) => inputs.protocol === 'sqs');
    expect(another).toBeUndefined();
    expect(subscription?.inputs).toMatchObject({ endpoint: queueOf('sluice-test-resume-bulk').state.arn, rawMessageDelivery: true });
  });
});

describe('without an urgent source', () => {
  it('every object is bulk', async () => {
    const plain = await synthesised();
    const patterns = plain.of('rule').filter(({ inputs }) => text(inputs.eventPattern).includes('aws.s3'));
    expect(patterns.map(({ inputs }) => inputs.name)).toEqual(['sluice-test-detect-change-bulk']);
  });
});
