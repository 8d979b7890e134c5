import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Death } from './mortal.ts';
import { type Pipeline, startPipeline } from './pipeline.ts';

const KEY = 'notes.txt';
const SETTINGS = { chunking: { maxTokens: 16 } };
const text = (...words: string[]): string => words.map((word) => `This paragraph tells something about ${word} and its uses.`).join('\n\n');

/** A document's life: it comes, changes, is as it was again, and goes. */
const LIFE: ((pipeline: Pipeline) => Promise<void>)[] = [
  (pipeline) => pipeline.put(KEY, text('ash', 'birch', 'cedar')),
  (pipeline) => pipeline.put(KEY, text('ash', 'birch', 'cedar', 'dogwood')),
  (pipeline) => pipeline.put(KEY, text('ash', 'birch', 'cedar')),
  (pipeline) => pipeline.put(KEY, text('elm')),
  (pipeline) => pipeline.remove(KEY),
];
const CHUNKS = [3, 4, 3, 1, 0];

let pipeline: Pipeline | undefined;
afterEach(() => pipeline?.mortal.restore());

/** Lives the whole life, and looks after each part of it at what is there. */
async function live(deaths: readonly Death[]): Promise<Pipeline> {
  const living = await startPipeline(SETTINGS, deaths);
  pipeline = living;
  for (const [i, part] of LIFE.entries()) {
    const before = living.published.length;
    await part(living);
    await living.settle();
    const { head, owing, manifests, vectors, objects } = await living.leavings(KEY);
    const isRemoved = i === LIFE.length - 1;
    expect(head).toMatchObject({ state: isRemoved ? 'removed' : 'indexed', generation: i + 1 });
    expect(head?.committed).toMatchObject({ generation: i + 1, chunks: CHUNKS[i] });
    // Exactly what is served is there, and nothing waits to be done.
    expect(manifests).toEqual(isRemoved ? [] : [head?.committed?.manifest]);
    expect(vectors).toHaveLength(CHUNKS[i] ?? 0);
    expect(owing).toBe(false);
    expect(objects.filter((key) => !key.startsWith('ledger/'))).toEqual([]);
    const told = living.published.slice(before).map((event) => event['detail-type']);
    expect(told).toContain(isRemoved ? 'document.unindexed' : 'document.indexed');
  }
  living.mortal.restore();
  return living;
}

describe('a function that is killed between two of its calls', () => {
  it('leaves nothing undone, lost or behind when its message comes again, wherever that is', async () => {
    const calls = (await live([])).mortal.calls();
    const death = fc.record({ at: fc.integer({ min: 1, max: calls }), when: fc.constantFrom('before' as const, 'after' as const) });
    await fc.assert(
      fc.asyncProperty(fc.array(death, { minLength: 1, maxLength: 6 }), async (deaths) => {
        await live(deaths).finally(() => pipeline?.mortal.restore());
      }),
      { numRuns: Number(process.env.SLUICE_CRASH_RUNS ?? 8), endOnFailure: true },
    );
  }, 300_000);
});
