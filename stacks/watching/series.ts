import type { FunctionName } from '#schemas/functions.ts';
import { METRICS, METRICS_NAMESPACE, type MetricName } from '#schemas/metrics.ts';
import { named } from '../names.ts';

/** One line of a graph, or one input of an alarm. Names are known before anything is deployed. */
export type Series = { namespace: string; metricName: string; dimensions: Record<string, string>; stat: string };

type Stat = 'Sum' | 'Average' | 'Maximum' | 'p50' | 'p95';

/** One of our metrics; throws for dimensions that nobody publishes it by. */
export function own(name: MetricName, stat: Stat, dimensions: Record<string, string> = {}): Series {
  const wanted = Object.keys(dimensions).sort().join();
  if (!METRICS[name].by.some((names) => [...names].sort().join() === wanted))
    throw new Error(`watching ${name}: it is not published by ${wanted || 'nothing'} (schemas/metrics.ts)`);
  return { namespace: METRICS_NAMESPACE, metricName: name, dimensions: { service: named(), ...dimensions }, stat };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export const ofQueue = (metricName: 'ApproximateAgeOfOldestMessage' | 'ApproximateNumberOfMessagesVisible', queue: string): Series => ({
  namespace: 'AWS/SQS',
  metricName,
  dimensions: { QueueName: named(queue) },
  stat: 'Maximum',
});

type LambdaMetric = 'Errors' | 'Throttles' | 'Invocations' | 'ConcurrentExecutions';

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const ofFunction = (metricName: LambdaMetric, name: FunctionName): Series => ({
  namespace: 'AWS/Lambda',
  metricName,
  dimensions: { FunctionName: named(name) },
  stat: 'Sum',
});

/** Over all functions of the account and region: what they share is one limit of calls at once. */
export const ofAllFunctions = (metricName: LambdaMetric): Series => ({
  namespace: 'AWS/Lambda',
  metricName,
  dimensions: {},
  stat: metricName === 'ConcurrentExecutions' ? 'Maximum' : 'Sum',
});
