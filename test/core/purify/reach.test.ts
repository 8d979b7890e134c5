import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDERS } from '#core/purify/finders/index.ts';
import { figuresOf, mayFit, reachOf } from '#core/purify/finders/reach.ts';

describe('what a pattern reaches over', () => {
  it.each([
    ['number', /(?<![\p{L}\d.-])[1-8]\d{12}(?![\p{L}\d-])/gu],
    ['figures', /(?<!\d )\(?0[1-9]\d{0,4}\)?(?:[ ./-]{1,2}\d{2,8}){1,4}(?=[a-z])/g],
    ['figures', /\d{3}(?<gap>[- ]?)\d{3}\k<gap>\d{3}/g],
    ['word', /(?:[A-Z]{1,3}\d{6,9}|\d{2}[\p{Lu}])(?!-)/gu],
    ['any', /\d{3}[:-]\d/g],
    ['any', /\d{3}[^\d]\d/g],
    ['any', /\d{3}\s\d/g],
    ['any', /\d{3}.\d/g],
  ])('is %s for %s', (reach, pattern) => expect(reachOf(pattern)).toBe(reach));
});

it('no pattern of figures is passed over where it would fit', () => {
  const patterns = FINDERS.filter(({ digits }) => digits > 0).map((finder) => ({ ...finder, reach: reachOf(finder.pattern) }));
  const part = fc.oneof(
    fc.stringMatching(/^\d{1,17}$/),
    fc.constantFrom(' ', '-', '.', '/', ', ', ':', '(', ') ', '+'),
    fc.stringMatching(/^[A-Za-z]{1,3}$/),
  );
  const shaped = fc.oneof(
    fc.array(part, { maxLength: 9 }).map((parts) => parts.join('')),
    ...patterns
      .filter(({ reach }) => reach === 'number' || reach === 'figures')
      .map(({ pattern }) => fc.stringMatching(new RegExp(bare(pattern)))),
  );
  fc.assert(
    fc.property(shaped, (text) => {
      for (const { pattern, reach, ...finder } of patterns) {
        const found = text.match(pattern) ?? [];
        // A kind may ask for more figures than its pattern: then all of the stretch has to have them.
        if (found.some((one) => (one.match(/\d/g)?.length ?? 0) >= finder.digits && one.length >= (finder.unbroken ?? 0)))
          expect({ text, type: finder.type, fits: mayFit(finder, reach, figuresOf(text)) }).toEqual({
            text,
            type: finder.type,
            fits: true,
          });
      }
    }),
    { numRuns: 500 },
  );
});

/** Without what stands around, which a generator of matches cannot make. */
const bare = ({ source }: RegExp): string =>
  `^${source.replace(/\(\?<?[=!](?:\[[^\]]*\]|\((?:[^()]|\([^()]*\))*\)|[^()[\]])*\)/g, '').replace(/\\k<\w+>|\\1/g, '-')}$`;
