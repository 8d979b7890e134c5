import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import type { PipelineReader } from '#core/ports/pipeline-view.ts';
import { Authorizer, type Caller, callerOf, type TokenRules } from './caller.ts';
import { inTime } from './in-time.ts';
import { type Operations, operationFor } from './operations.ts';
import { ApiError, SECURITY_HEADERS, toApiError } from './reply.ts';
import { handlerFor } from './routes.ts';

/** A request as API Gateway's HTTP API sends it to a function (payload format 2.0), as far as it is looked at. */
const GatewayEvent = z.object({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ http: z.object({ method: z.string() }), authorizer: Authorizer.optional() }),
});
type GatewayEvent = z.infer<typeof GatewayEvent>;

export type GatewayResult = { statusCode: number; headers: Record<string, string>; body: string };

/** What is told of an answered request: neither names nor content. */
export type Answered = { route: string; status: number; ms: number; error?: unknown };

export type Gateway = {
  pipeline: PipelineReader;
  operations: Operations;
  token: TokenRules;
  /** Less than the function's own time, so that the caller learns what happened. */
  answerMs: number;
  onAnswer(answered: Answered): void;
};

/** Hits of one answer: as many as on one machine; they fit well into what a function may answer. */
const MOST_HITS = 1_000;
const SEARCH = '/api/search';

function bodyOf({ body = '', isBase64Encoded }: GatewayEvent): unknown {
  try {
    return JSON.parse((isBase64Encoded ? Buffer.from(body, 'base64').toString() : body) || '{}');
  } catch (error) {
    throw new SluiceError('invalid-input', 'reading the request: its body is not JSON', { cause: error });
  }
}

function answerFor(event: GatewayEvent, caller: Caller, { pipeline, operations }: Gateway): (() => Promise<unknown>) | undefined {
  const { rawPath: path, rawQueryString, requestContext } = event;
  const { method } = requestContext.http;
  if (path !== SEARCH && !caller.isOperator)
    throw new SluiceError('access-denied', 'answering: this path is for operators; the token has none of their groups');
  const handler = handlerFor(path, pipeline, { principals: caller.principals, mostHits: MOST_HITS });
  const operation = operationFor(path, operations);
  if (handler && method === 'GET') return () => handler(new URLSearchParams(rawQueryString));
  if (operation && method === 'POST')
    return () =>
      operation(
        bodyOf(event),
        caller.principals.find((name) => name.startsWith('user:')),
      );
  if (handler || operation) throw new ApiError(405, 'method-not-allowed', `${method} is not answered here`);
  return undefined;
}

async function respond(value: unknown, gateway: Gateway): Promise<unknown> {
  const event = GatewayEvent.parse(value);
  const caller = callerOf(event.requestContext.authorizer, event.headers.authorization ?? '', gateway.token);
  const answer = answerFor(event, caller, gateway);
  if (!answer) throw new ApiError(404, 'not-found', 'there is nothing at this path');
  return inTime(answer(), gateway.answerMs);
}

const result = (statusCode: number, value: unknown): GatewayResult => ({
  statusCode,
  headers: {
    ...Object.fromEntries(Object.entries(SECURITY_HEADERS).map(([name, header]) => [name, String(header)])),
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...((statusCode === 503 || statusCode === 429) && { 'Retry-After': '2' }),
  },
  body: JSON.stringify(value),
});

/** What a request is counted under: its path without what names a document. */
function routeOf(value: unknown): string {
  const event = GatewayEvent.safeParse(value);
  if (!event.success) return 'unreadable';
  const { rawPath, requestContext } = event.data;
  return `${requestContext.http.method} ${rawPath.replace(/^(\/api\/[a-z]+)\/.*$/, '$1/{id}').slice(0, 60)}`;
}

/** Answers one request of an API Gateway; never throws. */
export async function answerGateway(event: unknown, gateway: Gateway): Promise<GatewayResult> {
  const began = performance.now();
  const told = (status: number, error?: unknown): void =>
    gateway.onAnswer({ route: routeOf(event), status, ms: Math.round(performance.now() - began), ...(error !== undefined && { error }) });
  try {
    const value = await respond(event, gateway);
    told(200);
    return result(200, value);
  } catch (error) {
    const { status, code, message } = toApiError(error);
    told(status, error);
    return result(status, { error: { code, message } });
  }
}
