import { randomUUID } from 'node:crypto';
import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { readHeads } from '#adapters/aws/dynamo/ledger-items.ts';
import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { beginTransaction } from '#adapters/aws/transaction.ts';
import { SluiceError } from '#core/errors.ts';
import type { Stage } from '#core/stage.ts';
import { Config } from '#schemas/config.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { createPlaces } from '#test/contract/aws-places.ts';
import { eventOf, headOf, newDocument, workKeyOf } from '#test/contract/make.ts';
import { lambdaContext } from './lambda-context.ts';

const ATTEMPTS = 3;
const sqs = new SQSClient();

type Queue = { url: string; arn: string };
type Fixture = { ledger: { table: string; bucket: string }; queue: Queue; dead: Queue };
let fixture: Fixture;

/** A deployment's resources, as far as `assess` reaches them; the environment names them. */
async function deploy(): Promise<Fixture> {
  const { ledger: table, bucket } = await createPlaces(64);
  const name = `contract-${randomUUID()}`;
  await new EventBridgeClient().send(new CreateEventBusCommand({ Name: name }));
  await new SSMClient().send(new PutParameterCommand({ Name: `/${name}/store-key`, Value: 'a'.repeat(64), Type: 'SecureString' }));
  const config = Config.parse({ bus: { attempts: ATTEMPTS, backoffMs: 1_000 } });
  await new S3Client().send(new PutObjectCommand({ Bucket: bucket, Key: 'config.json', Body: JSON.stringify(config) }));
  const create = async (queue: string): Promise<Queue> => {
    const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `${name}-${queue}` }));
    return { url, arn: `arn:aws:sqs:us-east-1:123456789012:${name}-${queue}` };
  };
  const [queue, dead] = [await create('assess-bulk'), await create('assess-bulk-dlq')];
  Object.assign(process.env, {
    SLUICE_LEDGER_TABLE: table,
    SLUICE_LIMITS_TABLE: 'of-no-service-that-is-called-here',
    SLUICE_WORK_BUCKET: bucket,
    SLUICE_INBOX_BUCKET: bucket,
    SLUICE_STORE_KEY_PARAMETER: `/${name}/store-key`,
    SLUICE_BUS_NAME: name,
    SLUICE_CONFIG_KEY: 'config.json',
    SLUICE_QUEUE_PREFIX: queue.url.slice(0, -'assess-bulk'.length),
  });
  return { ledger: { table, bucket }, queue, dead };
}

/** What is due in a queue, or what comes within a time. */
const receive = async ({ url }: Queue, WaitTimeSeconds = 0): Promise<Message[]> => {
  const all = { MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All' as const] };
  return (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds, ...all }))).Messages ?? [];
};

const recordOf = ({ MessageId = '', ReceiptHandle = '', Body = '', MessageAttributes = {} }: Message, receives: number): SQSRecord => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  body: Body,
  attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: '0', SenderId: '', ApproximateFirstReceiveTimestamp: '0' },
  messageAttributes: Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [
      name,
      { stringValue: StringValue, dataType: 'String' as const },
    ]),
  ),
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: fixture.queue.arn,
  awsRegion: 'us-east-1',
});

const extracted = (document: DocumentId): BusEvent =>
  eventOf('document.extracted', { document, elements: workKeyOf(document, 1, 'extract-0a', 'unmasked'), characters: 1, warnings: 0 });

/** A stage that does what the test says. */
const staged = (run: Stage['run']): Stage => ({ name: 'assess', version: 1, run });

/** Sends events to the queue and calls the function with what it then takes from there. */
async function call(
  run: Stage['run'],
  events: readonly (BusEvent | string)[],
  { receives = 1, remainingMs = () => 60_000 }: { receives?: number; remainingMs?: () => number } = {},
): Promise<SQSBatchResponse> {
  for (const event of events) {
    const body = typeof event === 'string' ? event : JSON.stringify(event);
    await sqs.send(new SendMessageCommand({ QueueUrl: fixture.queue.url, MessageBody: body }));
  }
  const Records = (await receive(fixture.queue)).map((message) => recordOf(message, receives));
  return stageHandler(staged(run))({ Records }, lambdaContext(remainingMs));
}

const failing = (error: Error) => async () => {
  throw error;
};

describe('a function behind a queue', () => {
  beforeEach(async () => {
    fixture = await deploy();
  });

  it('answers that nothing failed when all is done', async () => {
    const answer = await call(async () => [], [extracted(newDocument()), extracted(newDocument())]);
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  it('gives back those alone that have to be tried again', async () => {
    const bad = newDocument();
    const run: Stage['run'] = async (event) => {
      if (event.source === 'sluice' && event.detail.document === bad)
        throw new SluiceError('throttled', 'slow down', { retryAfterMs: 600_000 });
      return [];
    };
    const answer = await call(run, [extracted(newDocument()), extracted(bad), extracted(newDocument())]);
    expect(answer.batchItemFailures).toHaveLength(1);
    expect(await receive(fixture.dead)).toEqual([]);
  });

  it('makes a message whose attempts are used up a dead letter, which says why, as does the head', async () => {
    const document = newDocument();
    const { ports, commit } = beginTransaction({
      ledger: fixture.ledger,
      work: { read: failing(new Error('none')), write: failing(new Error('none')) },
      embeddings: { has: async () => new Set(), put: async () => undefined, delete: async () => undefined },
      vectors: undefined,
      audit: { append: async () => undefined },
      publish: async () => undefined,
      ids: { next: randomUUID },
      now: Date.now,
    });
    await ports.ledger.put(headOf(document));
    await commit({ events: [] });
    const answer = await call(failing(new SluiceError('throttled', 'slow down')), [extracted(document)], { receives: ATTEMPTS });
    expect(answer.batchItemFailures).toEqual([]);
    const [letter] = await receive(fixture.dead);
    expect(letter?.MessageAttributes).toMatchObject({ code: { StringValue: 'throttled' }, attempts: { StringValue: String(ATTEMPTS) } });
    expect(JSON.parse(letter?.Body ?? '')).toMatchObject({ 'detail-type': 'document.extracted', detail: { document } });
    const head = (await readHeads(fixture.ledger, [document])).get(document);
    expect(head).toMatchObject({ state: 'failed', problem: { code: 'throttled', stage: 'assess' } });
  });

  it('makes a bug a dead letter at once, with its stack', async () => {
    await call(failing(new TypeError('x is undefined')), [extracted(newDocument())]);
    const [letter] = await receive(fixture.dead);
    expect(letter?.MessageAttributes?.code?.StringValue).toBe('bug');
    expect(letter?.MessageAttributes?.error?.StringValue).toMatch(/TypeError: x is undefined\n\s+at /);
  });

  it('buries what is no event at all', async () => {
    expect(await call(async () => [], ['{"not":"an event"}'])).toEqual({ batchItemFailures: [] });
    expect((await receive(fixture.dead)).map(({ Body }) => Body)).toEqual(['{"not":"an event"}']);
  });

  it('does not run again what was received more often than it may be tried', async () => {
    let runs = 0;
    const run: Stage['run'] = async () => {
      runs += 1;
      return [];
    };
    await call(run, [extracted(newDocument())], { receives: ATTEMPTS + 1 });
    expect(runs).toBe(0);
    expect((await receive(fixture.dead))[0]?.MessageAttributes?.code?.StringValue).toBe('timeout');
  });

  it('lets a wait for a paused service spend no attempt', async () => {
    const paused = new SluiceError('paused', 'the circuit is open', { retryAfterMs: 1 });
    const answer = await call(failing(paused), [extracted(newDocument())], { receives: 2 });
    expect(answer.batchItemFailures).toEqual([]);
    const [again] = await receive(fixture.queue, 5);
    expect(again?.MessageAttributes?.attempts?.StringValue).toBe('1');
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('1');
    expect(await receive(fixture.dead)).toEqual([]);
  });

  it('counts the attempts of the messages that it was sent again as', async () => {
    const document = newDocument();
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: fixture.queue.url,
        MessageBody: JSON.stringify(extracted(document)),
        MessageAttributes: { attempts: { DataType: 'String', StringValue: String(ATTEMPTS - 1) } },
      }),
    );
    await call(failing(new SluiceError('unavailable', 'down')), []);
    expect((await receive(fixture.dead))[0]?.MessageAttributes?.code?.StringValue).toBe('unavailable');
  });

  it('sends on, uncounted, what it has no time left to begin', async () => {
    let calls = 0;
    const remainingMs = (): number => (calls++ === 0 ? 60_000 : 5_000);
    const answer = await call(failing(new Error('not begun')), [extracted(newDocument())], { remainingMs });
    expect(answer.batchItemFailures).toEqual([]);
    expect((await receive(fixture.queue))[0]?.MessageAttributes?.attempts?.StringValue).toBe('0');
  });

  it('deletes what is done at once when a message of the call has been tried before', async () => {
    const bad = newDocument();
    const run: Stage['run'] = async (event) => {
      if (event.source !== 'sluice' || event.detail.document !== bad) return [];
      throw new SluiceError('throttled', 'slow down', { retryAfterMs: 1 });
    };
    const answer = await call(run, [extracted(newDocument()), extracted(bad)], { receives: 2 });
    expect(answer.batchItemFailures).toHaveLength(1);
    const left = await receive(fixture.queue, 5);
    expect(left.map(({ Body }) => JSON.parse(Body ?? '').detail.document)).toEqual([bad]);
  });
});
