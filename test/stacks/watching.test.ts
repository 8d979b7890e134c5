import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { METRIC_NAMES, METRICS, METRICS_NAMESPACE, type MetricName, SERVICE_VARIABLE } from '#schemas/metrics.ts';
import type { Resource } from '#stacks/synth/synthesise.ts';
import { page } from '#test/docs/pages.ts';
import { synthesised } from './graph.ts';

/** What AWS itself records of queues and functions, with the dimensions that tell them apart. */
const AWS_METRICS: Record<string, { names: readonly string[]; dimension: string; type: string }> = {
  'AWS/SQS': {
    names: ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'],
    dimension: 'QueueName',
    type: 'aws:sqs/queue:Queue',
  },
  'AWS/Lambda': {
    names: ['Errors', 'Throttles', 'Invocations', 'ConcurrentExecutions'],
    dimension: 'FunctionName',
    type: 'aws:lambda/function:Function',
  },
};

const Metric = z.object({ namespace: z.string(), metricName: z.string(), dimensions: z.record(z.string(), z.string()), stat: z.string() });
type Metric = z.infer<typeof Metric>;
const Alarm = z.object({
  name: z.string(),
  alarmActions: z.array(z.string()).min(1),
  treatMissingData: z.string(),
  evaluationPeriods: z.int(),
  metricQueries: z.array(
    z.object({
      id: z.string(),
      returnData: z.boolean(),
      expression: z.string().optional(),
      metric: Metric.extend({ period: z.int() }).optional(),
    }),
  ),
});
const Line = z.array(z.union([z.string(), z.object({ stat: z.string() })]));
const Widgets = z.object({
  widgets: z.array(
    z.object({ type: z.string(), properties: z.object({ metrics: z.array(Line).default([]), alarms: z.array(z.string()).default([]) }) }),
  ),
});

type Watched = {
  stage: string;
  resources: readonly Resource[];
  alarms: z.infer<typeof Alarm>[];
  pages: Metric[][];
  shown: Metric[];
  listed: string[];
};

const ofType = (resources: readonly Resource[], type: string): Resource[] => resources.filter((one) => one.type === type);
const namesOf = (resources: readonly Resource[], type: string): string[] =>
  ofType(resources, type).map(({ inputs }) => String(inputs.name));

/** `[namespace, name, dimension, value, ..., {stat}]`, as dashboards write a metric. */
function fromLine(line: z.infer<typeof Line>): Metric {
  const words = line.filter((part) => typeof part === 'string');
  const [namespace = '', metricName = '', ...pairs] = words;
  const dimensions = Object.fromEntries(Array.from({ length: pairs.length / 2 }, (_, i) => [pairs[2 * i] ?? '', pairs[2 * i + 1] ?? '']));
  const stat = line.find((part) => typeof part !== 'string');
  return { namespace, metricName, dimensions, stat: typeof stat === 'object' ? stat.stat : '' };
}

async function watched(stage: string, config?: object): Promise<Watched> {
  const { all: resources } = await synthesised({ stage, ...(config && { config }) });
  const own = ofType(resources, 'aws:cloudwatch/metricAlarm:MetricAlarm').filter(({ inputs }) => inputs.metricQueries !== undefined);
  const pages = ofType(resources, 'aws:cloudwatch/dashboard:Dashboard').map(
    ({ inputs }) => Widgets.parse(JSON.parse(String(inputs.dashboardBody))).widgets,
  );
  const widgets = pages.flat();
  return {
    stage,
    resources,
    alarms: own.map(({ inputs }) => Alarm.parse(inputs)),
    pages: pages.map((page) => page.flatMap(({ properties }) => properties.metrics.map(fromLine))),
    shown: widgets.flatMap(({ properties }) => properties.metrics.map(fromLine)),
    listed: widgets.flatMap(({ properties }) => properties.alarms),
  };
}

const metricsOf = ({ alarms }: Watched): Metric[] =>
  alarms.flatMap(({ metricQueries }) => metricQueries.flatMap(({ metric }) => metric ?? []));
const isOwn = (name: string): name is MetricName => METRIC_NAMES.some((one) => one === name);

/** Why nobody records a metric; undefined: somebody does. */
function unrecorded({ namespace, metricName, dimensions }: Metric, { stage, resources }: Watched): string | undefined {
  if (namespace === METRICS_NAMESPACE) {
    const { service, ...rest } = dimensions;
    if (!isOwn(metricName) || service !== `sluice-${stage}`) return `${metricName} of ${service}`;
    const wanted = Object.keys(rest).sort().join();
    return METRICS[metricName].by.some((names) => [...names].sort().join() === wanted) ? undefined : `${metricName} by ${wanted}`;
  }
  const known = AWS_METRICS[namespace];
  if (!known?.names.includes(metricName)) return `${namespace} ${metricName}`;
  const { [known.dimension]: name, ...others } = dimensions;
  if (Object.keys(others).length > 0) return `${namespace} by ${Object.keys(others).join()}`;
  return name === undefined || namesOf(resources, known.type).includes(name)
    ? undefined
    : `${metricName} of ${name}, which is not deployed`;
}

const isDeadLetterQueue = (name: string): boolean => name.endsWith('-dlq');

describe('the watching of a stage', () => {
  let dev: Watched;
  let production: Watched;
  beforeAll(async () => {
    [dev, production] = await Promise.all([watched('dev', { deploy: { alarmEmail: 'ops@example.com' } }), watched('production')]);
  });

  it('shows and judges metrics alone that somebody records', () => {
    for (const graph of [dev, production]) {
      const all = [...metricsOf(graph), ...graph.shown];
      expect(all.length).toBeGreaterThan(20);
      expect(all.flatMap((metric) => unrecorded(metric, graph) ?? [])).toEqual([]);
    }
  });

  it('knows of no metric that no code records', () => {
    const emitters = globSync(['core/**/*.ts', 'adapters/**/*.ts']).filter((file) => !file.endsWith('core/measure/figures.ts'));
    const code = emitters.map((file) => readFileSync(file, 'utf8')).join('\n');
    expect(METRIC_NAMES.filter((name) => !code.includes(`'${name}'`))).toEqual([]);
  });

  it('has an alarm for every dead-letter queue and for the age of every queue', () => {
    const queues = namesOf(production.resources, 'aws:sqs/queue:Queue');
    const seen = (metricName: string): string[] =>
      metricsOf(production).flatMap((metric) => (metric.metricName === metricName ? (metric.dimensions.QueueName ?? []) : []));
    expect(seen('ApproximateNumberOfMessagesVisible').sort()).toEqual(queues.filter(isDeadLetterQueue).sort());
    expect(seen('ApproximateAgeOfOldestMessage').sort()).toEqual(queues.filter((name) => !isDeadLetterQueue(name)).sort());
  });

  it('of a small stage sees every queue through what the functions and the sweep count', () => {
    const named = metricsOf(dev).map(({ metricName }) => metricName);
    expect(named).toEqual(expect.arrayContaining(['DeadLetters', 'DeadLettersWaiting', 'MessageAge']));
    const [policy] = dev.resources.filter(({ type, name }) => type === 'aws:iam/rolePolicy:RolePolicy' && name === 'sweep-policy');
    const dead = ofType(dev.resources, 'aws:sqs/queue:Queue').filter(({ inputs }) => isDeadLetterQueue(String(inputs.name)));
    expect(dead.length).toBeGreaterThan(10);
    for (const { state } of dead) expect(String(policy?.inputs.policy)).toContain(`"${state.arn}"`);
  });

  it('costs a small stage nothing while it idles: ten metrics of alarms and three dashboards of fifty are free', () => {
    expect(metricsOf(dev).length).toBeLessThanOrEqual(10);
    expect(dev.pages.length).toBeLessThanOrEqual(3);
    for (const page of dev.pages) {
      const different = new Set(page.map(({ namespace, metricName, dimensions }) => JSON.stringify([namespace, metricName, dimensions])));
      expect(different.size).toBeLessThanOrEqual(50);
    }
  });

  it('keeps within what CloudWatch takes into one alarm', () => {
    for (const { name, metricQueries, evaluationPeriods } of [...dev.alarms, ...production.alarms]) {
      expect(metricQueries.filter(({ metric }) => metric).length, name).toBeLessThanOrEqual(10);
      expect(
        metricQueries.filter(({ returnData }) => returnData),
        name,
      ).toHaveLength(1);
      // Periods times their number: at most a day.
      const period = Math.max(...metricQueries.map(({ metric }) => metric?.period ?? 0));
      expect(period * evaluationPeriods, name).toBeLessThanOrEqual(86_400);
      const ids = metricQueries.map(({ id }) => id);
      for (const { expression = '' } of metricQueries)
        for (const [id] of expression.matchAll(/\b[a-z][a-zA-Z0-9_]*\b/g)) expect(ids, name).toContain(id);
    }
  });

  it('tells a topic that refuses plain HTTP, and the mail address that is set', () => {
    const [topic] = ofType(dev.resources, 'aws:sns/topic:Topic').filter(({ name }) => name === 'alarms');
    for (const { alarmActions } of dev.alarms) expect(alarmActions).toEqual([topic?.state.arn]);
    const policy = ofType(dev.resources, 'aws:sns/topicPolicy:TopicPolicy').find(({ inputs }) => inputs.arn === topic?.state.arn);
    expect(String(policy?.inputs.policy)).toContain('"aws:SecureTransport":"false"');
    const mails = ({ resources }: Watched) =>
      ofType(resources, 'aws:sns/topicSubscription:TopicSubscription').flatMap(({ inputs }) =>
        inputs.protocol === 'email' ? [inputs.endpoint] : [],
      );
    expect(mails(dev)).toEqual(['ops@example.com']);
    expect(mails(production)).toEqual([]);
  });

  it('is told on the page of the alarms, with what it costs', () => {
    const told = page('docs/alarms.md');
    for (const [{ alarms, stage }] of [[dev], [production]] as const)
      for (const { name } of alarms) {
        const own = name.slice(`sluice-${stage}-`.length);
        // Of a numbered group the first stands for all.
        expect(told).toContain(`| \`${own.replace(/-\d+$/, '-1')}\``);
      }
    // Those that have one metric and no expression: of the trail, and of a rollout, one for each function.
    for (const { inputs } of ofType(production.resources, 'aws:cloudwatch/metricAlarm:MetricAlarm'))
      if (inputs.metricQueries === undefined) {
        const own = String(inputs.name).slice('sluice-production-'.length);
        const isOfFunction = own.startsWith('rollout-') && own !== 'rollout-dead-letters';
        expect(told).toContain(`| \`${isOfFunction ? 'rollout-<function>' : own}\``);
      }
    const more = metricsOf(production).length - metricsOf(dev).length;
    expect(told).toContain(`look at ${metricsOf(dev).length} metrics`);
    expect(told).toContain(`${more} metrics more, ${(more / 10).toFixed(2)} USD`);
    const rollouts = namesOf(production.resources, 'aws:cloudwatch/metricAlarm:MetricAlarm').filter((name) => name.includes('-rollout-'));
    expect(told.replace(/\s+/g, ' ')).toContain(`one for each function and one over all, ${(rollouts.length / 10).toFixed(2)} USD`);
  });

  it('shows every alarm on the dashboard', () => {
    for (const { listed, resources, alarms } of [dev, production]) {
      expect(alarms.length).toBeGreaterThan(0);
      const arns = ofType(resources, 'aws:cloudwatch/metricAlarm:MetricAlarm').flatMap(({ inputs, state }) =>
        inputs.metricQueries === undefined ? [] : [state.arn],
      );
      expect(listed.sort()).toEqual(arns.sort());
    }
  });

  it('knows a deployment by the name that its functions give their metrics', () => {
    const variables = z.object({ environment: z.object({ variables: z.record(z.string(), z.string()) }) });
    for (const { inputs } of ofType(dev.resources, 'aws:lambda/function:Function')) {
      if (inputs.runtime !== 'nodejs24.x') continue;
      expect(variables.parse(inputs).environment.variables[SERVICE_VARIABLE]).toBe('sluice-dev');
    }
  });
});
