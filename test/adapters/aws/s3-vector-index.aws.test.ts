import { expect, it } from 'vitest';
import { s3VectorIndex } from '#adapters/aws/s3-vector-index.ts';
import { createPlaces } from '#test/contract/aws-places.ts';
import { newDocument, newVectorKey } from '#test/contract/make.ts';

const DIMENSIONS = 8;

/** Unit vectors in a plane, further and further from the first. */
const at = (i: number): Float32Array =>
  Float32Array.from({ length: DIMENSIONS }, (_, axis) => [Math.cos(i / 1000), Math.sin(i / 1000)][axis] ?? 0);

const filled = async (count: number, source = (_: number): string => 'files') => {
  const index = s3VectorIndex((await createPlaces(DIMENSIONS)).indexArn);
  const document = newDocument();
  const entries = Array.from({ length: count }, (_, i) => ({ key: newVectorKey(document), vector: at(i), source: source(i) }));
  await index.put(entries);
  return { index, keys: entries.map(({ key }) => key) };
};

it('writes, reads and deletes more than one call of the service takes', async () => {
  const { index, keys } = await filled(1_234);
  expect((await index.has(keys)).size).toBe(1_234);
  expect([...((await index.get(keys.slice(0, 1))).values().next().value ?? [])]).toEqual([...at(0)]);
  await index.delete(keys.slice(34));
  expect(await index.has(keys)).toEqual(new Set(keys.slice(0, 34)));
});

it('finds the nearest over the pages of an answer, in order', async () => {
  const { index, keys } = await filled(350);
  const found = await index.nearest(at(0), 320);
  expect(found.map(({ key }) => key)).toEqual(keys.slice(0, 320));
  expect(found[0]?.score).toBeCloseTo(1, 6);
});

it('asks for no more than the service gives', async () => {
  const { index } = await filled(3);
  expect(await index.nearest(at(0), 12_500)).toHaveLength(3);
});

it('looks within a source where few of the nearest are of it', async () => {
  const { index, keys } = await filled(300, (i) => (i === 299 ? 'wiki' : 'files'));
  expect((await index.nearest(at(0), 5, { source: 'wiki' })).map(({ key }) => key)).toEqual([keys[299]]);
});

it('lists every key once, page by page', async () => {
  const { index, keys } = await filled(1_100);
  const listed: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await index.list(cursor);
    listed.push(...page.keys);
    cursor = page.next;
  } while (cursor !== undefined);
  expect(listed.toSorted()).toEqual(keys.toSorted());
});
