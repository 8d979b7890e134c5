import { describe, expect, it } from 'vitest';
import { memoryPipelineView } from '#adapters/memory/memory-pipeline-view.ts';
import { type SmallWorld, smallWorld } from './small-world.ts';

const sentences = (seed: number, count = 30): string[] =>
  Array.from(
    { length: count },
    (_, i) => `Pump ${seed * 31 + i} near gate ${(seed * 17 + i * 7) % 97} was looked at by team ${i} and runs well.`,
  );
const text = (seed: number): string => sentences(seed).join('\n');
const changed = (seed: number, at: number, sentence: string): string => sentences(seed).with(at, sentence).join('\n');

/** Nothing is held unless the corpus says something. */
const screened = (copies: object) => smallWorld({ settings: { screening: { hold: 0.1, copies } } });
const rulesOf = (world: SmallWorld, path: string): string => world.headOf(path).problem?.message ?? '';

async function putAll(world: SmallWorld, files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await world.put(path, content);
    await world.runUntilIdle();
  }
}

const duplicatesOf = async (world: SmallWorld, path: string) => {
  const view = memoryPipelineView({ store: world.store, embedder: world.search.embedder, changes: () => () => undefined });
  return (await view.document(world.idOf(path)))?.duplicates.map(({ uri, similarity }) => [uri.split('/').at(-1), similarity]);
};

describe('a document among others', () => {
  it('is a flood when many nearly the same come in a short time', async () => {
    const world = screened({ flood: 3, contradictionWeight: 0 });
    await putAll(world, { '/a.txt': text(1), '/b.txt': changed(1, 3, 'Nobody was there that day at all.'), '/c.txt': text(2) });
    expect(['/a.txt', '/b.txt', '/c.txt'].map((path) => world.headOf(path).state)).toEqual(['indexed', 'indexed', 'indexed']);
    await putAll(world, { '/d.txt': text(1) });
    expect(world.headOf('/d.txt').state).toBe('held');
    expect(rulesOf(world, '/d.txt')).toContain('3 × near-duplicate-flood');
  });

  it('is none when they came one by one, and not by being run again', async () => {
    const world = screened({ flood: 2, hours: 1 });
    await putAll(world, { '/a.txt': text(1) });
    world.clock.advance(2 * 3_600_000);
    await putAll(world, { '/b.txt': text(1), '/a.txt': `${text(1)}\nOne word more.` });
    expect([world.headOf('/a.txt').state, world.headOf('/b.txt').state]).toEqual(['indexed', 'indexed']);
  });

  it('that says otherwise than what it copies is told apart', async () => {
    const world = screened({ flood: 99, contradictionWeight: 0.4 });
    const pump = 'The pump is stopped when the pressure is above 30 bar.';
    await putAll(world, {
      '/a.txt': changed(1, 3, pump),
      '/b.txt': changed(1, 3, pump.replace('30', '80')),
      '/c.txt': changed(1, 3, pump),
    });
    expect(rulesOf(world, '/b.txt')).toContain('1 × contradicting-copy');
    expect([world.headOf('/a.txt').state, world.headOf('/c.txt').state]).toEqual(['indexed', 'indexed']);
  });

  it('shows its near-copies until they are gone or changed', async () => {
    const world = smallWorld();
    await putAll(world, {
      '/a.txt': text(1),
      '/b.txt': text(1),
      '/c.txt': changed(1, 3, 'Nobody was there.'),
      '/d.txt': text(4),
      '/e.txt': 'Short.',
    });
    const found = await duplicatesOf(world, '/a.txt');
    expect(found?.map(([name]) => name)).toEqual(['b.txt', 'c.txt']);
    expect(found?.[0]?.[1]).toBe(1);
    await world.put('/c.txt', text(9));
    await world.remove('/b.txt');
    await world.runUntilIdle();
    expect(await duplicatesOf(world, '/a.txt')).toEqual([]);
    expect([...world.store.traces.values()].some(({ document }) => document === world.idOf('/b.txt'))).toBe(false);
  });
});
