import { randomUUID } from 'node:crypto';
import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readStoredHead } from '#adapters/aws/dynamo/ledger-items.ts';
import { laneQueues } from '#adapters/aws/messaging/queue-names.ts';
import { inboxOf, s3Sources } from '#adapters/aws/s3/s3-sources.ts';
import { parameterKeys } from '#adapters/aws/store-key.ts';
import { sweepHandler } from '#adapters/aws/sweep/sweep-handler.ts';
import { beginTransaction, type Stores } from '#adapters/aws/transaction.ts';
import { documentId } from '#core/stages/detect-change.ts';
import { Config } from '#schemas/config.ts';
import { ObjectEvent } from '#schemas/events/index.ts';
import type { Head } from '#schemas/records/head.ts';
import { createBucket, createPlaces } from '#test/contract/aws-places.ts';
import { eventOf, headOf, newDocument } from '#test/contract/make.ts';
import { lambdaContext } from './lambda-context.ts';

const sqs = new SQSClient();
const s3 = new S3Client();
const AN_HOUR = 3_600_000;

/** What the sweep reaches, and an inbox that tells nobody of its changes. */
async function deploy() {
  const [{ ledger: table, bucket, indexArn, parameter }, inbox] = await Promise.all([createPlaces(64), createBucket({ versioned: true })]);
  const name = `contract-${randomUUID()}`;
  await new EventBridgeClient().send(new CreateEventBusCommand({ Name: name }));
  const config = Config.parse({ sources: [{ name: 'wiki', path: './wiki' }] });
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'config.json', Body: JSON.stringify(config) }));
  let prefix = '';
  for (const { url } of laneQueues(`${name}-`).flatMap(({ url, deadUrl }) => [{ url }, { url: deadUrl }])) {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: url }));
    prefix = QueueUrl.slice(0, QueueUrl.indexOf(`${name}-`) + name.length + 1);
  }
  Object.assign(process.env, {
    SLUICE_LEDGER_TABLE: table,
    SLUICE_WORK_BUCKET: bucket,
    SLUICE_INBOX_BUCKET: inbox,
    SLUICE_BUS_NAME: name,
    SLUICE_CONFIG_KEY: 'config.json',
    SLUICE_QUEUE_PREFIX: prefix,
    SLUICE_VECTOR_INDEX_ARN: indexArn,
    SLUICE_STORE_KEY_PARAMETER: parameter,
  });
  const keys = await parameterKeys(parameter);
  const stores: Stores = {
    ledger: { table, bucket },
    work: { read: () => Promise.reject(new Error('none')), write: async () => undefined },
    embeddings: { has: async () => new Set(), put: async () => undefined, delete: async () => undefined },
    vectors: undefined,
    audit: { append: async () => undefined },
    publish: async () => undefined,
    ids: { next: randomUUID },
    now: Date.now,
  };
  return { inbox, stores, keys, config, hints: `${prefix}detect-change-bulk` };
}
type Deployed = Awaited<ReturnType<typeof deploy>>;
let deployed: Deployed;

const put = (Key: string, Body = 'text') => s3.send(new PutObjectCommand({ Bucket: deployed.inbox, Key, Body }));

/** The pipeline knows an object as it is now. */
async function know(key: string, source = 'files'): Promise<Head> {
  const { inbox, stores, keys, config } = deployed;
  const place = { inbox: inboxOf(inbox, config), work: inbox, keys: () => keys, isIgnored: () => false, now: Date.now };
  const observation = await s3Sources(place).observe(source, key);
  const document = documentId(keys, source, key);
  const head = headOf(document, { source, nativeId: key, uri: `s3://${inbox}/${key}`, observation: observation ?? null, state: 'indexed' });
  const { ports, commit } = beginTransaction(stores);
  await ports.ledger.put(head);
  await commit({ events: [] });
  return head;
}

const sweep = (full = true, remainingMs = () => 900_000) =>
  sweepHandler({ vectors: () => ({ upsert: async () => undefined, delete: async () => undefined }) })({ full }, lambdaContext(remainingMs));

async function hints(): Promise<string[]> {
  const request = { QueueUrl: deployed.hints, MaxNumberOfMessages: 10 };
  const found: string[] = [];
  for (let left = true; left; ) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(request));
    for (const { Body = '' } of Messages) {
      const { detail, 'detail-type': type } = ObjectEvent.parse(JSON.parse(Body));
      found.push(`${type} ${detail.bucket.name} ${detail.object.key}`);
    }
    left = Messages.length > 0;
  }
  return found.sort();
}

describe('the sweep', () => {
  beforeEach(async () => {
    deployed = await deploy();
    // What changed a moment ago has its event on the way; here an hour has passed.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + AN_HOUR });
  });
  afterEach(() => void vi.useRealTimers());

  it('has nothing to say when ledger and inbox agree', async () => {
    await put('a.txt');
    await put('wiki/b.txt');
    await know('a.txt');
    await know('wiki/b.txt', 'wiki');
    expect(await sweep()).toEqual({ paid: 0, resumed: 0, hints: 0, done: true });
    expect(await hints()).toEqual([]);
  });

  it('finds what came, changed and went without an event, side-cars among it', async () => {
    for (const key of ['same.txt', 'changed.txt', 'gone.txt', 'described.txt', 'undescribed.txt', 'undescribed.txt.metadata.json'])
      await put(key, key.endsWith('.json') ? '{"title":"T"}' : 'text');
    for (const key of ['same.txt', 'changed.txt', 'gone.txt', 'described.txt', 'undescribed.txt']) await know(key);
    await put('wiki/new.txt');
    await put('changed.txt', 'other text');
    await put('described.txt.metadata.json', '{"title":"T"}');
    await put('lonely.txt.metadata.json', '{"title":"T"}');
    await put('.ignored');
    for (const Key of ['gone.txt', 'undescribed.txt.metadata.json'])
      await s3.send(new DeleteObjectCommand({ Bucket: deployed.inbox, Key }));
    expect(await sweep()).toMatchObject({ hints: 5, done: true });
    expect(await hints()).toEqual([
      'Object Created files changed.txt',
      'Object Created files described.txt',
      'Object Created wiki wiki/new.txt',
      'Object Deleted files gone.txt',
      'Object Deleted files undescribed.txt',
    ]);
  });

  it('leaves alone what has its own event on the way', async () => {
    vi.useRealTimers();
    await put('young.txt');
    expect(await sweep()).toMatchObject({ hints: 0 });
  });

  it('goes on where the last run stopped, and begins no comparison unless it is told to', async () => {
    await put('a.txt');
    expect(await sweep(false)).toMatchObject({ hints: 0, done: true });
    let asked = 0;
    const oneStep = (): number => (asked++ < 3 ? 900_000 : 1_000);
    expect(await sweep(true, oneStep)).toMatchObject({ done: false });
    expect(await sweep(false)).toMatchObject({ done: true });
    expect(await hints()).toEqual(['Object Created files a.txt']);
  });

  it('pays what a function that died has owed for long', async () => {
    const head = headOf(newDocument());
    const dead = { ...deployed.stores, publish: () => Promise.reject(new Error('killed')), now: () => Date.now() - AN_HOUR };
    const { ports, commit } = beginTransaction(dead);
    await ports.ledger.put(head);
    await expect(commit({ events: [eventOf('document.changed', { document: head.document })] })).rejects.toThrow('killed');
    expect((await readStoredHead(deployed.stores.ledger, head.document))?.owed?.events).toHaveLength(1);
    expect(await sweep(false)).toMatchObject({ paid: 1 });
    expect((await readStoredHead(deployed.stores.ledger, head.document))?.owed).toBeUndefined();
  });

  it('takes no inbox that is out of reach for an empty one', async () => {
    await put('a.txt');
    await know('a.txt');
    process.env.SLUICE_INBOX_BUCKET = 'no-such-bucket';
    await expect(sweep()).rejects.toMatchObject({ code: 'source-unavailable' });
    expect(await hints()).toEqual([]);
  });
});
