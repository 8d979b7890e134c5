import { describe, expect, it } from 'vitest';
import { keyPrefixOf, sourceOfKey } from '#schemas/inbox.ts';

describe('the keys of a source', () => {
  it.each([
    ['./handbooks', 'handbooks/'],
    ['handbooks/', 'handbooks/'],
    ['./a/./b', 'a/b/'],
    ['.', undefined],
    ['/srv/handbooks', undefined],
    ['../handbooks', undefined],
    ['a/../../b', undefined],
  ])('in %s begin with %s', (path, prefix) => {
    expect(keyPrefixOf({ path })).toBe(prefix);
  });

  it('belong to the source with the longest prefix, and to none beside', () => {
    const [outer, inner] = [
      { name: 'a', path: './a' },
      { name: 'b', path: './a/b' },
    ];
    const nameOf = (key: string) => sourceOfKey([outer, inner], key)?.source.name;
    expect(['a/x.txt', 'a/b/x.txt', 'ab/x.txt', 'x.txt', 'a'].map(nameOf)).toEqual(['a', 'b', undefined, undefined, undefined]);
  });
});
