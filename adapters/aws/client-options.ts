import { ConfiguredRetryStrategy } from '@smithy/core/retry';

const FIRST_MS = 50;
const LONGEST_MS = 5_000;

/** Longer each time and by chance (full jitter), so that those that were refused at once do not come back at once. */
const waitMs = (attempt: number): number => Math.floor(Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt));

/**
 * What every SDK client is made with, once per container. The client's own retries take throttles of AWS's stores; services
 * with a budget of their own (models, Textract, ...) are called once and retried by `core/resilience`. Not by the SDK's
 * adaptive mode, which slows a client down for as long as any of its calls is refused: docs/decisions/062.
 */
export const clientOptions = ({ attempts = 6, timeoutMs = 10_000 }: { attempts?: number; timeoutMs?: number } = {}) => ({
  maxAttempts: attempts,
  ...(attempts > 1 && { retryStrategy: new ConfiguredRetryStrategy(attempts, waitMs) }),
  requestHandler: { connectionTimeout: 2_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true, socketTimeout: timeoutMs },
});
