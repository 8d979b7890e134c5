import { afterEach, expect, it } from 'vitest';
import { type Pipeline, startPipeline } from './pipeline.ts';

const ANA = 'ana.quillfeather@example.com';
let pipeline: Pipeline | undefined;
afterEach(() => pipeline?.mortal.restore());

it('an erasure leaves nothing of a person in tables, buckets and vectors, and nothing of it comes back', async () => {
  pipeline = await startPipeline({ chunking: { maxTokens: 16 } });
  await pipeline.put('masked.txt', `Write to ${ANA} before the visit, said the guard of the second hall.`);
  await pipeline.put('named.txt', 'It was ana quillfeather example com, said the guard of the first hall.');
  await pipeline.put('other.txt', 'The pump in the cellar hums along at night.');
  await pipeline.settle();
  expect(await pipeline.everything()).toMatch(/quillfeather/);
  const { vectors } = await pipeline.leavings('other.txt');

  const found = await pipeline.erase({ subject: ANA });

  expect(found.map(({ uri, foundBy }) => [uri.split('/').at(-1), foundBy]).sort()).toEqual([
    ['masked.txt', ['identifier']],
    ['named.txt', ['text']],
  ]);
  expect(await pipeline.everything()).not.toMatch(/quillfeather|masked\.txt|named\.txt/i);
  const left = await pipeline.leavings('other.txt');
  const id = left.head?.document ?? '';
  expect(left.vectors).toEqual(vectors.filter((key) => key.startsWith(id)));
  expect(left.manifests).toEqual([left.head?.committed?.manifest]);
  expect(left.owing).toBe(false);
  await pipeline.put('masked.txt', `Write to ${ANA} again.`);
  await pipeline.settle();
  expect((await pipeline.leavings('masked.txt')).head).toMatchObject({ state: 'rejected', problem: { code: 'erased' } });
});
