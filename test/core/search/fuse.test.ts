import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuseRanks } from '#core/search/fuse.ts';

const ids = (lists: Parameters<typeof fuseRanks>[0], k?: number): string[] => fuseRanks(lists, k).map(({ id }) => id);

test('what both lists have comes before what one has', () => {
  expect(
    ids([
      { weight: 1, ids: ['a', 'b'] },
      { weight: 1, ids: ['c', 'b'] },
    ]),
  ).toEqual(['b', 'a', 'c']);
});

test('the score is the sum of weight over k plus rank', () => {
  expect(
    fuseRanks(
      [
        { weight: 2, ids: ['a'] },
        { weight: 1, ids: ['b', 'a'] },
      ],
      10,
    ),
  ).toEqual([
    { id: 'a', score: 2 / 11 + 1 / 12 },
    { id: 'b', score: 1 / 11 },
  ]);
});

test('the heavier list decides between two that each have one', () => {
  expect(
    ids([
      { weight: 0.5, ids: ['a'] },
      { weight: 1, ids: ['b'] },
    ]),
  ).toEqual(['b', 'a']);
});

test('a small k favours the top of each list', () => {
  const lists = [
    { weight: 1, ids: ['a', 'x', 'y', 'b'] },
    { weight: 1, ids: ['v', 'w', 'z', 'b'] },
  ];
  expect(ids(lists, 60)[0]).toBe('b');
  expect(ids(lists, 0.1)[0]).toBe('a');
});

test('equal scores are ordered by id, whatever the order of the lists', () => {
  const one = { weight: 1, ids: ['b'] };
  const other = { weight: 1, ids: ['a'] };
  expect(ids([one, other])).toEqual(['a', 'b']);
  expect(ids([other, one])).toEqual(['a', 'b']);
});

test('an id that a list holds twice counts once', () => {
  expect(fuseRanks([{ weight: 1, ids: ['a', 'b', 'a'] }], 0)).toEqual([
    { id: 'a', score: 1 },
    { id: 'b', score: 1 / 2 },
  ]);
});

test('one list alone keeps its order, and every id comes out once', () => {
  const list = fc.uniqueArray(fc.string());
  fc.assert(
    fc.property(list, (only) => {
      expect(ids([{ weight: 1, ids: only }])).toEqual(only);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.record({ weight: fc.constantFrom(0.5, 1, 2), ids: list })), (lists) => {
      expect(ids(lists).toSorted()).toEqual([...new Set(lists.flatMap((l) => l.ids))].sort());
    }),
  );
});
