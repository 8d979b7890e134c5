import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NearDuplicates } from '#core/dedupe/near-duplicates.ts';
import { shinglesOf } from '#core/dedupe/shingles.ts';
import { signatureOf, similarity } from '#core/dedupe/signature.ts';

/** Words that no other seed has in this order. */
const article = (seed: number, words = 120): string[] =>
  Array.from({ length: words }, (_, i) => `w${(Math.imul(seed * 1_000 + i, 2_654_435_761) >>> 8) % 5_000}`);

const seenAll = (texts: readonly string[], threshold = 0.8) => {
  const seen = new NearDuplicates<number>(threshold);
  return texts.map((text, at) => seen.add(at, text).map(({ id }) => id));
};

/** What MinHash estimates, counted in full. */
function jaccard(a: string, b: string): number {
  const setOf = (text: string): Set<number> => new Set([...shinglesOf(text)].flatMap((part) => [...part]));
  const [one, two] = [setOf(a), setOf(b)];
  return one.intersection(two).size / one.union(two).size;
}

describe('near-duplicates', () => {
  it('are found among those before, and not after', () => {
    const text = article(1).join(' ');
    const copy = article(1).with(60, 'other').join(' ');
    expect(seenAll([text, article(2).join(' '), copy])).toEqual([[], [], [0]]);
  });

  it('name every copy, the most similar first', () => {
    const words = article(3);
    const [near, far] = [words.join(' '), words.map((word, i) => (i % 40 === 10 ? `x${i}` : word)).join(' ')];
    const seen = new NearDuplicates<string>(0.8);
    seen.add('far', far);
    seen.add('same', words.join('  '));
    const found = seen.add('new', near);
    expect(found.map(({ id }) => id)).toEqual(['same', 'far']);
    expect(found[0]?.similarity).toBeGreaterThan(found[1]?.similarity ?? 1);
  });

  it('do not mind case, punctuation and spelling of characters', () => {
    const seen = new NearDuplicates<string>(0.8);
    seen.add('a', 'The Café is closed on Monday, and on Tuesday.');
    expect(seen.add('b', 'the cafe\u0301 is CLOSED on monday - and on tuesday')).toEqual([{ id: 'a', similarity: 1 }]);
  });

  it('are found in scripts without blanks', () => {
    const text = '请在周一之前关闭三号泵并更换密封件然后通知值班经理和仓库';
    const seen = new NearDuplicates<string>(0.6);
    seen.add('a', text);
    expect(seen.add('b', `${text}。`)).toEqual([{ id: 'a', similarity: 1 }]);
    expect(seen.add('c', '东京的天气今天很好我们去公园散步')).toEqual([]);
  });

  it('are never seen in texts without words', () => {
    expect(seenAll(['', '', ' \n', '---'])).toEqual([[], [], [], []]);
  });

  it('are found among thousands, however far apart', () => {
    const others = Array.from({ length: 2_100 }, (_, i) => article(i + 10, 40).join(' '));
    const [first = ''] = others;
    const found = seenAll([...others, first]);
    expect(found.at(-1)).toEqual([0]);
    expect(found.flat()).toHaveLength(1);
  });

  it('are judged by the share of three-word runs that both texts have', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { minLength: 5, maxLength: 120 });
    fc.assert(
      fc.property(words, words, (one, two) => {
        const [a, b] = [one.join(' '), two.join(' ')];
        const [x, y] = [signatureOf(shinglesOf(a)), signatureOf(shinglesOf(b))];
        if (!x || !y) throw new Error('a text with words has a signature');
        // Four standard errors of 128 samples.
        expect(Math.abs(similarity(x, y) - jaccard(a, b))).toBeLessThan(0.2);
      }),
      { seed: 7 },
    );
  });
});
