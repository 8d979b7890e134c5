import type { IncomingMessage } from 'node:http';

/** One request to AWS, as the proxy sees it. */
export type Call = {
  /** Its access key: which container, or the test itself. */
  caller: string;
  region: string;
  /** The service's signing name: `s3`, `dynamodb`, `bedrock`, ... */
  service: string;
  /** The operation's name, `PutObject`; empty where it cannot be told. */
  operation: string;
  method: string;
  /** Path and query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
};

export async function bodyOf(message: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}

const flat = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));

/** The operations of S3's REST interface that are told by method and query alone; the first that fits. */
const S3_BY_QUERY: [operation: string, method: string, query: string][] = [
  ['DeleteObjects', 'POST', 'delete'],
  ['CreateMultipartUpload', 'POST', 'uploads'],
  ['CompleteMultipartUpload', 'POST', 'uploadId'],
  ['UploadPart', 'PUT', 'partNumber'],
  ['AbortMultipartUpload', 'DELETE', 'uploadId'],
  ['GetObjectTagging', 'GET', 'tagging'],
  ['PutObjectTagging', 'PUT', 'tagging'],
  ['DeleteObjectTagging', 'DELETE', 'tagging'],
  ['GetObjectAttributes', 'GET', 'attributes'],
  ['ListObjectVersions', 'GET', 'versions'],
];

const OBJECT: Record<string, string> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
  POST: 'PostObject',
};
const BUCKET: Record<string, string> = {
  GET: 'ListObjectsV2',
  HEAD: 'HeadBucket',
  PUT: 'PutBucket',
  DELETE: 'DeleteBucket',
  POST: 'PostBucket',
};

function s3Operation(method: string, path: string, headers: Record<string, string>): string {
  const url = new URL(path, 'http://s3');
  const named = S3_BY_QUERY.find(([, of, query]) => of === method && url.searchParams.has(query));
  if (named) return named[0];
  const hasKey = url.pathname.split('/').filter(Boolean).length > 1;
  if (hasKey && method === 'PUT' && headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
  return (hasKey ? OBJECT : BUCKET)[method] ?? method;
}

function operationOf(service: string, method: string, path: string, headers: Record<string, string>, body: Buffer): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1);
  if (service === 's3') return s3Operation(method, path, headers);
  if (service === 's3vectors') return path.slice(1);
  if (service === 'bedrock') return path.endsWith('/apply') ? 'ApplyGuardrail' : path.endsWith('/converse') ? 'Converse' : 'InvokeModel';
  return new URLSearchParams(body.toString('latin1')).get('Action') ?? '';
}

/** What a request is about, from its signature's scope (`AWS4-HMAC-SHA256 Credential=key/date/region/service/aws4_request`). */
export function callOf(message: Pick<IncomingMessage, 'headers' | 'method' | 'url'>, body: Buffer): Call {
  const headers = flat(message.headers);
  const { method = 'GET', url: path = '/' } = message;
  const [, caller = 'anonymous', region = 'us-east-1', service = 's3'] =
    /Credential=([^/]+)\/[^/]+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  return { caller, region, service, operation: operationOf(service, method, path, headers, body), method, path, headers, body };
}
