import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryFindings } from '#adapters/memory/memory-findings.ts';
import { memoryKeys } from '#adapters/memory/memory-keys.ts';
import { commit, newStore, newUnit, type Store } from '#adapters/memory/store.ts';
import type { PersonalDataFinder, Span } from '#core/ports/pii.ts';
import { personalDataIn } from '#core/purify/personal-data.ts';
import type { Piece } from '#core/purify/pieces.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import { Config } from '#schemas/config.ts';
import { DocumentId } from '#schemas/records/ids.ts';

const BETWEEN = '\n\n';
const document = DocumentId.parse('0'.repeat(32));
const ENDPOINT = 'arn:aws:comprehend:us-east-1:123456789012:entity-recognizer-endpoint/projects';

/** A service that reads texts as one, as Comprehend's adapter does: what lies over a border is told of both texts. */
function spansIn(texts: readonly string[], form: RegExp, type: string): Span[][] {
  const whole = texts.join(BETWEEN);
  const found = [...whole.matchAll(form)].map(({ 0: match, index }) => ({ start: index, end: index + match.length, type, score: 0.9 }));
  let start = 0;
  return texts.map((text) => {
    const from = start;
    start += text.length + BETWEEN.length;
    return found.flatMap((span) => {
      const [begin, end] = [Math.max(span.start, from), Math.min(span.end, from + text.length)];
      return begin < end && text.slice(begin - from, end - from).trim() !== '' ? [{ ...span, start: begin - from, end: end - from }] : [];
    });
  });
}

function service(): { finder: PersonalDataFinder; asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    finder: {
      async find(texts, language) {
        if (language === 'xx') return undefined;
        asked.push([...texts]);
        return spansIn(texts, /Zorblax\s+𝒬uent/gu, 'PERSON');
      },
      async recognise(texts) {
        asked.push([...texts]);
        return spansIn(texts, /heron \w+/g, 'PROJECT');
      },
    },
  };
}

const { pii } = Config.parse({ pii: { detector: 'comprehend', recognisers: [{ endpoint: ENDPOINT }] } });
const policy = maskPolicy(pii);

/** `store` undefined: nothing is kept. */
async function spansOf(pieces: readonly Piece[], finder: PersonalDataFinder, store: Store | undefined, language = 'en') {
  const searched = { pieces, language, detector: pii.detector, policy };
  if (!store) return personalDataIn(searched, finder);
  const unit = newUnit(store);
  const spans = await personalDataIn(searched, finder, { document, keys: memoryKeys('a'), findings: memoryFindings(unit) });
  commit(unit.writes);
  return spans;
}

const size = (asked: readonly string[][]): number => asked.flat().reduce((sum, { length }) => sum + length, 0);
const long = (paragraphs: number): Piece[] =>
  Array.from({ length: paragraphs }, (_, i) => ({
    text: `${i} of heron ${i}. ${'The meter 𝒬 was read again. '.repeat(9 + (i % 9))}It ended with figure ${i}.`,
  }));

describe('what a service that is paid by the call said of a document', () => {
  it('is asked once for a version, and afterwards of what an edit changed', async () => {
    const [{ finder, asked }, store, pieces] = [service(), newStore(), long(400)];
    await spansOf(pieces, finder, store);
    // One question each to the detector and to the recognisers, however many parts are kept.
    expect(asked.length).toBe(2);
    const whole = size(asked);

    await spansOf(pieces, finder, store);
    expect(asked.length).toBe(2);

    asked.length = 0;
    await spansOf(pieces.toSpliced(200, 1, { text: 'Now Zorblax 𝒬uent of heron seven.' }), finder, store);
    expect(asked.length).toBe(2);
    expect(size(asked)).toBeLessThan(whole / 8);

    asked.length = 0;
    await spansOf([{ text: 'A new beginning.' }, ...pieces], finder, store);
    expect(size(asked)).toBeLessThan(whole / 8);
  });

  it('is the same as asking about all of it again, over borders and in every plane of Unicode', async () => {
    const part = fc.constantFrom('Zorblax', '𝒬uent was here. ', 'Zorblax 𝒬uent ', 'heron seven ', 'plain words '.repeat(40), '𝒬🜚 ');
    const piece = fc.record({ text: fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')) });
    const pieces = fc.array(piece, { minLength: 15, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(pieces, pieces, fc.nat(50), async (first, other, at) => {
        const [{ finder }, store] = [service(), newStore()];
        for (const version of [first, first.toSpliced(at, 1, ...other.slice(0, 2)), other])
          expect(await spansOf(version, finder, store)).toEqual(await spansOf(version, finder, undefined));
      }),
      { numRuns: 25 },
    );
  });

  it('is kept without a word of the text, and looked up in the language that was asked in', async () => {
    const [{ finder, asked }, store, pieces] = [service(), newStore(), [...long(40), { text: 'By Zorblax 𝒬uent.' }]];
    await spansOf(pieces, finder, store);
    const [kept = ''] = store.findings.values();
    expect(kept).toContain('PROJECT');
    expect(kept).not.toMatch(/zorblax|heron/i);
    asked.length = 0;
    await spansOf(pieces, finder, store, 'es');
    // The recognisers know of no language.
    expect(asked.length).toBe(1);
    expect((await spansOf(pieces, finder, store, 'xx')).flat().map(({ type }) => type)).not.toContain('PERSON');
  });
});
