import type { FunctionName } from '#schemas/functions.ts';
import type { Encryption } from '../encryption.ts';
import { createAlarm, ESSENTIAL, everyPart } from './alarms.ts';
import { createDashboards } from './dashboard.ts';
import { createTopic } from './topic.ts';

export type WatchOptions = {
  functions: readonly FunctionName[];
  email: string | undefined;
  /** Whether each queue and function has alarms of AWS's own metrics too: 0.10 USD a month for each metric. */
  every: boolean;
  encryption: Encryption;
};

/** Alarms, where they are told, and the dashboards. */
export function createWatching({ functions, email, every, encryption }: WatchOptions): {
  topic: aws.sns.Topic;
  alarms: aws.cloudwatch.MetricAlarm[];
} {
  const topic = createTopic(email, encryption);
  const alarms = [...ESSENTIAL, ...(every ? everyPart(functions) : [])].map((alarm) => createAlarm(alarm, topic));
  createDashboards(alarms);
  return { topic, alarms };
}
