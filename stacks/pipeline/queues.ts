import type { Lane, Route } from '#schemas/routes.ts';
import type { Encryption } from '../encryption.ts';
import { named } from '../names.ts';
import { SIZING } from '../sizing.ts';

/** Dead letters wait this long for a person: the most that SQS keeps. */
const DEAD_LETTER_DAYS = 14;
const DAY = 24 * 60 * 60;

export type LaneQueues = { lane: Lane; queue: aws.sqs.Queue; dead: aws.sqs.Queue };

/**
 * A lane's queue and its dead letters. Retries are counted and dead letters sent by the function itself; SQS's own count
 * is the net for containers that die, and ends after the function's.
 */
export function createQueues({ stage }: Route, lane: Lane, { key }: Encryption, attempts: number): LaneQueues {
  const name = `${stage}-${lane}`;
  const { timeoutSeconds, windowSeconds = 0 } = SIZING[stage];
  const encrypted = key ? { kmsMasterKeyId: key.arn, kmsDataKeyReusePeriodSeconds: 300 } : { sqsManagedSseEnabled: true };
  const dead = new aws.sqs.Queue(`${name}-dlq`, {
    name: named(name, 'dlq'),
    messageRetentionSeconds: DEAD_LETTER_DAYS * DAY,
    ...encrypted,
  });
  const queue = new aws.sqs.Queue(name, {
    name: named(name),
    visibilityTimeoutSeconds: 6 * timeoutSeconds + windowSeconds,
    messageRetentionSeconds: DEAD_LETTER_DAYS * DAY,
    redrivePolicy: $jsonStringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: attempts + 2 }),
    ...encrypted,
  });
  new aws.sqs.RedriveAllowPolicy(`${name}-dlq-sources`, {
    queueUrl: dead.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: 'byQueue', sourceQueueArns: [queue.arn] }),
  });
  return { lane, queue, dead };
}
