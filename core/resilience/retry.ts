import { SluiceError } from '../errors.ts';
import type { Clock } from '../ports/index.ts';

/** Time and chance, which tests set. */
export type Pacing = {
  clock: Clock;
  random: () => number;
  wait: (ms: number) => Promise<void>;
};

const LONGEST_BACKOFF_MS = 10_000;

/** Whether a service is at fault in a way that time may mend. */
export const isOutOfReach = (error: unknown): error is SluiceError =>
  error instanceof SluiceError && (error.code === 'throttled' || error.code === 'timeout' || error.code === 'unavailable');

/** That, or that it was not called because it would have been. */
const isWorthWaiting = (error: unknown): error is SluiceError =>
  isOutOfReach(error) || (error instanceof SluiceError && error.code === 'paused');

/**
 * Tries again with exponential backoff and full jitter (Brooker, AWS Architecture Blog, 2015), never sooner than the
 * service says, as long as the next try begins within the given time; then throws the last error. What waiting does not
 * mend is thrown at once.
 */
export async function retrying<T>(
  attempt: () => Promise<T>,
  { clock, random, wait }: Pacing,
  { withinMs, firstMs = 200 }: { withinMs: number; firstMs?: number },
): Promise<T> {
  const deadline = clock.now() + withinMs;
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isWorthWaiting(error)) throw error;
      const pause = (error.retryAfterMs ?? 0) + random() * Math.min(LONGEST_BACKOFF_MS, firstMs * 2 ** Math.min(tries, 20));
      if (clock.now() + pause >= deadline) throw error;
      await wait(pause);
    }
  }
}
