import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ACCOUNT } from '#test/aws/aws.ts';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import { eventsOf, formOf, shownEvents } from './event-flow.ts';
import { callsOf, deadLetters, documentsByKey, exportedChunks, foundKeys, page, publishedEvents } from './helpers.ts';

const ROOT = path.join(import.meta.dirname, '../../..');

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy();
});
afterAll(() => deployment.stop());
afterEach(() => {
  expect(deployment.lambda.failures).toEqual([]);
});

const TEXT = page('Pressure in the northern line', 7, 8);

/** S3's own event about an object, sent as EventBridge would. */
async function hint(name: string, key: string, more: object = {}): Promise<void> {
  const { clients, variable, queue, aws } = deployment;
  const bucket = variable('SLUICE_INBOX_BUCKET');
  const event = {
    version: '0',
    id: '17793124-05d4-b198-2fde-7ededc63b103',
    'detail-type': name,
    source: 'aws.s3',
    account: ACCOUNT,
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [`arn:aws:s3:::${bucket}`],
    detail: { version: '0', bucket: { name: bucket }, object: { key, ...more } },
  };
  const QueueUrl = `${aws.url}/${ACCOUNT}/${queue('detect-change-bulk')}`;
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
}

it('makes an object that is put searchable, and no event of it is lost', async () => {
  await deployment.put('first/north.md', TEXT);
  await deployment.idle();

  expect((await foundKeys(deployment, 'pressure in the northern line'))[0]).toBe('first/north.md');
  const document = (await documentsByKey(deployment)).get('first/north.md');
  expect(document).toMatchObject({ state: 'indexed', generation: 1, chunks: expect.any(Number) });
  const { events } = await deployment.api<{ events: { event: string }[] }>('GET', `/api/documents/${document?.documentId}`);
  const published = new Set(publishedEvents(deployment).map(({ name }) => name));
  expect(new Set(events.map(({ event }) => event))).toEqual(published);
  expect([...published]).toEqual(expect.arrayContaining(['document.changed', 'chunks.planned', 'document.indexed']));
  expect(await deadLetters(deployment)).toBe(0);
});

it('hands on the events that the documentation shows, from queue to queue', async () => {
  const key = 'service/runbook-pressure-loss.md';
  await deployment.put(key, readFileSync(path.join(ROOT, 'samples/documents', key)));
  await deployment.idle();

  const document = (await documentsByKey(deployment)).get(key)?.documentId;
  const shown = shownEvents(readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8'));
  expect(shown.length).toBeGreaterThan(5);
  expect(eventsOf(deployment, document ?? '', key).map(formOf)).toEqual(shown.map(formOf));
});

it('replaces what an overwritten object said, and embeds only what is new', async () => {
  await deployment.put('over/text.md', `${TEXT}\nThe old gasket was made of cork.\n`);
  await deployment.idle();
  const before = await exportedChunks(deployment);

  await deployment.put('over/text.md', `${TEXT}\nThe new gasket is made of silicone.\n`);
  await deployment.idle();

  const chunks = (await exportedChunks(deployment)).filter(({ uri }) => uri.endsWith('over/text.md'));
  const text = chunks.map((chunk) => chunk.text).join('\n');
  expect(text).toContain('silicone');
  expect(text).not.toContain('cork');
  const old = before.filter(({ uri }) => uri.endsWith('over/text.md'));
  expect(chunks.filter(({ chunkId }) => old.some((one) => one.chunkId === chunkId)).length).toBeGreaterThan(0);
  expect((await documentsByKey(deployment)).get('over/text.md')).toMatchObject({ generation: 2, state: 'indexed' });
});

it('takes a deleted object out of the index', async () => {
  await deployment.put('gone/secret-plan.md', page('The plan for the lighthouse museum', 11));
  await deployment.idle();
  expect(await foundKeys(deployment, 'lighthouse museum plan')).toContain('gone/secret-plan.md');

  await deployment.remove('gone/secret-plan.md');
  await deployment.idle();

  expect(await foundKeys(deployment, 'lighthouse museum plan')).not.toContain('gone/secret-plan.md');
  expect((await exportedChunks(deployment)).filter(({ uri }) => uri.includes('secret-plan'))).toEqual([]);
});

it('does no work for an event that comes twice', async () => {
  await deployment.put('twice/a.md', page('Twice told', 13));
  await deployment.idle();
  const before = (await documentsByKey(deployment)).get('twice/a.md');
  const calls = callsOf(deployment, 'InvokeModel');

  await hint('Object Created', 'twice/a.md');
  await hint('Object Created', 'twice/a.md');
  await deployment.idle();

  expect((await documentsByKey(deployment)).get('twice/a.md')).toEqual(before);
  expect(callsOf(deployment, 'InvokeModel')).toBe(calls);
});

it('ends with what the object is, in whatever order its events come', async () => {
  await deployment.put('order/a.md', page('An early draft about amber', 17));
  await deployment.put('order/a.md', page('The final word about basalt', 19));
  await hint('Object Deleted', 'order/a.md', { 'version-id': 'late' });
  await hint('Object Created', 'order/a.md', { 'version-id': 'older', sequencer: '00' });
  await deployment.idle();

  const chunks = (await exportedChunks(deployment)).filter(({ uri }) => uri.endsWith('order/a.md'));
  expect(chunks.map(({ text }) => text).join('\n')).toContain('basalt');
  expect(chunks.map(({ text }) => text).join('\n')).not.toContain('amber');
  expect(await foundKeys(deployment, 'the final word about basalt')).toContain('order/a.md');
});
