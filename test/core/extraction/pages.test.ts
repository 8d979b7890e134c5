import { describe, expect, it } from 'vitest';
import { pageElements, withPages } from '#core/extraction/pages.ts';
import type { Area, RecognisedLine, RecognisedPage } from '#core/ports/ocr.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

const A4 = { width: 600, height: 800 };

const line = (text: string, y: number, more: Partial<RecognisedLine> = {}): RecognisedLine => ({
  text,
  confidence: 0.9,
  area: [0.1, y, 0.5, 0.02],
  ...more,
});
const page = (lines: RecognisedLine[], more: Partial<RecognisedPage> = {}): RecognisedPage => ({
  page: 1,
  lines,
  tables: [],
  fields: [],
  ...more,
});
const elements = (recognised: RecognisedPage) => pageElements(recognised, A4);

describe('a recognised page', () => {
  it('has paragraphs of the lines that stand close together, with their place in points', () => {
    const found = elements(page([line('The pump', 0.1), line('hums.', 0.125), line('Somewhere else.', 0.5)]));
    expect(found).toEqual([
      {
        kind: 'paragraph',
        text: 'The pump\nhums.',
        page: 1,
        confidence: 0.9,
        lineConfidence: [0.9, 0.9],
        origin: 'ocr',
        box: [60, 80, 300, 36],
      },
      { kind: 'paragraph', text: 'Somewhere else.', page: 1, confidence: 0.9, origin: 'ocr', box: [60, 400, 300, 16] },
    ]);
  });

  it('keeps lines apart that begin elsewhere or are of another size', () => {
    const beside = line('right', 0.125, { area: [0.6, 0.125, 0.3, 0.02] });
    const large = line('Large', 0.145, { area: [0.1, 0.15, 0.5, 0.05] });
    expect(elements(page([line('left', 0.1), beside, large]))).toHaveLength(3);
  });

  it('goes by the layout where the recogniser tells it', () => {
    const found = elements(
      page([
        line('Report', 0.1, { role: 'title', block: 0 }),
        line('first', 0.2, { block: 1 }),
        line('of two', 0.6, { block: 1 }),
        line('a point', 0.7, { role: 'list-item', block: 2 }),
        line('page 1', 0.95, { role: 'page-number', block: 3 }),
      ]),
    );
    expect(found).toMatchObject([
      { kind: 'heading', level: 1, text: 'Report' },
      { kind: 'paragraph', text: 'first\nof two' },
      { kind: 'list-item', text: 'a point' },
      { kind: 'paragraph', boilerplate: 'page-number' },
    ]);
  });

  it('has tables and fields where they stand, and says nothing twice', () => {
    const table: Area = [0, 0.3, 1, 0.2];
    const field: Area = [0.05, 0.6, 0.6, 0.03];
    const found = elements(
      page([line('before', 0.1), line('cell', 0.4), line('Name: Ana', 0.605), line('after', 0.8)], {
        tables: [
          {
            rows: [
              ['Part', 'Price'],
              ['Seal', '4.20'],
            ],
            headerRows: 1,
            confidence: 0.8,
            area: table,
          },
        ],
        fields: [{ name: 'Name', value: 'Ana', confidence: 0.7, area: field }],
      }),
    );
    expect(found.map(({ kind }) => kind)).toEqual(['paragraph', 'table', 'table', 'paragraph']);
    expect(found[1]).toMatchObject({
      rows: [
        ['Part', 'Price'],
        ['Seal', '4.20'],
      ],
      headerRows: 1,
      confidence: 0.8,
    });
    expect(found[2]).toMatchObject({ rows: [['Name', 'Ana']], headerRows: 0 });
    expect(JSON.stringify(found)).not.toContain('cell');
  });
});

describe('a document with scanned pages', () => {
  const document: Extracted = {
    format: 'pdf',
    metadata: {},
    pages: 3,
    elements: [
      { kind: 'paragraph', text: 'one', page: 1 },
      { kind: 'paragraph', text: 'three', page: 3 },
    ],
    scans: [{ page: 2, ...A4 }],
    warnings: [{ code: 'page-without-text', message: 'a picture', page: 2 }],
  };

  it('has their text in its place, and the page warns no more', () => {
    const { scans, elements: found, warnings } = withPages(document, [page([line('two', 0.1)], { page: 2 })]);
    expect(found.map((element) => ('text' in element ? element.text : ''))).toEqual(['one', 'two', 'three']);
    expect([scans, warnings]).toEqual([undefined, []]);
  });

  it('still warns of a page on which nothing was found, and of one that was read badly', () => {
    expect(withPages(document, [page([], { page: 2 })]).warnings).toEqual(document.warnings);
    const badly = withPages(document, [page([line('tw?', 0.1, { confidence: 0.3 })], { page: 2 })]);
    expect(badly.warnings).toMatchObject([{ code: 'doubtful-text', page: 2 }]);
  });

  it('takes nothing of pages that have a text of their own', () => {
    const found = withPages(document, [page([line('one again', 0.1)]), page([line('two', 0.1)], { page: 2 })]);
    expect(JSON.stringify(found.elements)).not.toContain('again');
  });
});
