import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryFindings } from '#adapters/memory/memory-findings.ts';
import { memoryKeys } from '#adapters/memory/memory-keys.ts';
import { commit, newStore, newUnit, type Store } from '#adapters/memory/store.ts';
import { BlockSpans } from '#core/purify/blocks.ts';
import { localSpans } from '#core/purify/local-spans.ts';
import { type PartCache, withPartCache } from '#core/purify/part-cache.ts';
import type { Piece } from '#core/purify/pieces.ts';
import { REDACTING } from '#core/purify/policy.ts';
import { DocumentId } from '#schemas/records/ids.ts';

const PARTS = [
  'The meter was read at the gate and the figures went to the office. ',
  'Signed for by Maria Keller of Example Street 12, 12345 Berlin. ',
  'Call +49 30 901820 or write to anna.schmidt@example.com before noon. ',
  'The account DE89 3704 0044 0532 0130 00 was closed by Dr. Ines',
  'Albrecht in May. ',
  'Lines of figures 12 34 56 78 without a meaning. ',
  'Später schrieb Herr Novák aus Łódź, die Rechnung sei bezahlt. ',
];
const document = DocumentId.parse('0'.repeat(32));

async function cached<R>(store: Store, pieces: readonly Piece[], work: (cache: PartCache<BlockSpans> | undefined) => R, version = 1) {
  const unit = newUnit(store);
  const characters = pieces.reduce((sum, { text }) => sum + text.length, 0);
  const ports = { keys: memoryKeys('a'), findings: memoryFindings(unit) };
  const result = await withPartCache(ports, { document, stage: 'mask', version, characters }, BlockSpans, async (cache) => work(cache));
  commit(unit.writes);
  return result;
}

/** How many parts are looked through. */
async function looks(store: Store, pieces: readonly Piece[], version = 1): Promise<number> {
  let count = 0;
  const counting =
    (cache: PartCache<BlockSpans> | undefined): PartCache<BlockSpans> | undefined =>
    (part, find) => {
      const counted = () => {
        count++;
        return find();
      };
      return cache ? cache(part, counted) : counted();
    };
  await cached(store, pieces, (cache) => localSpans(pieces, REDACTING, counting(cache)), version);
  return count;
}

const long = (paragraphs: number): Piece[] =>
  Array.from({ length: paragraphs }, (_, i) => ({ text: `${i} ${PARTS[i % PARTS.length]}${'and so on '.repeat(i % 9)}`.repeat(5) }));

describe('what was found in a document before', () => {
  it('gives the same spans as looking again, whatever is edited', async () => {
    const piece = fc.record({
      text: fc.array(fc.constantFrom(...PARTS), { minLength: 20, maxLength: 90 }).map((parts) => parts.join('')),
      continues: fc.boolean(),
    });
    const pieces = fc.array(piece, { minLength: 10, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(pieces, pieces, fc.nat(25), async (first, other, at) => {
        const store = newStore();
        for (const version of [first, first.toSpliced(at, 1, ...other.slice(0, 1)), other])
          expect(await cached(store, version, (cache) => localSpans(version, REDACTING, cache))).toEqual(localSpans(version, REDACTING));
      }),
      { numRuns: 8 },
    );
  }, 60_000);

  it('leaves an edit to its neighbourhood, in the middle and at the top', async () => {
    const [store, pieces] = [newStore(), long(400)];
    const all = await looks(store, pieces);
    expect(all).toBeGreaterThan(20);
    expect(await looks(store, pieces)).toBe(0);
    expect(await looks(store, pieces.toSpliced(200, 1, { text: 'Now Maria Keller.' }))).toBeLessThan(4);
    expect(await looks(store, [{ text: 'A new beginning.' }, ...pieces])).toBeLessThan(5);
  });

  it('counts no more under another version of the finders', async () => {
    const [store, pieces] = [newStore(), long(400)];
    const all = await looks(store, pieces);
    expect(await looks(store, pieces, 2)).toBe(all);
  });

  it('is kept without a word of the text, and of short documents not at all', async () => {
    const store = newStore();
    await looks(store, long(400));
    const [kept = ''] = store.findings.values();
    expect(kept).toContain('PERSON');
    expect(kept).not.toMatch(/maria|keller|anna|schmidt|DE89/i);

    const small = newStore();
    await looks(small, long(4));
    expect(small.findings.size).toBe(0);
  });
});
