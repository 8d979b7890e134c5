import { SluiceError } from '#core/errors.ts';
import type { PipelineReader } from '#core/ports/pipeline-view.ts';
import { type Caller, callerOf, type TokenRules } from './caller.ts';
import { type Answered, answered, bodyOf, type GatewayEvent, type GatewayResult } from './gateway-event.ts';
import { inTime } from './in-time.ts';
import { type Operations, operationFor } from './operations.ts';
import { ApiError } from './reply.ts';
import { handlerFor } from './routes.ts';

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

async function respond(event: GatewayEvent, gateway: Gateway): Promise<unknown> {
  const caller = callerOf(event.requestContext.authorizer, event.headers.authorization ?? '', gateway.token);
  const answer = answerFor(event, caller, gateway);
  if (!answer) throw new ApiError(404, 'not-found', 'there is nothing at this path');
  return inTime(answer(), gateway.answerMs);
}

/** Answers one request of an API Gateway; never throws. */
export const answerGateway = (event: unknown, gateway: Gateway): Promise<GatewayResult> =>
  answered(event, (read) => respond(read, gateway), gateway.onAnswer);
