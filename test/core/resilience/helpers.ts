import { memoryClock } from '#adapters/memory/memory-clock.ts';
import { memorySharedRows } from '#adapters/memory/memory-shared-rows.ts';
import { SluiceError } from '#core/errors.ts';

export const throttle = (retryAfterMs?: number): SluiceError =>
  new SluiceError('throttled', 'slow down', retryAfterMs === undefined ? {} : { retryAfterMs });

/** Time that passes only by waiting, and chance that a test chooses. */
export function pacing(random: () => number = () => 0.5) {
  const clock = memoryClock(1_000_000);
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
    clock.advance(ms);
  };
  return { clock, waits, wait, random, rows: memorySharedRows() };
}
