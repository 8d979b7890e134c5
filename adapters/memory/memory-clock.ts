import type { Clock, Ids } from '#core/ports/index.ts';

export type MemoryClock = Clock & { advance(ms: number): void };

/** A clock that stands still until it is moved on: a wait of an hour takes no time. */
export function memoryClock(start: number): MemoryClock {
  let at = start;
  return {
    now: () => at,
    advance(ms) {
      at += Math.max(0, ms);
    },
  };
}

/** Counts, so that two runs give the same names. */
export function memoryIds(prefix = 'id'): Ids {
  let last = 0;
  return {
    next() {
      last += 1;
      return `${prefix}-${last}`;
    },
  };
}
