import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { firstInReach } from '#core/resilience/fallback.ts';
import { retrying } from '#core/resilience/retry.ts';
import { pacing, throttle } from './helpers.ts';

/** Fails so often, then answers. */
function failing(times: number, error: Error) {
  let tries = 0;
  return {
    attempt: async () => {
      tries += 1;
      if (tries <= times) throw error;
      return 'done';
    },
    tries: () => tries,
  };
}

describe('trying again', () => {
  it.each(['throttled', 'timeout', 'unavailable', 'paused'] as const)('goes on after %s', async (code) => {
    const { attempt, tries } = failing(3, new SluiceError(code, 'later'));
    expect(await retrying(attempt, pacing(), { withinMs: 60_000 })).toBe('done');
    expect(tries()).toBe(4);
  });

  it.each([
    new SluiceError('access-denied', 'no'),
    new SluiceError('too-large', 'no'),
    new SluiceError('conflict', 'no'),
    new TypeError('bug'),
  ])('does not after $message', async (error) => {
    const { attempt, tries } = failing(1, error);
    await expect(retrying(attempt, pacing(), { withinMs: 60_000 })).rejects.toBe(error);
    expect(tries()).toBe(1);
  });

  it('waits a random time that may grow twice as long with each try', async () => {
    const { waits, ...most } = pacing(() => 1);
    await retrying(failing(5, throttle()).attempt, most, { withinMs: 60_000 });
    expect(waits).toEqual([200, 400, 800, 1600, 3200]);
    const none = pacing(() => 0);
    await retrying(failing(5, throttle()).attempt, none, { withinMs: 60_000 });
    expect(none.waits).toEqual([0, 0, 0, 0, 0]);
  });

  it('never comes back sooner than the service says', async () => {
    const { waits, ...some } = pacing(() => 0.5);
    await retrying(failing(1, throttle(3_000)).attempt, some, { withinMs: 60_000 });
    expect(waits).toEqual([3_100]);
  });

  it('ends within the time that it is given, with the last error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 20_000 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (withinMs, chance) => {
          const some = pacing(() => chance.next().value);
          const from = some.clock.now();
          const error = throttle();
          const attempt = async () => {
            some.clock.advance(100);
            throw error;
          };
          await expect(retrying(attempt, some, { withinMs })).rejects.toBe(error);
          expect(some.clock.now() - from).toBeLessThan(withinMs + 200);
        },
      ),
    );
  });
});

describe('falling back', () => {
  const ways = ['first', 'second', 'third'];

  it('asks the first way while it is in reach', async () => {
    expect(await firstInReach(ways, async (way) => way)).toBe('first');
  });

  it('asks the next while one is out of reach, and says of all what the first said', async () => {
    const paused = new SluiceError('paused', 'first');
    const ask = (reachable: string) => async (way: string) => {
      if (way !== reachable) throw way === 'first' ? paused : throttle();
      return way;
    };
    expect(await firstInReach(ways, ask('third'))).toBe('third');
    await expect(firstInReach(ways, ask('none'))).rejects.toBe(paused);
  });

  it('takes a refusal for an answer', async () => {
    const refused = new SluiceError('too-large', 'no');
    const asked: string[] = [];
    const asking = firstInReach(ways, async (way) => {
      asked.push(way);
      throw refused;
    });
    await expect(asking).rejects.toBe(refused);
    expect(asked).toEqual(['first']);
  });
});
