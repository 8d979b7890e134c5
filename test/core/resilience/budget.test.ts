import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { BURST_MS, FULL, rateBudget, take } from '#core/resilience/budget.ts';
import { pacing } from './helpers.ts';

const perMinute = { requests: 600, tokens: 60_000 };

describe('a bucket', () => {
  it('gives no more than flows in, a full bucket and one amount, and never keeps anyone waiting for good', () => {
    const step = fc.record({ ms: fc.nat(5_000), requests: fc.integer({ min: 1, max: 50 }), tokens: fc.nat(20_000) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 200 }), (steps) => {
        let bucket = FULL;
        let now = 10_000_000;
        const from = now;
        const given = { requests: 0, tokens: 0 };
        for (const { ms, ...need } of steps) {
          now += ms;
          const taken = take(bucket, need, perMinute, now);
          if (taken.waitMs > 0) {
            expect(take(bucket, need, perMinute, now + taken.waitMs + 1).waitMs).toBe(0);
            continue;
          }
          bucket = taken.bucket;
          given.requests += need.requests;
          given.tokens += need.tokens;
          const inflow = (limit: number) => (limit * (now - from + BURST_MS)) / 60_000;
          expect(given.requests).toBeLessThanOrEqual(inflow(perMinute.requests) + need.requests + 1e-6);
          expect(given.tokens).toBeLessThanOrEqual(inflow(perMinute.tokens) + 20_000 + 1e-6);
        }
      }),
    );
  });

  it('gives a text larger than itself its turn, and lets those after it wait', () => {
    const { bucket, waitMs } = take(FULL, { requests: 1, tokens: 60_000 }, perMinute, 1_000);
    expect(waitMs).toBe(0);
    expect(take(bucket, { requests: 1, tokens: 1 }, perMinute, 1_000).waitMs).toBe(60_000 - BURST_MS);
  });
});

describe('the budget', () => {
  type Rows = ReturnType<typeof pacing>['rows'];
  const counting = (rows: Rows) => {
    const used = { writes: 0 };
    const watched: Rows = {
      ...rows,
      write: (...args) => {
        used.writes += 1;
        return rows.write(...args);
      },
    };
    return { used, watched };
  };
  const tried = (acquiring: Promise<void>) =>
    acquiring.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('is shared: containers together get what one would', async () => {
    const shared = pacing();
    const containers = Array.from({ length: 8 }, () => rateBudget(shared));
    const need = { requests: 1, tokens: 50 };
    let given = 0;
    const minutes = 3;
    for (let ms = 0; ms < minutes * 60_000; ms += 100) {
      for (const one of containers) if ((await tried(one.acquire('titan', need, perMinute))) === undefined) given += 1;
      shared.clock.advance(100);
    }
    const most = perMinute.requests * (minutes + BURST_MS / 60_000) + 8 * (perMinute.requests / 60);
    expect(given).toBeLessThanOrEqual(most);
    expect(given).toBeGreaterThan(perMinute.requests * minutes * 0.9);
  });

  it('says when to come back, and that no attempt is spent', async () => {
    const shared = pacing();
    const budget = rateBudget(shared);
    await budget.acquire('titan', { requests: 1, tokens: 120_000 }, perMinute);
    const error = await tried(budget.acquire('titan', { requests: 1, tokens: 1 }, perMinute));
    expect(error).toMatchObject({ code: 'paused', retryAfterMs: 120_000 - BURST_MS });
    shared.clock.advance(120_000 - BURST_MS + 1);
    await budget.acquire('titan', { requests: 1, tokens: 1 }, perMinute);
  });

  it('needs few writes where much is used, and little lease where little is', async () => {
    const shared = pacing();
    const { used, watched } = counting(shared.rows);
    const busy = rateBudget({ ...shared, rows: watched });
    const large = { requests: 6_000, tokens: 300_000 };
    for (let i = 0; i < 1_000; i++) {
      await busy.acquire('titan', { requests: 1, tokens: 40 }, large);
      shared.clock.advance(15);
    }
    expect(used.writes).toBeLessThan(40);
    const seldom = Array.from({ length: 20 }, () => rateBudget(shared));
    for (let round = 0; round < 10; round++) {
      for (const one of seldom) await one.acquire('other', { requests: 1, tokens: 40 }, { requests: 240, tokens: 300_000 });
      shared.clock.advance(5_001);
    }
  });

  it('serves calls at the same time from one lease', async () => {
    const shared = pacing();
    const { used, watched } = counting(shared.rows);
    const budget = rateBudget({ ...shared, rows: watched });
    await Promise.all(
      Array.from({ length: 30 }, () => budget.acquire('titan', { requests: 1, tokens: 10 }, { requests: 6_000, tokens: 300_000 })),
    );
    expect(used.writes).toBeLessThan(12);
  });

  it('keeps services apart, and has no token limit where there is none', async () => {
    const budget = rateBudget(pacing());
    const noTokens = { requests: 60, tokens: Number.POSITIVE_INFINITY };
    for (let i = 0; i < 10; i++) await budget.acquire('textract', { requests: 1, tokens: 0 }, noTokens);
    expect(await tried(budget.acquire('textract', { requests: 1, tokens: 0 }, noTokens))).toBeInstanceOf(SluiceError);
    await budget.acquire('comprehend', { requests: 1, tokens: 0 }, noTokens);
  });

  it('gives up its turn when others are always faster', async () => {
    const { clock, rows } = pacing();
    const losing: Rows = { ...rows, write: async () => false };
    expect(await tried(rateBudget({ clock, rows: losing }).acquire('titan', { requests: 1, tokens: 1 }, perMinute))).toMatchObject({
      code: 'paused',
    });
  });
});
