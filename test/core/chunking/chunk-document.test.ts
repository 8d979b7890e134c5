import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChunkOptions } from '#core/chunking/chunk.ts';
import { chunkDocument, estimateTokens } from '#core/chunking/index.ts';
import { type DocumentText, documentText } from '#core/document-text.ts';
import type { Element } from '#schemas/records/extracted.ts';
import { processorClock } from '#test/processor-time.ts';
import { element, manual } from './documents.ts';

const structural: ChunkOptions = { strategy: 'structural', maxTokens: 64, overlap: 0 };
const paragraph = (text: string): Element => ({ kind: 'paragraph', text });
const heading = (level: number, text: string): Element => ({ kind: 'heading', level, text });
const words = (count: number, from = 0): string => Array.from({ length: count }, (_, i) => `word${from + i}`).join(' ');
const chunksOf = (elements: Element[], options: Partial<ChunkOptions> = {}) =>
  chunkDocument(documentText(elements), { ...structural, ...options });

const options = fc
  .record({
    strategy: fc.constantFrom('structural' as const, 'fixed' as const),
    maxTokens: fc.integer({ min: 16, max: 300 }),
    share: fc.double({ min: 0, max: 0.9, noNaN: true }),
  })
  .map(({ strategy, maxTokens, share }): ChunkOptions => ({ strategy, maxTokens, overlap: Math.floor(maxTokens * share) }));
const documents = fc.array(element, { maxLength: 15 }).map(documentText);

describe('any document, either strategy', () => {
  const always = (holds: (document: DocumentText, options: ChunkOptions) => void): void =>
    fc.assert(fc.property(documents, options, holds), { numRuns: 150 });

  test('chunks are slices of the text, in order, not empty', () => {
    always((document, with_) => {
      let last = -1;
      for (const { start, end, text } of chunkDocument(document, with_)) {
        expect(start).toBeGreaterThan(last);
        expect(end).toBeGreaterThan(start);
        expect(text).toBe(document.text.slice(start, end));
        last = start;
      }
    });
  });

  test('no chunk is above the most tokens, by the estimate of its own text', () => {
    always((document, with_) => {
      for (const { text, tokens } of chunkDocument(document, with_)) {
        expect(tokens).toBe(estimateTokens(text));
        expect(tokens).toBeLessThanOrEqual(with_.maxTokens);
      }
    });
  });

  test('every letter and digit is in a chunk', () => {
    always((document, with_) => {
      const seen = new Uint8Array(document.text.length);
      for (const { start, end } of chunkDocument(document, with_)) seen.fill(1, start, end);
      for (const { index } of document.text.matchAll(/[\p{L}\p{N}]/gu)) expect(seen[index]).toBe(1);
    });
  });

  test('the halves of a character are never parted', () => {
    always((document, with_) => {
      const wellFormed = { ...document, text: document.text.toWellFormed() };
      for (const { text } of chunkDocument(wellFormed, with_)) expect(text.isWellFormed()).toBe(true);
    });
  });
});

describe('structural', () => {
  test('structural chunks do not overlap', () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 16, max: 200 }), (document, maxTokens) => {
        const chunks = chunkDocument(document, { ...structural, maxTokens });
        for (const [i, { start }] of chunks.slice(1).entries()) expect(start).toBeGreaterThanOrEqual(chunks[i]?.end ?? 0);
      }),
    );
  });

  test('a section begins a chunk, and its chunks carry the headings above', () => {
    const chunks = chunksOf([
      heading(1, 'Handbook'),
      paragraph('Welcome.'),
      heading(2, 'Leave'),
      paragraph(words(30)),
      paragraph(words(30, 30)),
    ]);
    expect(chunks.map(({ text }) => text.split('\n')[0])).toEqual(['Handbook', 'Leave', words(30, 30)]);
    expect(chunks.map(({ path }) => path)).toEqual([['Handbook'], ['Handbook', 'Leave'], ['Handbook', 'Leave']]);
  });

  test('headings stay with the text below them', () => {
    const [chunk, ...rest] = chunksOf([heading(1, 'Handbook'), heading(2, 'Leave'), heading(3, 'Illness'), paragraph('Call first.')]);
    expect(rest).toEqual([]);
    expect(chunk).toMatchObject({ text: 'Handbook\n\nLeave\n\nIllness\n\nCall first.', path: ['Handbook', 'Leave', 'Illness'] });
  });

  test('a deeper heading ends with its parent', () => {
    const chunks = chunksOf([
      heading(1, 'A'),
      heading(3, 'B'),
      paragraph('b'),
      heading(2, 'C'),
      paragraph('c'),
      heading(1, 'D'),
      paragraph('d'),
    ]);
    expect(chunks.map(({ path }) => path.join('/'))).toEqual(['A/B', 'A/C', 'D']);
  });

  test('paragraphs are kept whole where they fit, sentences where a paragraph does not', () => {
    const long = Array.from({ length: 12 }, (_, i) => `Sentence ${i} has a few words in it.`).join(' ');
    const chunks = chunksOf([paragraph(words(25)), paragraph(long), paragraph(words(25, 25))]);
    expect(chunks[0]?.text).toBe(words(25));
    expect(chunks.at(-1)?.text).toBe(words(25, 25));
    for (const { text } of chunks.slice(1, -1)) expect(text).toMatch(/^Sentence .*\.$/s);
  });

  test('no cut after an abbreviation, an initial or within a number', () => {
    const text = Array.from({ length: 30 }, (_, i) => `Dr. J. Smith paid approx. ${i}.5 of No. ${i}, e.g. The Fund.`).join(' ');
    for (const chunk of chunksOf([paragraph(text)])) expect(chunk.text).toMatch(/^Dr\. J\. .*The Fund\.$/s);
  });

  test('sentences of scripts without blanks are borders', () => {
    const text = '契約は毎年更新されます。通知は三十日前に行います。'.repeat(20);
    for (const chunk of chunksOf([paragraph(text)])) expect(chunk.text).toMatch(/。$/);
  });

  test('a table is cut between rows, later chunks carry its header', () => {
    const rows = [['Item', 'Price'], ...Array.from({ length: 40 }, (_, i) => [`Part ${i}`, `${i}.00 EUR`])];
    const chunks = chunksOf([paragraph('Prices of this year.'), { kind: 'table', rows, headerRows: 1 }]);
    expect(chunks.length).toBeGreaterThan(2);
    const [first, ...later] = chunks;
    expect(first?.text).toMatch(/^Prices of this year\.\n\nItem \| Price\nPart 0/);
    expect(first?.tableHeader).toBeUndefined();
    for (const { text, tableHeader } of later) {
      expect(tableHeader).toBe('Item | Price');
      for (const line of text.split('\n')) expect(line).toMatch(/^Part \d+ \| \d+\.00 EUR$/);
    }
  });

  test('a table without header rows repeats nothing', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`Part ${i}`, `${i}.00`]);
    for (const { tableHeader } of chunksOf([{ kind: 'table', rows, headerRows: 0 }])) expect(tableHeader).toBeUndefined();
  });

  test('slides and sheets are never in one chunk, and number it', () => {
    const chunks = chunksOf([
      { kind: 'paragraph', text: 'one', slide: 1 },
      { kind: 'paragraph', text: 'two', slide: 2 },
    ]);
    expect(chunks.map(({ text, page }) => [text, page])).toEqual([
      ['one', 1],
      ['two', 2],
    ]);
    const sheets = chunksOf([
      { kind: 'table', rows: [['a']], headerRows: 0, sheet: 'Costs' },
      { kind: 'table', rows: [['b']], headerRows: 0, sheet: 'Plan' },
    ]);
    expect(sheets.map(({ page }) => page)).toEqual([1, 2]);
  });

  test('an unbreakable token above the limit is broken', () => {
    const chunks = chunksOf([paragraph('x'.repeat(5000))]);
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.map(({ text }) => text).join('')).toBe('x'.repeat(5000));
  });

  test('equal lines without end are packed, not cut one by one', () => {
    const chunks = chunksOf([paragraph('The same line again.\n'.repeat(2000))]);
    const mean = chunks.reduce((sum, { tokens }) => sum + tokens, 0) / chunks.length;
    expect(mean).toBeGreaterThan(structural.maxTokens / 2);
  });

  test('marks without a letter or digit make no chunk', () => {
    expect(chunksOf([paragraph('* * *'), paragraph('-----')])).toEqual([]);
  });
});

describe('an edit disturbs its neighbourhood only', () => {
  const texts = (elements: Element[]): string[] => chunksOf(elements, { maxTokens: 128 }).map(({ text }) => text);
  const fresh = (before: Element[], after: Element[]): number => {
    const known = new Set(texts(before));
    return texts(after).filter((text) => !known.has(text)).length;
  };
  const place = fc.record({ seed: fc.nat(), at: fc.integer({ min: 1, max: 199 }) });
  const sentence = 'Newly written by someone, this sentence was not there before.';
  const disturbs = (change: (elements: Element[], at: number) => Element[]): void =>
    fc.assert(
      fc.property(place, ({ seed, at }) => {
        const before = manual(seed, 200);
        expect(fresh(before, change(before, at))).toBeLessThanOrEqual(5);
      }),
      { numRuns: 25 },
    );

  test('a sentence added to a paragraph', () => {
    disturbs((elements, at) => elements.map((e, i) => (i === at && e.kind === 'paragraph' ? { ...e, text: `${e.text} ${sentence}` } : e)));
  });

  test('a sentence taken out of a paragraph', () => {
    disturbs((elements, at) =>
      elements.map((e, i) => (i === at && e.kind === 'paragraph' ? { ...e, text: e.text.replace(/^.*?\. /, '') } : e)),
    );
  });

  test('a paragraph put in', () => {
    disturbs((elements, at) => elements.toSpliced(at, 0, paragraph(sentence)));
  });

  test('a paragraph taken out', () => {
    disturbs((elements, at) => elements.toSpliced(at, 1));
  });

  test('the first half moved behind the second', () => {
    disturbs((elements, at) => [...elements.slice(at), ...elements.slice(0, at)]);
  });
});

describe('fixed', () => {
  test('windows are full, and begin with the end of the one before', () => {
    const chunks = chunksOf([paragraph(words(1000))], { strategy: 'fixed', maxTokens: 100, overlap: 20 });
    for (const { tokens } of chunks.slice(0, -1)) expect(tokens).toBeGreaterThan(90);
    chunks.slice(1).forEach(({ text }, i) => {
      const shared = (chunks[i]?.end ?? 0) - (chunks[i + 1]?.start ?? 0);
      expect(shared).toBeGreaterThan(0);
      expect(estimateTokens(text.slice(0, shared))).toBeLessThanOrEqual(20);
      expect(text).toMatch(/^word\d+ .* word\d+$/s);
    });
  });

  test('a window stands under the heading where it begins', () => {
    const chunks = chunksOf([heading(1, 'A'), paragraph(words(100)), heading(1, 'B'), paragraph(words(100))], {
      strategy: 'fixed',
      maxTokens: 100,
    });
    expect(chunks[0]?.path).toEqual(['A']);
    expect(chunks.at(-1)?.path).toEqual(['B']);
  });
});

test.each([
  ['one endless line', 'All words of a book on one line, as some tools write it. '.repeat(40_000)],
  ['no blank at all', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ'.repeat(80_000)],
  ['no sentence end', 'words upon words without a stop '.repeat(60_000)],
  ['dots', '.'.repeat(2_000_000)],
  ['quotes and dots', '."'.repeat(1_000_000)],
])('2 MB of %s are cut in linear time', (_, text) => {
  const elapsed = processorClock();
  chunksOf([paragraph(text)], { maxTokens: 256 });
  expect(elapsed()).toBeLessThan(3000);
});
