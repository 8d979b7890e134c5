import { SluiceError } from '../errors.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { SharedRows } from '../ports/shared-rows.ts';
import { circuitBreaker } from './breaker.ts';
import { rateBudget } from './budget.ts';
import { type Pacing, retrying } from './retry.ts';

/** A service as its quotas see it: one model or operation, in one region. */
export type Service = {
  provider: string;
  model: string;
  region: string;
  perMinute: { requests: number; tokens?: number };
  /** Time that all tries of one call have together. */
  withinMs: number;
};

/** What a call costs. */
export type Cost = { tokens?: number; pages?: number; seconds?: number };
/** Known before the call, or told by its answer: how long a job's document was is only known at its end. */
export type Costing<T> = Cost | ((answer: T) => Cost);

/** Calls a service once for an answer: within the shared budget, behind the shared circuit, tried again for a while. */
export type CallService = <T>(service: Service, cost: Costing<T>, call: () => Promise<T>) => Promise<T>;

const nameOf = ({ provider, model, region }: Service): string => `${provider}:${model}@${region}`;

const COST_UNITS = [
  ['tokens', 'ServiceTokens'],
  ['pages', 'ServicePages'],
  ['seconds', 'ServiceSeconds'],
] as const;

/**
 * The one way to call a service that has quotas. Throws `paused` where no call was made: that wait spends no attempt of a
 * message. Everything else that the call throws comes through as it is, so a throttle stays one.
 */
export function serviceCaller({ rows, metrics, ...pacing }: Pacing & { rows: SharedRows; metrics: Metrics }): CallService {
  const services = new Map<string, Service>();
  const budget = rateBudget({ rows, clock: pacing.clock });
  const breaker = circuitBreaker({ rows, clock: pacing.clock }, (name, isOpen) => {
    const service = services.get(name);
    if (service) metrics.record('CircuitOpen', isOpen ? 1 : 0, { provider: service.provider, model: service.model });
  });
  return (service, cost, call) => {
    const name = nameOf(service);
    services.set(name, service);
    const { provider, model, perMinute } = service;
    const by = { provider, model };
    const limits = { requests: perMinute.requests, tokens: perMinute.tokens ?? Number.POSITIVE_INFINITY };
    const known = typeof cost === 'function' ? {} : cost;
    const need = { requests: 1, tokens: perMinute.tokens === undefined ? 0 : (known.tokens ?? 0) };
    const once = async () => {
      await budget.acquire(name, need, limits);
      metrics.record('ServiceRequests', 1, by);
      const answer = await call();
      const paid = typeof cost === 'function' ? cost(answer) : cost;
      for (const [unit, metric] of COST_UNITS) if (paid[unit] !== undefined) metrics.record(metric, paid[unit], by);
      return answer;
    };
    const attempt = async () => {
      try {
        return await breaker.guard(name, once);
      } catch (error) {
        if (error instanceof SluiceError && error.code === 'throttled') metrics.record('Throttles', 1, by);
        throw error;
      }
    };
    return retrying(attempt, pacing, service);
  };
}
