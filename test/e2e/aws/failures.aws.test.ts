import { PutBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT } from '#test/aws/aws.ts';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import type { KillPoint } from '#test/aws/player/lambda.ts';
import { deadLetters, documentsByKey, exportedChunks, foundKeys, page } from './helpers.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy({ config: { bus: { backoffMs: 20 } } });
});
afterAll(() => deployment.stop());
afterEach(() => deployment.aws.clearFaults());

const document = async (key: string) => (await documentsByKey(deployment)).get(key);
const chunksOf = async (key: string) => (await exportedChunks(deployment)).filter(({ uri }) => uri.endsWith(key));

it('waits for a throttled model, and rejects nothing', async () => {
  deployment.aws.inject({ kind: 'throttle', service: 'bedrock', times: 3 });

  await deployment.put('throttled/a.md', page('A throttled afternoon', 23));
  await deployment.idle();

  expect(await document('throttled/a.md')).toMatchObject({ state: 'indexed', problem: null });
  expect(deployment.aws.calls.filter(({ service, fault }) => service === 'bedrock' && fault === 'throttle').length).toBe(3);
  expect(await deadLetters(deployment)).toBe(0);
});

it('keeps what is no event as a dead letter, with the reason', async () => {
  const { clients, aws, queue, lambda } = deployment;
  const QueueUrl = `${aws.url}/${ACCOUNT}/${queue('validate-bulk')}`;

  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"this":"is no event"}' }));
  await deployment.idle();

  expect(await lambda.count(queue('validate-bulk-dlq'))).toBe(1);
  const looked = new ReceiveMessageCommand({ QueueUrl: `${QueueUrl}-dlq`, MessageAttributeNames: ['All'], VisibilityTimeout: 0 });
  const { Messages: [letter] = [] } = await clients.sqs.send(looked);
  expect(letter).toMatchObject({ Body: '{"this":"is no event"}', MessageAttributes: { code: { StringValue: 'bug' } } });
});

it('moves a message that failed too often to its dead letters, and carries it out when it is redriven', async () => {
  const { lambda, queue, aws } = deployment;
  aws.inject({ kind: 'unavailable', service: 's3vectors', operation: 'PutVectors' });
  await deployment.put('poison/a.md', page('The poisoned well', 29));
  await deployment.idle();
  expect(await lambda.count(queue('index-bulk-dlq'))).toBe(1);
  expect(await document('poison/a.md')).toMatchObject({ state: 'failed', problem: { stage: 'index', code: 'unavailable' } });

  aws.clearFaults();
  const { moved } = await deployment.api<{ moved: object[] }>('POST', '/api/redrive', { stage: 'index' });
  await deployment.idle();

  expect(moved).toEqual([{ stage: 'index', code: 'unavailable', count: 1 }]);
  expect(await lambda.count(queue('index-bulk-dlq'))).toBe(0);
  expect(await document('poison/a.md')).toMatchObject({ state: 'indexed', problem: null });
  expect(await foundKeys(deployment, 'the poisoned well')).toContain('poison/a.md');
});

describe('a function that is killed', () => {
  const POINTS: [when: string, point: KillPoint][] = [
    [
      'detect-change between its head and its event',
      { function: 'detect-change', service: 'dynamodb', operation: /^(TransactWriteItems|PutItem)$/ },
    ],
    ['extract-text between its result and its event', { function: 'extract-text', service: 's3', operation: /^PutObject$/ }],
    ['chunk between its plan and its event', { function: 'chunk', service: 's3', operation: /^PutObject$/ }],
    ['embed between its vectors and its event', { function: 'embed', service: 'dynamodb', operation: /^BatchWriteItem$/ }],
    ['index between the vectors and the commit', { function: 'index', service: 's3vectors', operation: /^PutVectors$/ }],
    ['index between the commit and its event', { function: 'index', service: 'dynamodb', operation: /^TransactWriteItems$/ }],
    ['mask between its event and its mark', { function: 'mask', service: 'events', operation: /^PutEvents$/ }],
  ];

  it.each(POINTS)('%s loses nothing', async (when, point) => {
    const key = `killed/${when.replaceAll(/\W+/g, '-')}.md`;
    const wasKilled = deployment.lambda.killAt(point);

    await deployment.put(key, page(when, when.length + 31));
    await deployment.idle();

    expect(wasKilled()).toBe(true);
    expect(await document(key)).toMatchObject({ state: 'indexed', generation: 1, problem: null });
    const chunks = await chunksOf(key);
    expect(chunks.length).toBeGreaterThan(0);
    expect(chunks.every(({ vector }) => vector !== null)).toBe(true);
  });
});

it('finds an object whose event was lost by sweeping', async () => {
  const { clients, variable, lambda } = deployment;
  const Bucket = variable('SLUICE_INBOX_BUCKET');
  await clients.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} }));
  await deployment.put('lost/a.md', page('A letter lost in the post', 37));
  await clients.s3.send(
    new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { EventBridgeConfiguration: {} } }),
  );
  await deployment.idle();
  expect(await document('lost/a.md')).toBeUndefined();

  // What is young has its own event on the way; here an hour has passed.
  const outcome = await lambda.runSchedule('sweep-full', 3_600_000);
  await deployment.idle();

  expect(outcome).toMatchObject({ result: { hints: 1, done: true } });
  expect(await document('lost/a.md')).toMatchObject({ state: 'indexed' });
});
