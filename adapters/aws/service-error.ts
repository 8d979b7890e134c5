import { SluiceError } from '#core/errors.ts';

/** What the SDK's errors have in common. */
type ServiceError = Error & {
  $metadata?: { httpStatusCode?: number; requestId?: string };
  $retryable?: { throttling?: boolean };
  $response?: { headers?: Record<string, string> };
  code?: string;
};

const THROTTLES = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'SlowDown',
  'RequestThrottled',
  'Throttled',
  'ServiceQuotaExceededException',
  // Of the key that a queue, a table or a topic is encrypted with.
  'KmsThrottled',
  'KMSThrottlingException',
  'KMS.ThrottlingException',
  'ModelNotReadyException',
]);
const TIMEOUTS = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'ModelTimeoutException', 'AbortError']);
const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnrecognizedClientException',
  'ExpiredTokenException',
  'InvalidSignatureException',
]);
/** Faults of the service that do not come as a 5xx. */
const UNAVAILABLE = new Set(['ModelErrorException', 'ResourceUnavailableException']);
const CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT']);

function codeOf(error: ServiceError): 'throttled' | 'timeout' | 'unavailable' | 'access-denied' | undefined {
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (THROTTLES.has(error.name) || error.$retryable?.throttling === true || status === 429) return 'throttled';
  if (TIMEOUTS.has(error.name) || status === 408 || status === 504) return 'timeout';
  if (DENIED.has(error.name) || status === 403) return 'access-denied';
  if (status >= 500 || UNAVAILABLE.has(error.name) || (error.code !== undefined && CONNECTION.has(error.code))) return 'unavailable';
  return undefined;
}

/** `Retry-After` in ms, where the service sends one. */
function retryAfter({ $response }: ServiceError): number | undefined {
  const seconds = Number($response?.headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

/**
 * An SDK error as what it means for the pipeline: `throttled`, `timeout` and `unavailable` are tried again, `access-denied`
 * is ours to mend. What is left (a request that the service does not accept) stays as it is: a bug, unless the adapter
 * that met it knows better. `action` says what was attempted, and holds no content.
 */
export function serviceError(error: unknown, action: string): unknown {
  if (!(error instanceof Error) || error instanceof SluiceError) return error;
  const code = codeOf(error);
  if (!code) return error;
  const retryAfterMs = retryAfter(error);
  return new SluiceError(code, `${action}: ${error.name}`, { cause: error, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

/** Runs one SDK call and translates its error. */
export async function calling<T>(action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw serviceError(error, action);
  }
}
