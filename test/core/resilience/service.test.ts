import { describe, expect, it } from 'vitest';
import { memoryMetrics } from '#adapters/memory/memory-metrics.ts';
import { SluiceError } from '#core/errors.ts';
import { type Service, serviceCaller } from '#core/resilience/service.ts';
import { pacing, throttle } from './helpers.ts';

const titan: Service = {
  provider: 'bedrock',
  model: 'titan',
  region: 'eu-central-1',
  perMinute: { requests: 6_000, tokens: 300_000 },
  withinMs: 20_000,
};

function caller() {
  const world = pacing();
  const metrics = memoryMetrics();
  const figure = (name: string) => metrics.recorded.filter((one) => one.name === name).reduce((sum, { value }) => sum + value, 0);
  return { ...world, metrics, figure, call: serviceCaller({ ...world, metrics }) };
}

describe('calling a service', () => {
  it('tries a throttled call again, and counts calls, tokens and throttles', async () => {
    const { call, figure, metrics } = caller();
    let tries = 0;
    const answer = await call(titan, { tokens: 120 }, async () => {
      tries += 1;
      if (tries < 4) throw throttle();
      return 'vector';
    });
    expect(answer).toBe('vector');
    expect([figure('ServiceRequests'), figure('ServiceTokens'), figure('Throttles')]).toEqual([4, 120, 3]);
    expect(metrics.recorded[0]?.dimensions).toEqual({ provider: 'bedrock', model: 'titan' });
  });

  it('counts what only the answer tells: the pages of a job, the seconds of a recording', async () => {
    const { call, figure } = caller();
    const length = ({ minutes }: { minutes: number }) => ({ seconds: minutes * 60 });
    await call(titan, length, async () => ({ minutes: 2 }));
    await call(titan, length, async () => ({ minutes: 1 }));
    expect(figure('ServiceSeconds')).toBe(180);
  });

  it('lets a throttle that does not end through as what it is', async () => {
    const { call } = caller();
    const error = throttle();
    await expect(call({ ...titan, withinMs: 1_000 }, {}, () => Promise.reject(error))).rejects.toBe(error);
  });

  it('pauses when the service keeps failing, and goes on by itself when it works again', async () => {
    const { call, figure, clock } = caller();
    const away = new SluiceError('unavailable', 'away');
    const codes: string[] = [];
    for (let i = 0; i < 30; i++) {
      const error = await call({ ...titan, withinMs: 500 }, {}, () => Promise.reject(away)).catch((thrown: unknown) => thrown);
      codes.push(error instanceof SluiceError ? error.code : 'bug');
    }
    expect(codes).toContain('paused');
    expect(codes.at(-1)).toBe('paused');
    const made = figure('ServiceRequests');
    await expect(call({ ...titan, withinMs: 500 }, {}, async () => 'no')).rejects.toMatchObject({ code: 'paused' });
    expect(figure('ServiceRequests')).toBe(made);
    clock.advance(120_000);
    expect(await call(titan, {}, async () => 'back')).toBe('back');
  });

  it('waits for the budget within its time, and pauses beyond it', async () => {
    const { call, waits } = caller();
    const small: Service = { ...titan, perMinute: { requests: 60, tokens: 6_000 } };
    for (let i = 0; i < 14; i++) await call(small, { tokens: 10 }, async () => undefined);
    expect(waits.length).toBeGreaterThan(0);
    await call(small, { tokens: 60_000 }, async () => undefined);
    await expect(call(small, { tokens: 1 }, async () => undefined)).rejects.toMatchObject({ code: 'paused' });
  });

  it('keeps the regions of a model apart', async () => {
    const { call } = caller();
    const small: Service = { ...titan, perMinute: { requests: 6 }, withinMs: 0 };
    await call(small, {}, async () => undefined);
    await expect(call(small, {}, async () => undefined)).rejects.toMatchObject({ code: 'paused' });
    expect(await call({ ...small, region: 'eu-west-1' }, {}, async () => 'there')).toBe('there');
  });
});
