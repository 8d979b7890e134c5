import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { memoryDeadLetters, memoryInbox, memoryInspection } from '#adapters/memory/memory-operations.ts';
import { memoryPipelineView } from '#adapters/memory/memory-pipeline-view.ts';
import { type MemoryWorld, type MemoryWorldOptions, memoryWorld } from '#adapters/memory/world.ts';
import { answerGateway, type Gateway } from '#apps/api/gateway.ts';
import type { Answered } from '#apps/api/gateway-event.ts';
import { carryOut } from '#core/review/carry-out.ts';
import { objectEvent } from '#core/runtime.ts';
import { REFRESH } from '#core/stages/detect-change.ts';
import { Config } from '#schemas/config.ts';

export const SECRET = 'a secret';
export const OPERATORS = 'group:operators';

export type Deployed = {
  url: string;
  world: MemoryWorld;
  gateway: Gateway;
  answered: Answered[];
  /** The next requests are answered so, by the gateway itself, one each. */
  fail(...answers: { status: number; body: object; headers?: Record<string, string> }[]): void;
  /** Requests that reached the function, and the addresses of uploads. */
  requests: string[];
};

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Computes a request's signature anew, from what came over the wire, as the service does. */
function isSigned({ method = '', url = '', headers }: IncomingMessage, body: string): boolean {
  const [, scope = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\S+), SignedHeaders=(\S+), Signature=(\S+)$/.exec(headers.authorization ?? '') ?? [];
  const [path = '', query = ''] = url.split('?');
  const sorted = query.split('&').filter(Boolean).sort().join('&');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, path, sorted, lines.join(''), names, hex(body)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((parent, part) => hmac(parent, part), `AWS4${SECRET}`);
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hex(canonical)].join('\n');
  return scope.endsWith('/execute-api/aws4_request') && hmac(key, text).toString('hex') === signature;
}

/** A token as an issuer makes it; who verifies it is the gateway, so the signature here is none. */
export const tokenOf = (claims: object): string =>
  ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');

function authorizerOf(request: IncomingMessage, body: string): object | undefined {
  const { authorization = '' } = request.headers;
  if (authorization.startsWith('Bearer ')) return { jwt: { claims: { sub: 'as text' } } };
  return isSigned(request, body) ? { iam: { userArn: 'arn:aws:iam::123456789012:user/ana' } } : undefined;
}

function gatewayOver(world: MemoryWorld, url: () => string, config: Config, answered: Answered[]): Gateway {
  const { keys, sources, fingerprint, embedder } = world.begin().ports;
  const inbox = memoryInbox({
    files: world.files,
    keys,
    config,
    uploadUrl: (key) => `${url()}/inbox/${encodeURIComponent(key)}`,
    onRemoved: (key) => void world.hint(key, inbox.subject(key).source),
  });
  const pipeline = memoryPipelineView({ store: world.store, embedder, changes: () => () => undefined });
  const { clock, ids } = world.begin().ports;
  const certificates: object[] = [];
  return {
    pipeline,
    operations: {
      pipeline,
      inspection: memoryInspection(world.store),
      inbox,
      sources,
      letters: memoryDeadLetters(world.store),
      fingerprint: fingerprint('embed', config),
      hint: (all, again) =>
        world.bus.publish(
          all.map((key) => objectEvent('Object Created', inbox.subject(key).source, key, { clock, ids }, again ? REFRESH : undefined)),
        ),
      decide: (deciding) => carryOut(deciding, () => world.begin()),
      begin: () => world.begin(),
      keepCertificate: async (certificate) => void certificates.push(certificate),
      config,
      now: clock.now,
    },
    token: { userClaim: 'sub', groupsClaim: 'groups', operators: [OPERATORS] },
    answerMs: 5_000,
    onAnswer: (line) => answered.push(line),
  };
}

/** An API Gateway, an inbox and the functions behind both, in one: what is put into the inbox is worked on at once. */
export async function deploy(options: MemoryWorldOptions = {}): Promise<Deployed> {
  const config = options.config ?? Config.parse({});
  const world = memoryWorld({ ...options, config });
  const answered: Answered[] = [];
  const requests: string[] = [];
  const failures: { status: number; body: object; headers?: Record<string, string> }[] = [];
  let url = '';
  const gateway = gatewayOver(world, () => url, config, answered);

  const put = async (request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> => {
    const key = decodeURIComponent(request.url?.slice('/inbox/'.length) ?? '');
    if (createHash('sha256').update(body).digest('hex') !== request.headers['x-checksum']) return void response.writeHead(400).end();
    world.files.set(key, body);
    await world.hint(gateway.operations.inbox.subject(key).nativeId, gateway.operations.inbox.subject(key).source);
    response.end();
  };
  const ask = async (request: IncomingMessage, response: ServerResponse, body: string): Promise<void> => {
    const [rawPath = '', rawQueryString = ''] = (request.url ?? '').split('?');
    const authorizer = authorizerOf(request, body);
    if (!authorizer) return void response.writeHead(403).end(JSON.stringify({ message: 'Forbidden' }));
    await world.runUntilIdle();
    const event = {
      rawPath,
      rawQueryString,
      headers: request.headers,
      body,
      requestContext: { http: { method: request.method }, authorizer },
    };
    const result = await answerGateway(event, gateway);
    response.writeHead(result.statusCode, result.headers).end(result.body);
  };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    requests.push(`${request.method} ${request.url}`);
    const failure = failures.shift();
    if (failure) response.writeHead(failure.status, failure.headers).end(JSON.stringify(failure.body));
    else if (request.url?.startsWith('/inbox/')) await put(request, response, body);
    else await ask(request, response, body.toString());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return { url, world, gateway, answered, requests, fail: (...answers) => void failures.push(...answers) };
}
