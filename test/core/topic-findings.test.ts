import { describe, expect, it } from 'vitest';
import type { UserConfig } from '#schemas/config.ts';
import { type SmallWorld, smallWorld } from './small-world.ts';

const pick = (words: string, seed: number): string => {
  const list = words.split(' ');
  return list[seed % list.length] ?? '';
};
/** Reports on pumps, each with words of its own. */
const pumps = (seed: number): string =>
  Array.from(
    { length: 12 },
    (_, i) =>
      `The ${pick('impeller seal bearing valve motor housing shaft', seed + i)} of the ${pick('feed circulation drainage booster', seed * 3 + i)} pump ran ${pick('warm quietly dry loudly unevenly', seed * 7 + i)}, and the pressure at the ${pick('inlet outlet manifold gauge', seed + 2 * i)} was ${pick('steady falling rising low', seed + 5 * i)} during inspection.`,
  ).join('\n');
const cooking = `Peel the onions and fry them in butter until they are golden. Add flour, stir, and pour in the chicken broth slowly.
Season the soup with thyme, nutmeg and pepper, and let it simmer for half an hour. Toast slices of bread, cover them with
grated cheese, and bake everything in a hot oven. Serve with parsley, a green salad and a glass of white wine for the guests.`;

async function world(settings: UserConfig, order: readonly number[]): Promise<SmallWorld> {
  const small = smallWorld({ settings: { quality: { checks: { repetition: 'off', coherence: 'off', structure: 'off' } }, ...settings } });
  for (const seed of order) {
    await small.put(`/pumps/${seed}.txt`, pumps(seed));
    await small.runUntilIdle();
  }
  return small;
}
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
async function added(small: SmallWorld, path: string, text: string) {
  await small.put(path, text);
  await small.runUntilIdle();
  const { state, warned = [], hold } = small.headOf(path);
  return { state, offTopic: [...warned, ...(hold?.rules ?? [])].find(({ rule }) => rule === 'off-topic')?.score };
}
const profile = (small: SmallWorld): string[] =>
  [...small.store.traces.values()]
    .filter(({ kind }) => kind === 'topic')
    .map(({ document }) => document)
    .sort();

describe('a document about something else', () => {
  it('is warned of and indexed, and one about the same is not', async () => {
    const small = await world({}, numbers(40));
    expect(await added(small, '/pumps/new.txt', pumps(99))).toEqual({ state: 'indexed', offTopic: undefined });
    const soup = await added(small, '/pumps/soup.txt', cooking);
    expect(soup.state).toBe('indexed');
    expect(soup.offTopic).toBeGreaterThan(0.5);
  });

  it('is held where the source wants it, and not looked at where it does not', async () => {
    const held = await world({ screening: { offTopic: { hold: 0.5 } } }, numbers(40));
    expect((await added(held, '/pumps/soup.txt', cooking)).state).toBe('held');
    const off = await world({ screening: { offTopic: 'off' } }, numbers(3));
    expect(profile(off)).toEqual([]);
  });

  it('is nothing new in a source that has few documents', async () => {
    const small = await world({}, numbers(10));
    expect((await added(small, '/pumps/soup.txt', cooking)).offTopic).toBeUndefined();
  });
});

it('the profile is bounded and the same in whatever order documents came, and loses what is removed', async () => {
  const small = await world({}, numbers(90));
  const other = await world({}, numbers(90).reverse());
  const sample = profile(small).slice(0, 64);
  expect(profile(other).slice(0, 64)).toEqual(sample);
  expect(profile(small).length).toBeLessThan(90);
  const first = numbers(90).find((seed) => small.idOf(`/pumps/${seed}.txt`) === sample[0]);
  await small.remove(`/pumps/${first}.txt`);
  await small.runUntilIdle();
  expect(profile(small)).not.toContain(sample[0]);
});
