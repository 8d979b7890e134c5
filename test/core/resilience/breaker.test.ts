import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { circuitBreaker } from '#core/resilience/breaker.ts';
import { admission, CIRCUIT, type Circuit, CLOSED, counted, probed, probing } from '#core/resilience/circuit.ts';
import { pacing, throttle } from './helpers.ts';

describe('a circuit', () => {
  const failed = (times: number, circuit: Circuit = CLOSED, now = 0): Circuit => counted(circuit, { calls: times, failures: times }, now);

  it('stays closed below a number of calls, and below a share of failures', () => {
    expect(admission(failed(CIRCUIT.leastCalls - 1), 1).kind).toBe('call');
    expect(admission(counted(CLOSED, { calls: 100, failures: 49 }, 0), 1).kind).toBe('call');
    expect(admission(counted(CLOSED, { calls: 100, failures: 50 }, 0), 1).kind).toBe('wait');
  });

  it('forgets failures after a while', () => {
    const before = failed(CIRCUIT.leastCalls - 1);
    expect(admission(failed(1, before, CIRCUIT.windowMs - 1), CIRCUIT.windowMs).kind).toBe('wait');
    expect(admission(failed(1, before, CIRCUIT.windowMs), CIRCUIT.windowMs).kind).toBe('call');
  });

  it('lets one caller try when its time is over, another when that one never answers', () => {
    const open = failed(CIRCUIT.leastCalls);
    expect(admission(open, CIRCUIT.firstOpenMs - 1)).toEqual({ kind: 'wait', ms: 1 });
    expect(admission(open, CIRCUIT.firstOpenMs)).toEqual({ kind: 'probe' });
    const taken = probing(open, CIRCUIT.firstOpenMs);
    expect(admission(taken, CIRCUIT.firstOpenMs)).toEqual({ kind: 'wait', ms: CIRCUIT.probeMs });
    expect(admission(taken, CIRCUIT.firstOpenMs + CIRCUIT.probeMs)).toEqual({ kind: 'probe' });
  });

  it('closes after a trial that works, and stays open twice as long, up to a bound, after each that does not', () => {
    const open = failed(CIRCUIT.leastCalls);
    expect(probed(open, true, 0)).toEqual(CLOSED);
    let circuit = open;
    const times = Array.from({ length: 8 }, () => {
      circuit = probed(circuit, false, 0);
      return circuit.openUntil;
    });
    expect(times).toEqual([10_000, 20_000, 40_000, 80_000, 120_000, 120_000, 120_000, 120_000]);
  });

  it('is always in reach again within the longest pause and the longest trial', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('count' as const), calls: fc.nat(50), failures: fc.nat(50) }),
      fc.record({ kind: fc.constant('probe' as const), works: fc.option(fc.boolean(), { nil: undefined }) }),
      fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(200_000) }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let circuit = CLOSED;
        let now = 1;
        for (const one of steps) {
          if (one.kind === 'pass') now += one.ms;
          if (one.kind === 'count') circuit = counted(circuit, { calls: one.calls + one.failures, failures: one.failures }, now);
          if (one.kind === 'probe' && admission(circuit, now).kind === 'probe') circuit = probed(probing(circuit, now), one.works, now);
          expect(admission(circuit, now + Math.max(CIRCUIT.longestOpenMs, CIRCUIT.probeMs)).kind).not.toBe('wait');
        }
      }),
    );
  });
});

describe('the circuit breaker', () => {
  const service = 'bedrock:titan@eu-central-1';
  /** Two containers that share rows and nothing else. */
  function containers() {
    const shared = pacing();
    const changes: boolean[] = [];
    let calls = 0;
    const make = () => {
      const breaker = circuitBreaker(shared, (_, isOpen) => changes.push(isOpen));
      return (outcome: 'works' | Error) =>
        breaker
          .guard(service, async () => {
            calls += 1;
            if (outcome !== 'works') throw outcome;
          })
          .then(
            () => 'works',
            (error: unknown) => (error instanceof SluiceError ? error.code : 'bug'),
          );
    };
    return { ...shared, changes, calls: () => calls, one: make(), other: make() };
  }
  /** Fails until it opens. */
  async function opened() {
    const world = containers();
    for (let i = 0; i < 40 && !world.changes.includes(true); i++) {
      await world.one(throttle());
      world.clock.advance(200);
    }
    return world;
  }

  it('lets others through while a few calls fail', async () => {
    const { one, clock } = containers();
    for (let i = 0; i < 200; i++) {
      expect(await one(i % 5 === 0 ? throttle() : 'works')).toBe(i % 5 === 0 ? 'throttled' : 'works');
      clock.advance(50);
    }
  });

  it('opens for all containers after failures of one, and says when to come back', async () => {
    const world = await opened();
    expect(await world.one('works')).toBe('paused');
    expect(await world.other('works')).toBe('paused');
    expect(world.calls()).toBeLessThan(CIRCUIT.leastCalls + 5);
  });

  it('lets one container try, and closes for all when that works', async () => {
    const { one, other, clock, changes } = await opened();
    clock.advance(CIRCUIT.firstOpenMs);
    expect(await Promise.all([one('works'), one('works'), other('works')])).toEqual(['works', 'paused', 'paused']);
    clock.advance(1_000);
    expect(await other('works')).toBe('works');
    expect(changes.at(-1)).toBe(false);
  });

  it('stays open when the trial fails', async () => {
    const { one, other, clock } = await opened();
    clock.advance(CIRCUIT.firstOpenMs);
    expect(await one(throttle())).toBe('throttled');
    clock.advance(CIRCUIT.firstOpenMs);
    expect(await other('works')).toBe('paused');
    clock.advance(CIRCUIT.firstOpenMs);
    expect(await other('works')).toBe('works');
  });

  it.each([new SluiceError('access-denied', 'no'), new SluiceError('too-large', 'no'), new TypeError('bug')])(
    'counts no failure of the service when a call is refused: $message',
    async (error) => {
      const { one, clock } = containers();
      for (let i = 0; i < 50; i++) {
        await one(error);
        clock.advance(100);
      }
      expect(await one('works')).toBe('works');
    },
  );

  it('writes nothing while nothing fails, and reads once a second', async () => {
    const { rows, clock } = pacing();
    const used = { reads: 0, writes: 0 };
    const watched: typeof rows = {
      read: (key) => {
        used.reads += 1;
        return rows.read(key);
      },
      write: (...args) => {
        used.writes += 1;
        return rows.write(...args);
      },
    };
    const breaker = circuitBreaker({ rows: watched, clock });
    for (let i = 0; i < 1_000; i++) {
      await breaker.guard(service, async () => undefined);
      clock.advance(10);
    }
    expect(used).toEqual({ reads: 10, writes: 0 });
  });
});
