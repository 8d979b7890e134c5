import { SluiceError } from '../errors.ts';
import type { Clock } from '../ports/index.ts';
import type { SharedRows } from '../ports/shared-rows.ts';
import { admission, CIRCUIT, Circuit, CLOSED, counted, probed, probing } from './circuit.ts';
import { isOutOfReach } from './retry.ts';

/** How old what is known of a circuit may be; and how often counts are told to the others, while something fails. */
const FRESH_MS = 1_000;
const TELL_MS = 500;
const ROW_MS = 60 * 60_000;
const WRITE_TRIES = 4;

type Known = { circuit: Circuit; version: number; at: number };
type Tally = { calls: number; failures: number; toldAt: number; windowEnds: number };

export type Breaker = {
  /** Makes a call, or throws `paused` without making it while the circuit is open. Counts how it went. */
  guard<T>(name: string, call: () => Promise<T>): Promise<T>;
};

/**
 * A circuit for each service, shared through rows. Where nothing fails nothing is written, and a row is read once a second.
 * `onChange` is told when a circuit opens, refuses a call (`open`), or closes.
 */
export function circuitBreaker(
  { rows, clock }: { rows: SharedRows; clock: Clock },
  onChange: (name: string, isOpen: boolean) => void = () => undefined,
): Breaker {
  const known = new Map<string, Known>();
  const tallies = new Map<string, Tally>();

  const load = async (name: string): Promise<Known> => {
    const row = await rows.read(`circuit:${name}`);
    const circuit = Circuit.safeParse(row?.value);
    const now = { circuit: circuit.success ? circuit.data : CLOSED, version: row?.version ?? 0, at: clock.now() };
    known.set(name, now);
    return now;
  };
  const current = async (name: string): Promise<Known> => {
    const last = known.get(name);
    return last && clock.now() - last.at < FRESH_MS ? last : load(name);
  };
  const store = async (name: string, { version }: Known, circuit: Circuit): Promise<boolean> => {
    const now = clock.now();
    if (!(await rows.write(`circuit:${name}`, circuit, version, now + ROW_MS))) return false;
    known.set(name, { circuit, version: version + 1, at: now });
    return true;
  };
  /** Changes the stored circuit, whoever else does; given up while many do, since their counts say the same. */
  const change = async (name: string, to: (circuit: Circuit) => Circuit): Promise<Circuit | undefined> => {
    for (let tries = 0; tries < WRITE_TRIES; tries++) {
      const from = await load(name);
      const circuit = to(from.circuit);
      if (await store(name, from, circuit)) return circuit;
    }
    return undefined;
  };

  const tallyOf = (name: string): Tally => {
    const now = clock.now();
    const last = tallies.get(name);
    if (last && last.windowEnds > now) return last;
    const fresh = { calls: 0, failures: 0, toldAt: last?.toldAt ?? 0, windowEnds: now + CIRCUIT.windowMs };
    tallies.set(name, fresh);
    return fresh;
  };
  const count = async (name: string, hasFailed: boolean): Promise<void> => {
    const tally = tallyOf(name);
    tally.calls += 1;
    tally.failures += hasFailed ? 1 : 0;
    const now = clock.now();
    const others = known.get(name)?.circuit;
    const isTrouble = tally.failures > 0 || (others !== undefined && others.failures > 0 && others.windowEnds > now);
    if (!isTrouble || now - tally.toldAt < TELL_MS) return;
    const { calls, failures } = tally;
    Object.assign(tally, { calls: 0, failures: 0, toldAt: now });
    const circuit = await change(name, (stored) => counted(stored, { calls, failures }, clock.now()));
    if (circuit && circuit.openUntil !== 0) onChange(name, true);
    if (!circuit) Object.assign(tally, { calls: tally.calls + calls, failures: tally.failures + failures });
  };

  const paused = (name: string, ms: number): SluiceError => {
    onChange(name, true);
    return new SluiceError('paused', `${name}: not called, the circuit is open`, { retryAfterMs: ms });
  };
  const attempt = async <T>(call: () => Promise<T>, then: (works: boolean | undefined) => Promise<void>): Promise<T> => {
    try {
      const answer = await call();
      await then(true);
      return answer;
    } catch (error) {
      // A refusal shows that the service works; what was not sent shows nothing.
      const wasSent = !(error instanceof SluiceError && error.code === 'paused');
      await then(isOutOfReach(error) ? false : wasSent ? true : undefined);
      throw error;
    }
  };

  return {
    async guard(name, call) {
      const from = await current(name);
      const admitted = admission(from.circuit, clock.now());
      if (admitted.kind === 'wait') throw paused(name, admitted.ms);
      if (admitted.kind === 'call')
        return attempt(call, async (works) => {
          if (works !== undefined) await count(name, !works);
        });
      if (!(await store(name, from, probing(from.circuit, clock.now())))) {
        known.delete(name);
        throw paused(name, FRESH_MS);
      }
      return attempt(call, async (works) => {
        const circuit = await change(name, (stored) => probed(stored, works, clock.now()));
        if (circuit && works !== undefined) onChange(name, !works);
      });
    },
  };
}
