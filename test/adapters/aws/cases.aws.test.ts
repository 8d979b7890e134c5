import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { Death } from './mortal.ts';
import { type Pipeline, startPipeline } from './pipeline.ts';

const SETTINGS = { chunking: { maxTokens: 64 }, sources: [{ name: 'files', path: '.', cases: { pattern: 'CL-\\d' } }] };
const CASE = 'case:files/CL-7';
const text = (word: string): string => `This letter tells something about ${word} and its uses in the kitchen.`;

let pipeline: Pipeline | undefined;
afterEach(() => pipeline?.mortal.restore());

/** Two documents of a case come, one changes, one goes, then the other: names of those that the record then links. */
const LIFE: { act: (pipeline: Pipeline) => Promise<void>; parts: string[] }[] = [
  { act: (living) => living.put('CL-7/a.txt', text('ash')), parts: ['CL-7/a.txt'] },
  { act: (living) => living.put('CL-7/b.txt', text('birch')), parts: ['CL-7/a.txt', 'CL-7/b.txt'] },
  { act: (living) => living.put('CL-7/a.txt', text('cedar')), parts: ['CL-7/a.txt', 'CL-7/b.txt'] },
  { act: (living) => living.remove('CL-7/a.txt'), parts: ['CL-7/b.txt'] },
  { act: (living) => living.remove('CL-7/b.txt'), parts: [] },
];

async function live(deaths: readonly Death[]): Promise<Pipeline> {
  const living = await startPipeline(SETTINGS, deaths);
  pipeline = living;
  for (const { act, parts } of LIFE) {
    await act(living);
    await living.settle();
    const { head, owing, vectors, manifests } = await living.leavings(CASE);
    expect(owing).toBe(false);
    expect(head?.observation?.parts?.map(({ uri }) => uri.split('/').slice(3).join('/')) ?? []).toEqual(parts);
    expect(head?.state).toBe(parts.length > 0 ? 'indexed' : 'removed');
    // Each document and the record serve a manifest, and nothing else is left.
    expect(manifests).toHaveLength(parts.length === 0 ? 0 : parts.length + 1);
    if (parts.length === 0) expect(vectors).toEqual([]);
    else expect(manifests).toContain(head?.committed?.manifest);
  }
  living.mortal.restore();
  return living;
}

it('a case follows its documents, wherever functions die on the way', async () => {
  const calls = (await live([])).mortal.calls();
  const death = fc.record({ at: fc.integer({ min: 1, max: calls }), when: fc.constantFrom('before' as const, 'after' as const) });
  await fc.assert(
    fc.asyncProperty(fc.array(death, { minLength: 1, maxLength: 4 }), async (deaths) => {
      await live(deaths).finally(() => pipeline?.mortal.restore());
    }),
    { numRuns: Number(process.env.SLUICE_CRASH_RUNS ?? 3), endOnFailure: true },
  );
}, 300_000);

it('an erasure of a person takes the record along, and what is left is a case again', async () => {
  const living = await startPipeline(SETTINGS);
  pipeline = living;
  await living.put('CL-7/a.txt', `${text('ash')} Write to ana.quillfeather@example.com, says zanzibarite.`);
  await living.put('CL-7/b.txt', text('birch'));
  await living.settle();
  expect((await living.leavings(CASE)).head?.observation?.parts).toHaveLength(2);

  const found = await living.erase({ subject: 'ana.quillfeather@example.com' });
  await living.settle();
  expect(found.map(({ uri }) => uri)).toContain(CASE);
  expect((await living.leavings(CASE)).head).toMatchObject({
    state: 'indexed',
    observation: { parts: [{ uri: expect.stringContaining('b.txt') }] },
  });
  expect(await living.everything()).not.toContain('zanzibarite');
});
