import { describe, expect, it } from 'vitest';
import { calling } from '#adapters/aws/service-error.ts';
import { SluiceError } from '#core/errors.ts';

type Told = { name: string; status?: number; code?: string; retryAfter?: string };

/** An error as the SDK throws it. */
const thrownBy = ({ name, status = 400, code, retryAfter }: Told): Error =>
  Object.assign(new Error('told by the service'), {
    name,
    $metadata: { httpStatusCode: status },
    ...(code !== undefined && { code }),
    ...(retryAfter !== undefined && { $response: { headers: { 'retry-after': retryAfter } } }),
  });

const translated = (told: Told): Promise<unknown> => {
  const error = thrownBy(told);
  return calling('asking a service', () => Promise.reject(error)).catch((thrown: unknown) => thrown);
};

describe('an error of a service', () => {
  it.each<[Told, string]>([
    [{ name: 'ThrottlingException' }, 'throttled'],
    [{ name: 'ProvisionedThroughputExceededException' }, 'throttled'],
    [{ name: 'LimitExceededException' }, 'throttled'],
    [{ name: 'ServiceQuotaExceededException', status: 402 }, 'throttled'],
    [{ name: 'KmsThrottled' }, 'throttled'],
    [{ name: 'SlowDown', status: 503 }, 'throttled'],
    [{ name: 'Unknown', status: 429 }, 'throttled'],
    [{ name: 'TimeoutError', status: 0 }, 'timeout'],
    [{ name: 'ModelTimeoutException', status: 408 }, 'timeout'],
    [{ name: 'InternalServerError', status: 500 }, 'unavailable'],
    [{ name: 'ModelErrorException', status: 424 }, 'unavailable'],
    [{ name: 'Error', status: 0, code: 'ECONNRESET' }, 'unavailable'],
    [{ name: 'AccessDeniedException' }, 'access-denied'],
    [{ name: 'Unknown', status: 403 }, 'access-denied'],
  ])('%o is %s, and keeps its cause', async (told, code) => {
    const error = await translated(told);
    expect(error).toMatchObject({ code, cause: { name: told.name } });
    expect(error).toBeInstanceOf(SluiceError);
  });

  it('says how long the service asks to wait', async () => {
    expect(await translated({ name: 'ThrottlingException', retryAfter: '3' })).toMatchObject({ retryAfterMs: 3000 });
  });

  it('that is about the request itself stays as it is', async () => {
    expect(await translated({ name: 'ValidationException' })).not.toBeInstanceOf(SluiceError);
  });

  it.each(['throttled', 'timeout', 'unavailable'] as const)('%s is tried again, and rejects no document', (code) => {
    expect(new SluiceError(code, 'told by the service').retryable).toBe(true);
  });
});
