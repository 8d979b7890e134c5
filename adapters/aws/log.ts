import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { SluiceError } from '#core/errors.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { StageName } from '#schemas/routes.ts';

/** What came of a message: `waits` spends no attempt, `dead` is given up. */
export type Outcome = 'done' | 'retry' | 'waits' | 'dead';

export type StageLine = {
  stage: StageName;
  outcome: Outcome;
  /** Undefined: the message held no event. */
  event: BusEvent | undefined;
  /** Events that follow. */
  emitted?: readonly BusEvent[];
  error?: unknown;
  attempts?: number;
  ms?: number;
};

export type Log = {
  /** Ties the lines that follow to an invocation. */
  begin(context: Context): void;
  /** One line for each document and stage. */
  tell(line: StageLine): void;
  /** One line for each request to the API. `route` names no document. */
  answered(line: { route: string; status: number; ms: number; error?: unknown }): void;
  /** Something beside the stages went wrong. `what` holds no content and no names. */
  warn(what: string, error?: unknown): void;
};

/** What a search of the logs finds a document by: its keyed hash, never its name. */
function correlation(event: BusEvent | undefined): Record<string, unknown> {
  if (!event) return {};
  const { id, 'detail-type': type } = event;
  if (event.source !== 'sluice') return { event: id, type };
  const { document, generation, revision, source, lane, hops } = event.detail;
  return { event: id, type, document, generation, revision, source, lane, hops };
}

/** Where an error was thrown, without its words: they may hold names, and content where they are not ours. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());

function errorFacts(error: unknown): Record<string, unknown> {
  if (error === undefined) return {};
  if (error instanceof SluiceError) {
    const { cause } = error;
    return { code: error.code, ...(cause instanceof Error && { cause: cause.name }) };
  }
  return error instanceof Error ? { code: 'bug', error: error.name, frames: framesOf(error) } : { code: 'bug', error: typeof error };
}

/** Structured lines through Powertools; what is normal takes one line, and a dead letter is an error. */
export function lambdaLog(service: string): Log {
  const logger = new Logger({ serviceName: service });
  return {
    begin: (context) => logger.addContext(context),
    tell({ stage, outcome, event, emitted = [], error, attempts, ms }) {
      const line = {
        stage,
        outcome,
        ...correlation(event),
        ...(emitted.length > 0 && { emitted: emitted.map((one) => one['detail-type']) }),
        ...(attempts !== undefined && { attempts }),
        ...(ms !== undefined && { ms: Math.round(ms) }),
        ...errorFacts(error),
      };
      if (outcome === 'dead') logger.error('message given up', line);
      else logger.info(`message ${outcome}`, line);
    },
    answered({ error, ...line }) {
      if (line.status >= 500) logger.error('request failed', { ...line, ...errorFacts(error) });
      else logger.info('request answered', { ...line, ...errorFacts(error) });
    },
    warn: (what, error) => logger.warn(what, errorFacts(error)),
  };
}
