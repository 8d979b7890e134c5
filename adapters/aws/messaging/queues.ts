import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type MessageAttributeValue,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { SluiceError } from '#core/errors.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';
import { backoff } from './backoff.ts';
import { inParts } from './in-parts.ts';

const client = once(() => new SQSClient({ ...clientOptions(), useQueueUrlAsEndpoint: false }));

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const MOST = { count: 10, bytes: 256 * 1024 };
const TRIES = 8;
/** Service quotas of SQS. */
export const LONGEST_DELAY_SECONDS = 900;
const LONGEST_VISIBILITY_SECONDS = 12 * 60 * 60;

/** Message attribute: attempts that were counted before the message was sent again as a new one. */
export const ATTEMPTS = 'attempts';

const text = (value: string): MessageAttributeValue => ({ DataType: 'String', StringValue: value });
const attributesOf = (values: Record<string, string>): Record<string, MessageAttributeValue> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === '' ? [] : [[name, text(value)]])));

export const sendMessage = (url: string, body: string, attributes: Record<string, string> = {}, delaySeconds = 0): Promise<unknown> =>
  calling('sending a message', () =>
    client().send(
      new SendMessageCommand({ QueueUrl: url, MessageBody: body, MessageAttributes: attributesOf(attributes), DelaySeconds: delaySeconds }),
    ),
  );

export const deleteMessage = (url: string, receipt: string): Promise<unknown> =>
  calling('acknowledging a message', () => client().send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt })));

/** Gives a message back, to be due after a time. */
export const giveBack = (url: string, receipt: string, afterMs: number): Promise<unknown> =>
  calling('giving a message back', () =>
    client().send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: receipt,
        VisibilityTimeout: Math.min(LONGEST_VISIBILITY_SECONDS, Math.ceil(afterMs / 1000)),
      }),
    ),
  );

/** Those that the queue did not take, and why. */
async function sendPart(url: string, bodies: readonly string[]): Promise<{ left: string[]; reason: string }> {
  const Entries = bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody }));
  const { Failed: failed = [] } = await calling('sending messages', () =>
    client().send(new SendMessageBatchCommand({ QueueUrl: url, Entries })),
  );
  return { left: failed.flatMap(({ Id }) => bodies[Number(Id)] ?? []), reason: failed[0]?.Code ?? '' };
}

/** Sends events straight to a queue, some at a time; throws a retryable error when not all were taken in the end. */
export async function sendEvents(url: string, events: readonly BusEvent[]): Promise<void> {
  const bodies = events.map((event) => JSON.stringify(event));
  for (const part of inParts(bodies, MOST, (body) => Buffer.byteLength(body))) {
    let { left, reason } = await sendPart(url, part);
    for (let tried = 1; left.length > 0; tried++) {
      if (tried >= TRIES)
        throw new SluiceError('throttled', `sending messages: ${left.length} of ${part.length} were not taken (${reason})`);
      await backoff(tried);
      ({ left, reason } = await sendPart(url, left));
    }
  }
}
