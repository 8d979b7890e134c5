import { z } from 'zod';
import { SluiceError } from '../errors.ts';
import type { Clock } from '../ports/index.ts';
import type { SharedRows } from '../ports/shared-rows.ts';

/** Calls and tokens: what there is in a minute, or what one piece of work needs. */
export type Amount = { requests: number; tokens: number };

/**
 * Two token buckets, each as the time (ms since 1970) at which it will be full again (the generic cell rate algorithm of
 * ATM Forum TM 4.0): whatever was taken moves that time on by what it takes to refill.
 */
const Bucket = z.object({ requestsFullAt: z.number(), tokensFullAt: z.number() });
export type Bucket = z.infer<typeof Bucket>;
export const FULL: Bucket = { requestsFullAt: 0, tokensFullAt: 0 };

/** A bucket holds what flows in during this time: a quota of a minute is met without using it up in its first second. */
export const BURST_MS = 10_000;
const MINUTE_MS = 60_000;
/** Who uses up what it leased within this time leases more at once, up to what flows in during it: most calls need no write. */
const SLICE_MS = 1_000;
const FIRST_SLICE_MS = 50;
const LEASE_MS = 5_000;
const ROW_MS = 10 * MINUTE_MS;
const WRITE_TRIES = 6;

/**
 * Takes an amount while the buckets are not empty; it may overdraw them, so that a text larger than a bucket has its turn
 * and those after it wait longer. Over any time T no more is given than flows in during T, a full bucket and one amount.
 */
export function take(bucket: Bucket, need: Amount, perMinute: Amount, now: number): { bucket: Bucket; waitMs: number } {
  const full = { requests: Math.max(bucket.requestsFullAt, now), tokens: Math.max(bucket.tokensFullAt, now) };
  const waitMs = Math.max(full.requests, full.tokens) - now - BURST_MS;
  if (waitMs >= 0) return { bucket, waitMs: Math.max(1, waitMs) };
  const after = (fullAt: number, amount: number, limit: number): number => fullAt + (amount / limit) * MINUTE_MS;
  return {
    waitMs: 0,
    bucket: {
      requestsFullAt: after(full.requests, need.requests, perMinute.requests),
      tokensFullAt: after(full.tokens, need.tokens, perMinute.tokens),
    },
  };
}

type Lease = Amount & { at: number; sliceMs: number };

export type RateBudget = {
  /** Takes an amount from what everyone shares, or throws `paused` with the time until there is some. */
  acquire(name: string, need: Amount, perMinute: Amount): Promise<void>;
};

/** One budget for each name, shared through rows. What is leased and not used within five seconds is lost. */
export function rateBudget({ rows, clock }: { rows: SharedRows; clock: Clock }): RateBudget {
  const leases = new Map<string, Lease>();
  const leasing = new Map<string, Promise<void>>();

  /** What is left of the last lease, and how much to lease next: little for who calls seldom. */
  const leftOf = (name: string): Lease => {
    const now = clock.now();
    const last = leases.get(name);
    if (!last) return { requests: 0, tokens: 0, at: now, sliceMs: 0 };
    const isLeft = now - last.at < LEASE_MS;
    const isFast = now - last.at < SLICE_MS;
    const sliceMs = isFast ? Math.min(SLICE_MS, Math.max(FIRST_SLICE_MS, last.sliceMs * 2)) : isLeft ? last.sliceMs : 0;
    return isLeft ? { ...last, at: now, sliceMs } : { requests: 0, tokens: 0, at: now, sliceMs };
  };
  const lease = async (name: string, need: Amount, perMinute: Amount): Promise<void> => {
    for (let tries = 0; tries < WRITE_TRIES; tries++) {
      const row = await rows.read(`budget:${name}`);
      const left = leftOf(name);
      const lacking = (unit: keyof Amount): number =>
        left[unit] >= need[unit] ? 0 : Math.max(need[unit], Math.floor((perMinute[unit] * left.sliceMs) / MINUTE_MS));
      const slice = { requests: lacking('requests'), tokens: lacking('tokens') };
      const stored = Bucket.safeParse(row?.value);
      const { bucket, waitMs } = take(stored.success ? stored.data : FULL, slice, perMinute, left.at);
      if (waitMs > 0) throw new SluiceError('paused', `${name}: not called, its budget is used up`, { retryAfterMs: waitMs });
      if (await rows.write(`budget:${name}`, bucket, row?.version ?? 0, left.at + ROW_MS)) {
        leases.set(name, { ...left, requests: left.requests + slice.requests, tokens: left.tokens + slice.tokens });
        return;
      }
    }
    throw new SluiceError('paused', `${name}: not called, many take from its budget at once`, { retryAfterMs: SLICE_MS });
  };

  return {
    async acquire(name, need, perMinute) {
      for (;;) {
        const held = leases.get(name);
        if (held && clock.now() - held.at < LEASE_MS && held.requests >= need.requests && held.tokens >= need.tokens) {
          held.requests -= need.requests;
          held.tokens -= need.tokens;
          return;
        }
        const pending = leasing.get(name) ?? lease(name, need, perMinute).finally(() => leasing.delete(name));
        leasing.set(name, pending);
        await pending;
      }
    },
  };
}
