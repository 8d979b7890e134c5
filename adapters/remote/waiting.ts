import { SluiceError } from '#core/errors.ts';
import type { Listener } from '#core/ports/pipeline.ts';
import type { Outcome, Tally } from '#core/tally.ts';
import { type Progress, ProgressAnswer } from '#schemas/records/operations.ts';
import type { StoryEvent } from '#schemas/records/pipeline-view.ts';
import type { Client } from './client.ts';

/** A document that is waited for: `baseline` is its generation before the pass, `after` one that it has to pass. */
export type Awaited = { key: string; baseline: number; after?: number };

export type WaitOptions = {
  /** Between two looks; it grows while nothing happens. */
  pauseMs: number;
  /** Without any document getting done, this is the end. */
  patienceMs: number;
  /** How long a settled document's story is waited for: it is written a little later. */
  storyMs: number;
};

const ASKED = 100;
const LONGEST_PAUSE_MS = 5_000;
const ENDS = new Set(['document.indexed', 'document.rejected', 'document.held', 'document.unindexed']);
/** What a state means where no story says more. */
const OUTCOMES: Partial<Record<string, Outcome>> = {
  indexed: 'indexed',
  rejected: 'rejected',
  held: 'held',
  failed: 'failed',
  removed: 'removed',
};

const isTold = ({ generation, events, state }: Progress, { baseline }: Awaited): boolean =>
  generation <= baseline || state === 'failed' || events.some((event) => event.generation === generation && ENDS.has(event.event));

function count({ document, generation, state, events }: Progress, { baseline }: Awaited, tally: Tally): void {
  // An event may be told more than once; what happened in it happened once.
  const fresh = new Map<string, StoryEvent>();
  for (const event of events.toReversed())
    if (event.generation > baseline) fresh.set(`${event.generation} ${event.event} ${event.facts.batch}`, event);
  for (const event of [...fresh.values()].reverse()) tally.see(document, event);
  const outcome = OUTCOMES[state ?? ''];
  if (outcome === 'failed' || (generation > baseline && outcome && !tally.outcomes.has(document))) tally.settle(document, outcome);
}

const problemOf = ({ uri, state, problem }: Progress): string[] =>
  problem && ['rejected', 'held', 'failed'].includes(state ?? '') ? [`${uri}: ${state}: ${problem.code}: ${problem.message}`] : [];

/** Waits until every document has an end state, counts what became of them, and answers what went wrong. */
export async function waitFor(
  client: Client,
  awaited: readonly Awaited[],
  { tally, listener }: { tally: Tally; listener: Listener },
  { pauseMs, patienceMs, storyMs }: WaitOptions,
): Promise<string[]> {
  const waiting = new Map(awaited.map((one) => [one.key, one]));
  const settledAt = new Map<string, number>();
  const problems: string[] = [];
  let pause = pauseMs;
  let latest = performance.now();
  listener.total(waiting.size);
  while (waiting.size > 0) {
    const before = waiting.size;
    for (const document of await ask(client, [...waiting.values()])) {
      const one = waiting.get(document.key);
      if (!one || !document.settled) continue;
      const since = settledAt.get(document.key) ?? performance.now();
      settledAt.set(document.key, since);
      if (!isTold(document, one) && performance.now() - since < storyMs) continue;
      count(document, one, tally);
      problems.push(...problemOf(document));
      waiting.delete(document.key);
    }
    listener.done(awaited.length - waiting.size);
    const isMoving = waiting.size < before;
    if (isMoving) latest = performance.now();
    if (performance.now() - latest > patienceMs)
      throw new SluiceError(
        'timeout',
        `waiting for ${waiting.size} documents: nothing came of them; \`sluice status --remote\` shows where they are`,
      );
    pause = isMoving ? pauseMs : Math.min(LONGEST_PAUSE_MS, pause * 1.5);
    if (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return problems;
}

async function ask(client: Client, waiting: readonly Awaited[]): Promise<Progress[]> {
  const found: Progress[] = [];
  for (let i = 0; i < waiting.length; i += ASKED) {
    const documents = waiting.slice(i, i + ASKED).map(({ key, after }) => ({ key, ...(after !== undefined && { after }) }));
    const answer = await client.post('api/progress', ProgressAnswer, { documents });
    found.push(...answer.documents);
  }
  return found;
}
