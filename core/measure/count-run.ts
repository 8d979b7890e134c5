import type { BusEvent } from '#schemas/events/index.ts';
import type { StageName } from '#schemas/routes.ts';
import { SluiceError, spendsNoAttempt } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { Metrics } from '../ports/metrics.ts';

/** What the runtime counts of every stage, so that no stage has to. */

type Named = { name: StageName };
type Measured = Pick<Ports, 'clock' | 'metrics'>;

/** How long a stage takes, whatever comes of it. */
export async function timed<T>({ name }: Named, { clock, metrics }: Measured, run: () => Promise<T>): Promise<T> {
  const began = clock.now();
  try {
    return await run();
  } finally {
    metrics.record('StageLatency', clock.now() - began, { stage: name });
  }
}

/** Events carry whole seconds, and clocks differ: an age is never negative. */
export function countAge({ name }: Named, { time }: BusEvent, { clock, metrics }: Measured): void {
  const ageMs = clock.now() - Date.parse(time);
  if (Number.isFinite(ageMs)) metrics.record('MessageAge', Math.max(0, ageMs / 1000), { stage: name });
}

/** A conflict is settled by running again at once; waiting for a file or a paused service is no failure. */
export function countRetry({ name }: Named, error: unknown, { metrics }: Measured): void {
  if (!(error instanceof SluiceError) || !error.retryable || spendsNoAttempt(error)) return;
  metrics.record(error.code === 'conflict' ? 'StageConflicts' : 'StageRetries', 1, { stage: name });
}

/** Counts a message that was given up, once that is stored. */
export function countDeadLetter({ name }: Named, event: BusEvent | undefined, metrics: Metrics): void {
  metrics.record('DeadLetters', 1, { stage: name });
  if (event?.source === 'sluice') metrics.record('DocumentsFailed', 1, { source: event.detail.source });
}
