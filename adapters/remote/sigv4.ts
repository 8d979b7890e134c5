import { createHash, createHmac } from 'node:crypto';

/** AWS Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */

export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
export type Scope = { region: string; service: string };
export type Signable = { method: string; url: URL; headers: Record<string, string>; body: string };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** RFC 3986: everything but letters, digits and `-._~`, which leaves what `encodeURIComponent` lets through. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** A path is encoded once more than it stands in the address, as every service but S3 wants it. */
const canonicalPath = ({ pathname }: URL): string => pathname.split('/').map(encode).join('/');

const canonicalQuery = ({ searchParams }: URL): string =>
  [...searchParams]
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort(([a, one], [b, other]) => (a === b ? (one < other ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

function canonicalHeaders(headers: Record<string, string>): { text: string; names: string } {
  const entries = Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { text: entries.map(([name, value]) => `${name}:${value}\n`).join(''), names: entries.map(([name]) => name).join(';') };
}

/** The headers of a request together with those that sign it; `host` among them, for whoever sends it to leave alone. */
export function signed(request: Signable, credentials: Credentials, { region, service }: Scope, at: Date): Record<string, string> {
  const time = at.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const headers = {
    ...request.headers,
    host: request.url.host,
    'x-amz-date': time,
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const { text, names } = canonicalHeaders(headers);
  const { method, url, body } = request;
  const canonical = [method, canonicalPath(url), canonicalQuery(url), text, names, sha256(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}
