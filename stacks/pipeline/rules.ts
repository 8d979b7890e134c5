import type { Config } from '#schemas/config.ts';
import type { Route } from '#schemas/routes.ts';
import { named } from '../names.ts';
import { denyPlainHttp, policyDocument, type Statement } from '../policy.ts';
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

/** Who may send to a queue: the service, on behalf of exactly these resources. */
const sentBy = (service: string, sources: readonly $util.Input<string>[], queue: aws.sqs.Queue): Statement[] =>
  sources.length === 0
    ? []
    : [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sqs:SendMessage',
          Resource: queue.arn,
          Condition: { ArnEquals: { 'aws:SourceArn': sources } },
        },
      ];

/** What may be sent to a queue: what these rules and topics send; and nothing over plain HTTP, whoever asks. */
function restrict(name: string, queue: aws.sqs.Queue, rules: readonly aws.cloudwatch.EventRule[], topics: readonly aws.sns.Topic[]): void {
  const statements = [
    ...sentBy(
      'events.amazonaws.com',
      rules.map(({ arn }) => arn),
      queue,
    ),
    ...sentBy(
      'sns.amazonaws.com',
      topics.map(({ arn }) => arn),
      queue,
    ),
    denyPlainHttp('sqs', [queue.arn]),
  ];
  new aws.sqs.QueuePolicy(name, { queueUrl: queue.url, policy: policyDocument(statements) });
}

/** A topic's messages come as they are, without SNS's wrapping; those that cannot be delivered are dead letters. */
function subscribe(name: string, topic: aws.sns.Topic, { queue, dead }: LaneQueues): void {
  new aws.sns.TopicSubscription(name, {
    topic: topic.arn,
    protocol: 'sqs',
    endpoint: queue.arn,
    rawMessageDelivery: true,
    redrivePolicy: $jsonStringify({ deadLetterTargetArn: dead.arn }),
  });
}

export type RuleSource = { bus: aws.cloudwatch.EventBus; inbox: sst.aws.Bucket; config: Config };

/** What feeds one lane: a rule for each pattern, so that a pattern in the graph is one of the table; and topics. */
export function createRules(route: Route, queues: LaneQueues, { bus, inbox, config }: RuleSource, topics: readonly aws.sns.Topic[]): void {
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
  for (const [index, topic] of topics.entries()) subscribe(`${name}-topic-${index + 1}`, topic, queues);
  restrict(name, queues.queue, rules, topics);
  restrict(`${name}-dlq`, queues.dead, rules, topics);
}
