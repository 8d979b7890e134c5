import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { SluiceError } from '#core/errors.ts';
import type { CallService } from '#core/resilience/service.ts';
import type { Config } from '#schemas/config.ts';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';

/**
 * Quotas of https://docs.aws.amazon.com/comprehend/latest/dg/guidelines-and-limits.html: bytes of one text alone, bytes of
 * one text of a batch (and of one whose sentiment is asked), texts of a batch.
 */
export const COMPREHEND = { bytes: 100_000, batchBytes: 5_000, batch: 25, atOnce: 4 } as const;

const TIMEOUT_MS = 20_000;
const WITHIN_MS = 30_000;

export type ComprehendOptions = {
  budget: Config['budgets']['comprehend'];
  home: string;
  callService: CallService;
};

export const comprehendClient = once(() => new ComprehendClient(clientOptions({ attempts: 1, timeoutMs: TIMEOUT_MS })));

/** Calls one operation, each of which has a quota of its own. */
export const operationCaller =
  ({ budget, home, callService }: ComprehendOptions) =>
  <T>(operation: string, call: () => Promise<T>): Promise<T> =>
    callService(
      { provider: 'comprehend', model: operation, region: home, perMinute: { requests: budget.requestsPerMinute }, withinMs: WITHIN_MS },
      {},
      () => calling(`calling Comprehend ${operation}`, call),
    );

/** Of a batch, texts fail one by one; they were cut to fit, so that what fails is the service. */
export function throwFailed(operation: string, failed: readonly { ErrorCode?: string | undefined }[] = []): void {
  const [first] = failed;
  if (first)
    throw new SluiceError('unavailable', `calling Comprehend ${operation}: ${first.ErrorCode ?? 'it failed'} for ${failed.length} texts`);
}

/** ISO 639-1 of a BCP 47 tag. */
export const shortLanguage = (language: string): string => language.slice(0, 2).toLowerCase();
