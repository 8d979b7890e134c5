import { SluiceError } from '../errors.ts';

/**
 * Asks the first way to an answer, and another only while those before are out of reach: throttled, down, timed out or
 * paused. A refusal is an answer. With none in reach it throws what the first one said.
 */
export async function firstInReach<R, T>(ways: readonly R[], ask: (way: R) => Promise<T>): Promise<T> {
  let first: unknown;
  for (const way of ways) {
    try {
      return await ask(way);
    } catch (error) {
      if (!(error instanceof SluiceError && error.retryable)) throw error;
      first ??= error;
    }
  }
  throw first ?? new Error('there is no way to ask');
}
