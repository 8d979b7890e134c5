import { randomUUID } from 'node:crypto';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, expect, it } from 'vitest';
import { queueCounts, sqsDeadLetters } from '#adapters/aws/messaging/dead-letters.ts';
import { laneQueues } from '#adapters/aws/messaging/queue-names.ts';

const sqs = new SQSClient();
let prefix = '';

beforeEach(async () => {
  const name = `letters-${randomUUID().slice(0, 8)}-`;
  const made = await Promise.all(
    laneQueues(name).flatMap(({ url, deadUrl }) => [url, deadUrl].map((QueueName) => sqs.send(new CreateQueueCommand({ QueueName })))),
  );
  const url = made[0]?.QueueUrl ?? '';
  prefix = url.slice(0, url.lastIndexOf('/') + 1) + name;
});

const send = (name: string, body: string, attributes: Record<string, string> = {}) =>
  sqs.send(
    new SendMessageCommand({
      QueueUrl: prefix + name,
      MessageBody: body,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([key, StringValue]) => [key, { DataType: 'String', StringValue }]),
      ),
    }),
  );
const received = async (name: string) => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: prefix + name, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  return Messages.map(({ Body, MessageAttributes }) => ({ body: Body, attributes: Object.keys(MessageAttributes ?? {}) }));
};

it('counts what waits, and why letters were given up: by a stage, by a rule, or by a function that died', async () => {
  await send('chunk-bulk', 'waiting');
  await send('measure-bulk', 'only recorded');
  await send('embed-bulk-dlq', 'ours', { code: 'throttled', error: 'stack' });
  await send('index-urgent-dlq', "a rule's", { RULE_ARN: 'arn', TARGET_ARN: 'arn', ERROR_CODE: 'SDK_CLIENT_ERROR' });
  await send('index-bulk-dlq', 'received too often');
  expect(await queueCounts(prefix)).toEqual({
    pending: 1,
    deadLetters: [
      { stage: 'embed', code: 'throttled', count: 1 },
      { stage: 'index', code: 'abandoned', count: 1 },
      { stage: 'index', code: 'undelivered', count: 1 },
    ],
  });
});

it('looks at ten letters of a queue, and counts the others all the same', async () => {
  await Promise.all(Array.from({ length: 13 }, (_, i) => send('embed-bulk-dlq', String(i), { code: 'timeout' })));
  const { deadLetters } = await queueCounts(prefix);
  expect(deadLetters).toEqual([
    { stage: 'embed', code: 'other', count: 3 },
    { stage: 'embed', code: 'timeout', count: 10 },
  ]);
});

it('puts letters of every kind back into their own queues, without what is told of their failure', async () => {
  await send('embed-bulk-dlq', 'ours', { code: 'throttled', attempts: '5' });
  await send('index-urgent-dlq', "a rule's", { ERROR_CODE: 'SDK_CLIENT_ERROR' });
  expect(await sqsDeadLetters(prefix).redrive(undefined, 100)).toEqual({
    moved: [
      { stage: 'embed', code: 'throttled', count: 1 },
      { stage: 'index', code: 'undelivered', count: 1 },
    ],
    left: false,
  });
  expect(await received('embed-bulk')).toEqual([{ body: 'ours', attributes: [] }]);
  expect(await received('index-urgent')).toEqual([{ body: "a rule's", attributes: [] }]);
  expect((await queueCounts(prefix)).deadLetters).toEqual([]);
});

it('takes one stage alone, and says when it took as many as it was to', async () => {
  await send('embed-bulk-dlq', 'a', { code: 'bug' });
  await Promise.all(Array.from({ length: 25 }, (_, i) => send('chunk-bulk-dlq', String(i), { code: 'bug' })));
  const letters = sqsDeadLetters(prefix);
  const first = await letters.redrive('chunk', 20);
  expect(first).toEqual({ moved: [{ stage: 'chunk', code: 'bug', count: 20 }], left: true });
  expect((await letters.redrive('chunk', 20)).moved).toEqual([{ stage: 'chunk', code: 'bug', count: 5 }]);
  expect((await queueCounts(prefix)).deadLetters).toEqual([{ stage: 'embed', code: 'bug', count: 1 }]);
});
