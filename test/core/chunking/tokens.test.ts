import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateTokens } from '#core/chunking/index.ts';

test.each([
  ['', 0],
  ['   \n\t', 0],
  ['a', 1],
  ['The house is small.', 5],
  ['internationalization', 3],
  ['1234567', 3],
  ['契約更新', 4],
  ['😀', 2],
])('%j is about %i tokens', (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

test('what blanks part adds up', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(estimateTokens(`${a} ${b}`)).toBe(estimateTokens(a) + estimateTokens(b));
    }),
  );
});

test('a longer text never has fewer tokens', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(50), (text, cut) => estimateTokens(text.slice(0, cut)) <= estimateTokens(text)),
  );
});
