import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { DEFAULT_SOURCE } from '#schemas/config.ts';
import type { Makers } from '../context.ts';
import { countDeadLetters } from '../messaging/dead-letters.ts';
import { proveBucket } from '../s3/object-facts.ts';
import { type AwsWorld, openWorld } from '../world.ts';
import { compareInbox, compareLedger, eventsOf, type Step } from './compare.ts';
import { payLongOwed, resumeOverdue } from './due.ts';
import { type Place, savedPlace, savePlace } from './place.ts';

/** What a run is told: `full` begins a comparison of all that there is, unless one is under way. */
const Order = z.object({ full: z.boolean().default(false) });

/** What a run did; `done`: nothing is left for the next one. */
export type Swept = { paid: number; resumed: number; hints: number; done: boolean };

/** Time that a page and its hints may take at the most. */
const RESERVE_MS = 30_000;

const counted = (found: Place['found'], hints: Step['hints']): Place['found'] =>
  Object.fromEntries(
    [...new Set([...Object.keys(found), ...hints.map(({ source }) => source)])].map((source) => [
      source,
      (found[source] ?? 0) + hints.filter((hint) => hint.source === source).length,
    ]),
  );

/** Goes on with a comparison, page by page; each page's hints are sent before its place is kept. */
async function compare(world: AwsWorld, isFull: boolean, mayGoOn: () => boolean): Promise<Pick<Swept, 'hints' | 'done'>> {
  const { context, ledger, inbox, publish } = world;
  await proveBucket(inbox.bucket);
  const saved = await savedPlace(ledger);
  const nothing = Object.fromEntries([DEFAULT_SOURCE, ...context.config.sources].map(({ name }) => [name, 0]));
  let { revision } = saved;
  let place: Place | undefined = saved.place ?? (isFull ? { at: 'inbox', found: nothing } : undefined);
  let hints = 0;
  while (place && mayGoOn()) {
    const step = place.at === 'inbox' ? await compareInbox(world, place) : await compareLedger(world, place);
    await publish(eventsOf(world, step.hints));
    hints += step.hints.length;
    const found = counted(place.found, step.hints);
    place = step.next && { ...step.next, found };
    if (!(await savePlace(ledger, { place, revision }))) return { hints, done: false };
    revision += 1;
    if (!place) for (const [source, count] of Object.entries(found)) context.metrics.record('Drift', count, { source });
  }
  return { hints, done: place === undefined };
}

async function sweep(world: AwsWorld, isFull: boolean, mayGoOn: () => boolean): Promise<Swept> {
  const { context } = world;
  const letters = await countDeadLetters(context.environment.of('queues'));
  if (letters > 0) context.metrics.record('DeadLettersWaiting', letters, {});
  const paid = await payLongOwed(world, mayGoOn);
  const resumed = await resumeOverdue(world, mayGoOn);
  return { paid, resumed, ...(await compare(world, isFull, mayGoOn)) };
}

/** Finds by the clock what no event tells: events that were lost, debts of functions that died, jobs that never ended. */
export function sweepHandler(makers: Makers = {}) {
  let opening: Promise<AwsWorld> | undefined;
  return async (order: unknown, lambda: Context): Promise<Swept> => {
    opening ??= openWorld('sweep', makers, process.env);
    opening.catch(() => {
      opening = undefined;
    });
    const world = await opening;
    world.context.log.begin(lambda);
    try {
      const { full } = Order.parse(order ?? {});
      return await sweep(world, full, () => lambda.getRemainingTimeInMillis() > RESERVE_MS);
    } finally {
      world.context.metrics.flush();
    }
  };
}
