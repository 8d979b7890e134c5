import fc from 'fast-check';
import { expect, it } from 'vitest';
import { piecesOf } from '#core/text-pieces.ts';

const text = fc
  .array(
    fc.oneof(
      fc.lorem({ maxCount: 30, mode: 'sentences' }),
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.constantFrom('。', '👩‍👩‍👧 ', '\n', 'x'.repeat(300)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(' ').toWellFormed());

it('pieces fit, are whole characters, and are the text when joined', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 500 }), (whole, most) => {
      const pieces = piecesOf(whole, most);
      expect(pieces.map((piece) => piece.text).join('')).toBe(whole);
      let at = 0;
      for (const piece of pieces) {
        expect(piece.start).toBe(at);
        expect(Buffer.byteLength(piece.text)).toBeLessThanOrEqual(most);
        expect(piece.text.isWellFormed()).toBe(true);
        at += piece.text.length;
      }
    }),
  );
});

it('are cut where a sentence ends if one does, else between words', () => {
  const sentences = 'The pump leaks badly. It was built in 1998. Nobody knows why it still runs at all.';
  expect(piecesOf(sentences, 50).map((piece) => piece.text)).toEqual([
    'The pump leaks badly. It was built in 1998. ',
    'Nobody knows why it still runs at all.',
  ]);
  expect(piecesOf('one two three four five six', 12).map((piece) => piece.text)).toEqual(['one two ', 'three four ', 'five six']);
});

it('take linear time on a text without any place to cut', () => {
  expect(piecesOf('é'.repeat(2_000_000), 5_000)).toHaveLength(800);
});
