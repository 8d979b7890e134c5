import { z } from 'zod';

/**
 * A circuit breaker's state, shared by all who call a service (Nygard, Release It!, 2007). Closed: calls are made and counted
 * in windows. Open: none is made until a time. Half-open: one caller at a time tries whether the service works again.
 */
export const Circuit = z.object({
  calls: z.number(),
  failures: z.number(),
  windowEnds: z.number(),
  /** Times in ms since 1970; 0: closed. */
  openUntil: z.number(),
  /** How often it opened in a row. */
  opened: z.number(),
  /** Until then someone else is trying. */
  probeUntil: z.number(),
});
export type Circuit = z.infer<typeof Circuit>;

export const CLOSED: Circuit = { calls: 0, failures: 0, windowEnds: 0, openUntil: 0, opened: 0, probeUntil: 0 };

export const CIRCUIT = {
  windowMs: 30_000,
  /** Fewer calls in a window say nothing: with a fifth of the calls throttled, half of 20 fail once in 400 windows. */
  leastCalls: 20,
  /** The share of failures from which it opens. A throttle now and then is what retries are for. */
  share: 0.5,
  firstOpenMs: 5_000,
  longestOpenMs: 120_000,
  /** A trial that gives no answer within this time is over. */
  probeMs: 30_000,
} as const;

export type Admission = { kind: 'call' } | { kind: 'probe' } | { kind: 'wait'; ms: number };

export function admission({ openUntil, probeUntil }: Circuit, now: number): Admission {
  if (openUntil === 0) return { kind: 'call' };
  const until = Math.max(openUntil, probeUntil);
  return until > now ? { kind: 'wait', ms: until - now } : { kind: 'probe' };
}

const opened = (circuit: Circuit, now: number): Circuit => ({
  ...CLOSED,
  opened: circuit.opened + 1,
  openUntil: now + Math.min(CIRCUIT.longestOpenMs, CIRCUIT.firstOpenMs * 2 ** Math.min(circuit.opened, 20)),
});

/** With calls that were made meanwhile; an open circuit stays as it is. */
export function counted(circuit: Circuit, { calls, failures }: { calls: number; failures: number }, now: number): Circuit {
  if (circuit.openUntil !== 0) return circuit;
  const isSame = circuit.windowEnds > now;
  const next = {
    ...circuit,
    calls: (isSame ? circuit.calls : 0) + calls,
    failures: (isSame ? circuit.failures : 0) + failures,
    windowEnds: isSame ? circuit.windowEnds : now + CIRCUIT.windowMs,
  };
  const isBad = next.calls >= CIRCUIT.leastCalls && next.failures >= next.calls * CIRCUIT.share;
  return isBad ? opened(circuit, now) : next;
}

/** Taken by one caller for a trial. */
export const probing = (circuit: Circuit, now: number): Circuit => ({ ...circuit, probeUntil: now + CIRCUIT.probeMs });

/** After the trial; undefined: it was not made. */
export function probed(circuit: Circuit, works: boolean | undefined, now: number): Circuit {
  if (works === undefined) return { ...circuit, probeUntil: 0 };
  return works ? CLOSED : opened(circuit, now);
}
