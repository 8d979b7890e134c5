import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { textractOcr } from '#adapters/aws/textract/textract.ts';
import { transcribeSpeech } from '#adapters/aws/transcribe/transcribe.ts';
import type { ContentHandle } from '#core/ports/content.ts';
import type { JobState } from '#core/ports/jobs.ts';
import type { CallService, Cost } from '#core/resilience/service.ts';
import { type Aws, REGION, startAws } from '#test/aws/aws.ts';
import { png, tiff } from '../../core/extraction/service-world.ts';

let aws: Aws;
let topicArn = '';
const BUCKET = 'inbox';

beforeAll(async () => {
  aws = await startAws();
  Object.assign(process.env, aws.environment('recognisers'));
  const s3 = new S3Client();
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  topicArn = (await new SNSClient().send(new CreateTopicCommand({ Name: 'ocr' }))).TopicArn ?? '';
});
afterAll(() => aws.stop());

/** What calls cost, as the metrics would count it. */
const paid: Cost[] = [];
const call: CallService = async (_service, cost, ask) => {
  const answer = await ask();
  paid.push(typeof cost === 'function' ? cost(answer) : cost);
  return answer;
};
const total = (unit: keyof Cost): number => paid.reduce((sum, cost) => sum + (cost[unit] ?? 0), 0);

const ocr = (features: ('tables' | 'forms' | 'layout')[] = ['tables', 'forms', 'layout']) =>
  textractOcr({
    call,
    jobs: () => ({ topicArn, roleArn: 'arn:aws:iam::123456789012:role/ocr-jobs' }),
    features,
    region: REGION,
    requestsPerMinute: 60,
  });
const speech = () => transcribeSpeech({ call, bucket: BUCKET, region: REGION, requestsPerMinute: 60 });

const written = (head: Uint8Array, text: string): Uint8Array => new Uint8Array(Buffer.concat([head, Buffer.from(`\n${text}\n`)]));

async function object(key: string, bytes: Uint8Array): Promise<ContentHandle> {
  await new S3Client().send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: bytes }));
  return {
    ...{ name: key, size: bytes.length, contentHash: '', object: { bucket: BUCKET, key } },
    read: async (start, end) => bytes.slice(start, end),
    withFile: () => Promise.reject(new Error('not asked for')),
  };
}

async function ended<T>(look: () => Promise<JobState<T>>): Promise<JobState<T>> {
  return vi.waitUntil(
    async () => {
      const state = await look();
      return state.state === 'running' ? undefined : state;
    },
    { timeout: 10_000, interval: 50 },
  );
}

describe('Textract', () => {
  it('reads a picture at once: lines, a table, the fields of a form', async () => {
    const bytes = written(png(), ['%ocr 1 Delivery note', '%ocr 1 Part\tPieces', '%ocr 1 Seal kit\t4', '%ocr 1 Name: ~Ana'].join('\n'));
    const { lines, tables, fields } = await ocr().recognise({ name: 'note.png', bytes });
    expect(lines[0]).toMatchObject({ text: 'Delivery note', confidence: 0.985 });
    expect(tables).toMatchObject([
      {
        rows: [
          ['Part', 'Pieces'],
          ['Seal kit', '4'],
        ],
        headerRows: 1,
      },
    ]);
    expect(fields).toMatchObject([{ name: 'Name:', value: 'Ana' }]);
  });

  it('reads plain text where nothing else is asked for', async () => {
    const { lines, tables } = await ocr([]).recognise({ name: 'note.png', bytes: written(png(), '%ocr 1 Part\tPieces') });
    expect([lines.length, tables]).toEqual([1, []]);
    expect(aws.calls.some(({ operation }) => operation === 'DetectDocumentText')).toBe(true);
  });

  it('refuses what it does not read with the reason', async () => {
    await expect(ocr().recognise({ name: 'a.png', bytes: Buffer.from('no picture') })).rejects.toMatchObject({
      code: 'unsupported-format',
    });
    const large = { name: 'large.png', bytes: new Uint8Array(11 * 1024 * 1024) };
    await expect(ocr().recognise(large)).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('large.png') });
  });

  it.each([
    ['throttle', 'throttled'],
    ['unavailable', 'unavailable'],
    ['denied', 'access-denied'],
  ] as const)('that answers %s is no fault of the picture', async (kind, code) => {
    const end = aws.inject({ kind, service: 'textract' });
    await expect(ocr().recognise({ name: 'a.png', bytes: png() })).rejects.toMatchObject({ code });
    end();
  });

  it('reads many pages by a job, whose answer comes in parts, and which the same token names again', async () => {
    const lines = Array.from({ length: 900 }, (_, i) => `%ocr ${1 + Math.floor(i / 300)} line number ${i}`);
    const content = await object(
      'fax.tiff',
      written(
        tiff([
          [9, 9],
          [9, 9],
          [9, 9],
        ]),
        lines.join('\n'),
      ),
    );
    const id = await ocr().start({ token: 'extract-image-1', content });
    expect(await ocr().start({ token: 'extract-image-1', content })).toBe(id);
    const before = total('pages');
    const state = await ended(() => ocr().result(id));
    expect(total('pages') - before).toBe(3);
    const pages = state.state === 'done' ? state.value : [];
    expect(pages.map(({ page, lines: found }) => [page, found.length])).toEqual([
      [1, 300],
      [2, 300],
      [3, 300],
    ]);
    expect(aws.calls.filter(({ operation }) => operation === 'GetDocumentAnalysis').length).toBeGreaterThan(3);
  });

  it("tells a document's fault from its own, and from a job that it does not know", async () => {
    const failing = async (key: string, why: string) => {
      const id = await ocr().start({ token: key, content: await object(`${key}.tiff`, written(tiff([[9, 9]]), `%ocr-fails ${why}`)) });
      return ended(() => ocr().result(id));
    };
    await expect(failing('broken', 'INVALID_IMAGE')).rejects.toMatchObject({ code: 'corrupt' });
    expect(await failing('unlucky', 'INTERNAL_ERROR')).toMatchObject({ state: 'lost' });
    expect(await ocr().result('0'.repeat(32))).toMatchObject({ state: 'lost' });
  });
});

describe('Transcribe', () => {
  const request = async (token: string, text: string, languages: string[] = []) => ({
    ...{ token, content: await object(`${token}.mp3`, written(Buffer.from('ID3'), text)), mediaType: 'audio/mpeg' },
    ...{ languages, speakers: 4 },
  });

  it('writes down who said what, and when, in one job for each name', async () => {
    const job = await request('extract-media-1', '%said spk_0 Good morning.\n%said spk_1 The pump leaks.');
    expect([await speech().start(job), await speech().start(job)]).toEqual(['extract-media-1', 'extract-media-1']);
    const state = await ended(() => speech().result('extract-media-1'));
    expect(state).toMatchObject({
      state: 'done',
      value: {
        language: 'en-US',
        segments: [
          { text: 'Good morning.', speaker: 'spk_0', startMs: 3000, confidence: 0.97 },
          { text: 'The pump leaks.', speaker: 'spk_1' },
        ],
      },
    });
    expect(total('seconds')).toBe(state.state === 'done' ? (state.value.segments.at(-1)?.endMs ?? 0) / 1000 : 0);
    expect(total('seconds')).toBeGreaterThan(3);
  });

  it('measures toxicity in US English, and is given the language where there is one', async () => {
    await speech().start(await request('extract-media-2', '%said spk_0 Good morning.', ['en-US']));
    const state = await ended(() => speech().result('extract-media-2'));
    expect(state).toMatchObject({ value: { segments: [{ toxicity: 0.1 }] } });
    await expect(speech().start(await request('extract-media-3', '', ['xx-YY']))).rejects.toMatchObject({ code: 'invalid-config' });
  });

  it("tells a recording's fault from its own, and from a job that it does not know", async () => {
    await speech().start(await request('extract-media-4', '%speech-fails Unsupported media format.'));
    await expect(ended(() => speech().result('extract-media-4'))).rejects.toMatchObject({ code: 'unsupported-format' });
    await speech().start(await request('extract-media-5', '%speech-fails Internal failure.'));
    expect(await ended(() => speech().result('extract-media-5'))).toMatchObject({ state: 'lost' });
    expect(await speech().result('extract-media-6')).toMatchObject({ state: 'lost' });
  });

  it('writes down a call by its channels, with how each turn sounds', async () => {
    const said = '%channel 0 The pump is broken and I am angry.\n%channel 1 We send somebody today.\n%channel 0 Thank you.';
    const job = { ...(await request('extract-media-8', said, ['en-GB'])), call: { agentChannel: 1 as const } };
    const [id = '', again] = [await speech().start(job), await speech().start(job)];
    expect(again).toBe(id);
    const state = await ended(() => speech().result(id));
    expect(state).toMatchObject({
      state: 'done',
      value: {
        language: 'en-GB',
        segments: [
          { text: 'The pump is broken and I am angry.', speaker: 'customer', startMs: 0, endMs: 4000, sentiment: { label: 'negative' } },
          { speaker: 'agent', confidence: 0.95, sentiment: { label: 'neutral', score: 0 } },
          { speaker: 'customer', sentiment: { label: 'positive', score: 1 } },
        ],
      },
    });
    expect(await speech().result('call:extract-media-9')).toMatchObject({ state: 'lost' });
  });

  it('takes calls of its own size only', async () => {
    const job = { ...(await request('extract-media-10', '')), call: { agentChannel: 0 as const } };
    const large = { ...job, content: { ...job.content, size: 600 * 1024 * 1024 } };
    await expect(speech().start(large)).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('Call Analytics') });
    await speech().start({ ...(await request('extract-media-11', '%speech-fails The audio is too long.')), call: { agentChannel: 0 } });
    await expect(ended(() => speech().result('call:extract-media-11'))).rejects.toMatchObject({ code: 'too-large' });
  });

  it('that throttles is no fault of the recording', async () => {
    const job = await request('extract-media-7', '');
    const end = aws.inject({ kind: 'throttle', service: 'transcribe' });
    await expect(speech().start(job)).rejects.toMatchObject({ code: 'throttled' });
    end();
  });
});
