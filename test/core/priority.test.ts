import { describe, expect, it } from 'vitest';
import { type SmallWorld, smallWorld } from './small-world.ts';

const BULK = 20;

/** Sources of the documents in the order in which they were served. */
async function order(priority: 'urgent' | 'bulk', carriesOn: boolean): Promise<string[]> {
  const world: SmallWorld = smallWorld({ settings: { sources: [{ name: 'news', path: 'news', priority }] }, carriesOn });
  for (let i = 0; i < BULK; i++) await world.put(`/${i}.txt`, `The pump number ${i} was moved to the other hall in autumn.`);
  world.files.set('/late.txt', new TextEncoder().encode('The hall is closed on Monday because of the flood.'));
  await world.hint('/late.txt', 'news');
  await world.runUntilIdle();
  return world.details('document.indexed').map(({ source }) => source);
}

describe.each([true, false])('a queue of bulk documents (stages in one transaction: %s)', (carriesOn) => {
  it('is overtaken by one of an urgent source, from its first hint on', async () => {
    expect((await order('urgent', carriesOn))[0]).toBe('news');
  });

  it('is not overtaken by another that came later', async () => {
    expect((await order('bulk', carriesOn)).at(-1)).toBe('news');
  });
});
