import { named } from '../names.ts';
import type { Series } from './series.ts';

/** An alarm over one metric, beside those of the dashboard: who is told is up to its maker. */
export type MetricAlarm = { name: string; meaning: string; series: Series; above: number; seconds: number; topic?: aws.sns.Topic };

export function createMetricAlarm({
  name,
  meaning,
  series: { stat, ...metric },
  above,
  seconds,
  topic,
}: MetricAlarm): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(`alarm-${name}`, {
    name: named(name),
    alarmDescription: meaning,
    ...metric,
    statistic: stat,
    period: seconds,
    evaluationPeriods: 1,
    threshold: above,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'notBreaching',
    ...(topic && { alarmActions: [topic.arn], okActions: [topic.arn] }),
  });
}
