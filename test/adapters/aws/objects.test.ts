import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PART_BYTES, writeObject } from '#adapters/aws/s3/objects.ts';

/** As much of S3 as an upload needs: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html */
const objects = new Map<string, Buffer>();
let parts = new Map<number, Buffer>();
let requests: string[] = [];
/** Answers instead of taking a part, so many times. */
let refusals = 0;
let refusal = 503;

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3');
  const body = await buffer(request);
  const part = Number(searchParams.get('partNumber'));
  requests.push(`${request.method}${part ? ' part' : ''}${searchParams.has('uploads') ? ' begin' : ''}`);
  const xml = (text: string) => response.setHeader('content-type', 'application/xml').end(text);
  if (part && refusals-- > 0) {
    response.statusCode = refusal;
    return void xml(`<Error><Code>${refusal === 503 ? 'SlowDown' : 'AccessDenied'}</Code></Error>`);
  }
  response.setHeader('etag', '"1"');
  if (part) parts.set(part, body);
  else if (searchParams.has('uploads'))
    return void xml('<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>');
  else if (request.method === 'DELETE') parts.clear();
  else if (request.method === 'POST') {
    const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
    objects.set(pathname, Buffer.concat(inOrder));
    return void xml('<CompleteMultipartUploadResult><ETag>"1"</ETag></CompleteMultipartUploadResult>');
  } else objects.set(pathname, body);
  response.end();
}

const server = http.createServer((request, response) => void answer(request, response));
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'us-east-1' };
  Object.assign(process.env, keys, { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` });
});
afterAll(() => server.close());
beforeEach(() => {
  [parts, requests, refusals, refusal] = [new Map(), [], 0, 503];
});

const large = Buffer.alloc(2 * PART_BYTES + 1234, 'sluice ');

describe('writing an object', () => {
  it('is one request for a small one', async () => {
    await writeObject('results', 'masked/small', Buffer.from('few words'), 'text/plain');
    expect(requests).toEqual(['PUT']);
    expect(objects.get('/results/masked/small')?.toString()).toBe('few words');
  });

  it('goes up in parts for a large one, and comes out as it went in', async () => {
    await writeObject('results', 'masked/large', large, 'text/plain');
    expect(requests.filter((request) => request === 'PUT part').length).toBe(3);
    expect(objects.get('/results/masked/large')?.equals(large)).toBe(true);
  });

  it('sends a part again that S3 had no time for, and no other', async () => {
    refusals = 1;
    await writeObject('results', 'masked/slow', large, 'text/plain');
    expect(requests.filter((request) => request === 'PUT part').length).toBe(4);
    expect(objects.get('/results/masked/slow')?.equals(large)).toBe(true);
  });

  it('leaves nothing behind when it fails, and says why', async () => {
    [refusals, refusal] = [100, 403];
    await expect(writeObject('results', 'masked/refused', large, 'text/plain')).rejects.toMatchObject({ code: 'access-denied' });
    expect(requests).toContain('DELETE');
    expect(objects.has('/results/masked/refused')).toBe(false);
  });
});
