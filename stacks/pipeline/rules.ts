import type { Config } from '#schemas/config.ts';
import type { Route } from '#schemas/routes.ts';
import { named } from '../names.ts';
import { denyPlainHttp, policyDocument } from '../policy.ts';
import { patternsOf } from './patterns.ts';
import type { LaneQueues } from './queues.ts';

/** How long EventBridge goes on trying to deliver to a queue before the event is a dead letter. */
const DELIVERY = { maximumEventAgeInSeconds: 6 * 60 * 60, maximumRetryAttempts: 185 };

/** One rule: its events go to the lane's queue, or to its dead letters when they cannot be delivered. */
function createRule(
  name: string,
  bus: aws.cloudwatch.EventBus | undefined,
  pattern: $util.Input<string>,
  { queue, dead }: LaneQueues,
): aws.cloudwatch.EventRule {
  const onBus = bus === undefined ? {} : { eventBusName: bus.name };
  const rule = new aws.cloudwatch.EventRule(name, { name: named(name), ...onBus, eventPattern: pattern });
  new aws.cloudwatch.EventTarget(name, {
    rule: rule.name,
    ...onBus,
    arn: queue.arn,
    deadLetterConfig: { arn: dead.arn },
    retryPolicy: DELIVERY,
  });
  return rule;
}

/** What may be sent to a queue: events of exactly these rules; and nothing over plain HTTP, whoever asks. */
function restrict(name: string, queue: aws.sqs.Queue, rules: aws.cloudwatch.EventRule[]): void {
  const fromRules = {
    Sid: 'EventBridge',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue.arn,
    Condition: { ArnEquals: { 'aws:SourceArn': rules.map(({ arn }) => arn) } },
  } as const;
  new aws.sqs.QueuePolicy(name, {
    queueUrl: queue.url,
    policy: policyDocument([...(rules.length === 0 ? [] : [fromRules]), denyPlainHttp('sqs', [queue.arn])]),
  });
}

export type RuleSource = { bus: aws.cloudwatch.EventBus; inbox: sst.aws.Bucket; config: Config };

/** The rules of one lane: one for each pattern, so that a pattern in the graph is a pattern of the table. */
export function createRules(route: Route, queues: LaneQueues, { bus, inbox, config }: RuleSource): void {
  const name = `${route.stage}-${queues.lane}`;
  const counted = patternsOf(route, queues.lane, '', config).length;
  const rules = Array.from({ length: counted }, (_, index) =>
    createRule(
      counted === 1 ? name : `${name}-${index + 1}`,
      route.bus === 'default' ? undefined : bus,
      inbox.name.apply((bucket) => JSON.stringify(patternsOf(route, queues.lane, bucket, config)[index])),
      queues,
    ),
  );
  restrict(name, queues.queue, rules);
  restrict(`${name}-dlq`, queues.dead, rules);
}
