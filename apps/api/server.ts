import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SluiceError } from '#core/errors.ts';
import type { PipelineView } from '#core/ports/pipeline-view.ts';
import type { DocumentRecord } from '#schemas/records/pipeline-view.ts';
import { ReviewRequest } from '#schemas/records/review.ts';
import { asNobody, recordForNobody } from './as-nobody.ts';
import { bodyOf, parsed } from './body.ts';
import { allowedHosts, guard } from './guard.ts';
import { inTime } from './in-time.ts';
import { Live } from './live.ts';
import { ApiError, send, sendJson, toApiError } from './reply.ts';
import { handlerFor } from './routes.ts';

export type ServeOptions = {
  /** 0 takes a free one. */
  port: number;
  /** Loopback and nothing else: there is no token that says who asks. */
  host?: '127.0.0.1';
  pipeline: PipelineView;
  /** The page's own files by their path, `/` among them; undefined: there is no such file. */
  page: (path: string) => { type: string; body: Uint8Array | string } | undefined;
  /** Carries out a person's decision about a held document; absent: the page only shows. */
  review?: (request: ReviewRequest) => Promise<DocumentRecord>;
  /** Told of errors that no answer explains. */
  onError?: (error: unknown) => void;
  gatherMs?: number;
  heartbeatMs?: number;
  answerMs?: number;
  maxStreams?: number;
};

export type ApiServer = {
  url: string;
  port: number;
  /** Ends the streams, lets running answers finish, and frees the port. */
  close(): Promise<void>;
};

/** This server has no token that says who asks, and its page shows a few hits. */
const NOBODY = { principals: [], mostHits: 50 };

/** Time that running answers get when the server closes. */
const CLOSING_MS = 1_000;

export async function serveApi(options: ServeOptions): Promise<ApiServer> {
  const { page, host = '127.0.0.1', onError = () => {}, answerMs = 20_000 } = options;
  const pipeline = asNobody(options.pipeline);
  const live = new Live({
    pipeline,
    gatherMs: options.gatherMs ?? 150,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    maxStreams: options.maxStreams ?? 32,
    onError,
  });
  let hosts: ReadonlySet<string> = new Set();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path, parameters } = targetOf(request);
    guard(request.headers, path, hosts);
    const file = page(path);
    const handler = handlerFor(path, pipeline, NOBODY);
    const isLive = path === '/api/events';
    if (!file && !handler && !isLive) throw new ApiError(404, 'not-found', 'there is nothing at this path');
    if (request.method === 'POST' && path === '/api/review' && options.review) {
      const decision = parsed(ReviewRequest, await bodyOf(request));
      sendJson(request, response, 200, recordForNobody(await inTime(options.review(decision), answerMs)));
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new ApiError(405, 'method-not-allowed', `${request.method} is not answered; GET and HEAD are`);
    if (isLive && request.method === 'GET') await live.open(response);
    else if (isLive) send(request, response, 200, 'text/event-stream; charset=utf-8', '');
    else if (handler) sendJson(request, response, 200, await inTime(handler(parameters), answerMs));
    else if (file) send(request, response, 200, file.type, file.body);
  };

  const server = createServer({ headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 });
  server.maxConnections = 256;
  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => fail(request, response, error, onError));
  });
  await listen(server, options.port, host);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  hosts = allowedHosts(port);
  return {
    url: `http://${host}:${port}/`,
    port,
    async close() {
      live.close();
      const closed = once(server, 'close');
      server.close();
      const patience = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
      await closed;
      clearTimeout(patience);
    },
  };
}

/** Parsed by hand: against a base, `//evil.example/x` and a full address would name another host. */
function targetOf({ url = '' }: IncomingMessage): { path: string; parameters: URLSearchParams } {
  if (!url.startsWith('/')) throw new ApiError(400, 'invalid-input', 'the request must name a path');
  const cut = url.indexOf('?');
  return { path: cut < 0 ? url : url.slice(0, cut), parameters: new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1)) };
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown, onError: (error: unknown) => void): void {
  const { status, code, message } = toApiError(error);
  if (status >= 500) onError(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const headers = { ...(status === 405 && { Allow: 'GET, HEAD' }), ...(status === 503 && { 'Retry-After': '2' }) };
  sendJson(request, response, status, { error: { code, message } }, headers);
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const why = isTaken
      ? 'another program has this port; `--set server.port=0` takes a free one'
      : error instanceof Error
        ? error.message
        : String(error);
    throw new SluiceError('unavailable', `serving on ${host}:${port}: ${why}`, { cause: error });
  }
}
