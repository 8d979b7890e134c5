import { z } from 'zod';
import { compilePattern } from '#core/event-pattern.ts';
import type { Resource } from '#stacks/synth/synthesise.ts';
import { Rule, Subscription, Target } from '../graph/inputs.ts';
import type { Call } from '../proxy/call.ts';

/** Where a call put messages: the ARN or the name of a queue, and after what time they are due. */
export type Wake = { queue: string; afterMs: number };

const Entries = z.object({
  Entries: z.array(z.object({ Source: z.string(), DetailType: z.string(), Detail: z.string(), EventBusName: z.string().optional() })),
});
const Sent = z.object({
  QueueUrl: z.string(),
  DelaySeconds: z.number().optional(),
  VisibilityTimeout: z.number().optional(),
  Entries: z.array(z.object({ DelaySeconds: z.number().optional(), VisibilityTimeout: z.number().optional() })).optional(),
});

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/**
 * Tells which queues a call may have filled, by the graph's own rules: a poller need not ask the emulator all the time. It is
 * no second delivery: what it missed is found by the next look.
 */
export function wakesOf(graph: readonly Resource[]): (call: Call) => Wake[] {
  const of = (type: string): Resource[] => graph.filter((resource) => resource.type === type);
  const targets = of('aws:cloudwatch/eventTarget:EventTarget').map(({ inputs }) => Target.parse(inputs));
  const rules = of('aws:cloudwatch/eventRule:EventRule')
    .map(({ inputs }) => Rule.parse(inputs))
    .map(({ Name, EventBusName, EventPattern }): { bus: string; pattern: (event: unknown) => boolean; queues: string[] } => ({
      bus: EventBusName,
      pattern: compilePattern(JSON.parse(EventPattern)),
      queues: targets.filter(({ rule, eventBusName }) => rule === Name && eventBusName === EventBusName).map(({ arn }) => arn),
    }));
  const fromS3 = rules.filter(({ bus }) => bus === 'default').flatMap(({ queues }) => queues);
  const fromTopics = of('aws:sns/topicSubscription:TopicSubscription').map(({ inputs }) => Subscription.parse(inputs).endpoint);
  const now = (queues: readonly string[]): Wake[] => queues.map((queue) => ({ queue, afterMs: 0 }));

  return ({ service, operation, body }) => {
    if (service === 'events' && operation === 'PutEvents') {
      const events = Entries.parse(JSON.parse(body.toString())).Entries.map(({ Source, DetailType, Detail, EventBusName }) => ({
        isOurs: EventBusName !== undefined,
        event: { source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) },
      }));
      const told = rules.filter(({ bus, pattern }) => events.some(({ isOurs, event }) => isOurs === (bus !== 'default') && pattern(event)));
      return told.flatMap(({ queues }) => now(queues));
    }
    if (service === 'sns' && operation === 'Publish') return now(fromTopics);
    if (service === 's3' && /^(Put|Delete|Copy|Complete)/.test(operation)) return now(fromS3);
    if (service === 'sqs' && /^(SendMessage|ChangeMessageVisibility)/.test(operation)) {
      const { QueueUrl, Entries: entries, ...own } = Sent.parse(JSON.parse(body.toString()));
      return (entries ?? [own]).map(({ DelaySeconds = 0, VisibilityTimeout = 0 }) => ({
        queue: nameOf(QueueUrl),
        afterMs: Math.max(DelaySeconds, VisibilityTimeout) * 1000,
      }));
    }
    return [];
  };
}
