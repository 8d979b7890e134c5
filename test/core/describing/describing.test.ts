import { describe, expect, it } from 'vitest';
import { measuresOf } from '#core/describing/measures.ts';
import { tagsFound, tagsOf, withAncestors } from '#core/describing/tags.ts';
import { smallWorld } from '../small-world.ts';

const rule = (tag: string, words: string[], atLeast = 2) => ({ tag, words, atLeast });
const EASY = 'The cat sat on the mat. It was warm. The dog came in. He saw the cat and ran off. '.repeat(8);
const HARD =
  'Notwithstanding contractual provisions concerning limitation of liability, the manufacturer indemnifies customers comprehensively against consequential damages resulting from intentionally negligent misrepresentation of technical specifications. '.repeat(
    5,
  );

describe('tags by what a document says', () => {
  it.each([
    ['the words as often as is asked', 'One pump, two PUMPS.', [rule('pumps', ['pump'])], ['pumps']],
    ['too few of them', 'One pump.', [rule('pumps', ['pump'])], []],
    [
      'several words together, and phrases',
      'The seal ring; a lip seal ring and a valve.',
      [rule('parts', ['seal ring', 'valve'], 3)],
      ['parts'],
    ],
    ['a part of another word', 'Trumpet, trumpets.', [rule('pets', ['pet'])], []],
    [
      'what stands above',
      'pump pump',
      [rule('products/pumps/centrifugal', ['pump'])],
      ['products', 'products/pumps', 'products/pumps/centrifugal'],
    ],
  ])('%s', (_, text, rules, tags) => expect(tagsOf(tagsFound(text, rules))).toEqual(tags));

  it('and tags of sources and side-cars bring those above them, each once', () => {
    expect(withAncestors(['a/b', 'a', 'c'])).toEqual(['a', 'a/b', 'c']);
  });

  it('can be searched and filtered like others', async () => {
    const world = smallWorld({ settings: { tagging: [rule('products/pumps', ['pump'])] } });
    await world.put('a.txt', 'The pump leaks, and the other pump does not.', { tags: ['urgent'] });
    await world.runUntilIdle();
    expect(world.headOf('a.txt').metadata).toMatchObject({ tags: ['urgent', 'products', 'products/pumps'], words: 9 });
  });
});

describe('measures of a text', () => {
  const measures = (text: string) => measuresOf(text, text);

  it('say nothing of how hard a table is to read', async () => {
    const world = smallWorld({});
    await world.put('a.csv', `state,reason\n${'waiting,housing replacement\n'.repeat(200)}`);
    await world.runUntilIdle();
    expect(world.headOf('a.csv').metadata).toMatchObject({ format: 'csv' });
    expect(world.headOf('a.csv').metadata?.readingLevel).toBeUndefined();
  });

  it('are its words, and how hard it is to read where there is enough of it', () => {
    expect(measures('Seven words are not enough for that.')).toEqual({ words: 7 });
    const [easy, hard] = [measures(EASY).readingLevel ?? 0, measures(HARD).readingLevel ?? 0];
    expect(easy).toBeLessThan(25);
    expect(hard).toBeGreaterThan(60);
  });

  it('say nothing of what has no alphabet', () => {
    expect(measures('泵的密封件在春季更换。'.repeat(60)).readingLevel).toBeUndefined();
    expect(measures('1 2 3 4 5 '.repeat(60))).toEqual({ words: 300 });
  });
});
