import fc from 'fast-check';
import type { Element } from '#schemas/records/extracted.ts';

const word = fc.oneof(
  { weight: 12, arbitrary: fc.stringMatching(/^[a-z]{1,12}$/) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('Überschuss', 'naïve', '3.14', 'Dr.', 'e.g.', 'U.S.', '2026-11-21', '(see', 'below)', '👩‍💻', '“quoted.”'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('漢字かな交じり文。これは二番目の文です。', 'x'.repeat(400), '😀'.repeat(60), 'QWxhZGRpbg=='.repeat(30)),
  },
);
const sentence = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 20 }), fc.constantFrom('.', '!', '?', ',', ';', ''))
  .map(([words, stop]) => words.join(' ').replace(/^./u, (c) => c.toUpperCase()) + stop);
const prose = fc
  .tuple(fc.array(sentence, { minLength: 1, maxLength: 12 }), fc.constantFrom(' ', '\n', '  '))
  .map(([s, blank]) => s.join(blank));
const cell = fc.oneof(word, sentence, fc.constant(''));

/** Any element that a parser might give, with the odd texts that documents have. */
export const element: fc.Arbitrary<Element> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), level: fc.integer({ min: 1, max: 6 }), text: sentence }),
  fc.record({ kind: fc.constant('paragraph' as const), text: prose }),
  fc.record({ kind: fc.constant('paragraph' as const), text: fc.string({ unit: 'binary', maxLength: 200 }) }),
  fc.record({ kind: fc.constant('list-item' as const), level: fc.integer({ min: 1, max: 3 }), text: sentence }),
  fc.record({ kind: fc.constant('code' as const), text: prose }),
  fc.record({
    kind: fc.constant('table' as const),
    rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 20 }),
    headerRows: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({ kind: fc.constant('paragraph' as const), text: sentence, slide: fc.integer({ min: 1, max: 9 }) }),
);

const stems = 'account budget carrier delivery engine factory harbour insurance journal ledger meter office permit quarter region'.split(
  ' ',
);

/** Paragraphs of distinct sentences, from a seed. */
export function manual(seed: number, paragraphs: number): Element[] {
  let state = seed >>> 0;
  const pick = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
  const noun = (): string => stems[pick() % stems.length] ?? '';
  const made = (): string => `The ${noun()} of the ${noun()} needs ${pick() % 9000} ${noun()}s before the ${noun()} is closed.`;
  return Array.from({ length: paragraphs }, (_, i) =>
    i % 25 === 0
      ? { kind: 'heading', level: 2, text: `Section ${i / 25} ${noun()}` }
      : { kind: 'paragraph', text: Array.from({ length: 1 + (pick() % 8) }, made).join(' ') },
  );
}
