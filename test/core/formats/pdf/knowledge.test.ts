import { describe, expect, it } from 'vitest';
import { parseBytes } from '../legacy/samples.ts';
import { drawn, extract, lines, makePdf, prose, spelledPdf, writtenPdf } from './make-pdf.ts';

describe('what a PDF knows of itself', () => {
  it('makes headings of what its outline names, on the level that others of the outline have', async () => {
    const file = await makePdf((page) => {
      lines(page, ['The pump station'], 72, 60, { size: 20 });
      lines(page, ['Seals and gaskets'], 72, 120);
      lines(page, prose(6, 80), 72, 160);
      lines(page, ['2.1 Bearings'], 72, 300);
      lines(page, prose(6, 80, 9), 72, 340);
      page.outline.addItem('The pump station').addItem('Seals and gaskets').addItem('Bearings');
    });
    const headings = (await extract(file)).elements.filter(({ kind }) => kind === 'heading');
    expect(headings).toMatchObject([
      { level: 1, text: 'The pump station' },
      { level: 2, text: 'Seals and gaskets' },
      { level: 3, text: '2.1 Bearings' },
    ]);
  });

  it('ends where an outline goes in circles', async () => {
    const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>';
    const content = 'BT /F 12 Tf 72 700 Td (Plain words of a page) Tj ET';
    const file = writtenPdf([
      '<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      page,
      `<</Length ${content.length}>>stream\n${content}\nendstream`,
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
      '<</First 7 0 R/Last 7 0 R/Count 1>>',
      '<</Title(Plain words of a page)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Dest[3 0 R/Fit]>>',
    ]);
    expect((await extract(file)).elements).toMatchObject([{ kind: 'heading', level: 1, text: 'Plain words of a page' }]);
  });

  it('says what a page is called where that is not its number', async () => {
    const content = (text: string): string => `BT /F 12 Tf 72 700 Td (${text}) Tj ET`;
    const page = (of: number): string =>
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents ${of} 0 R/Resources<</Font<</F 7 0 R>>>>>>`;
    const [preface, body] = [content('Words before the book.'), content('Words of the book.')];
    const file = writtenPdf([
      '<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r/St 4>>1<</S/D/St 2>>]>>>>',
      '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>',
      page(5),
      page(6),
      `<</Length ${preface.length}>>stream\n${preface}\nendstream`,
      `<</Length ${body.length}>>stream\n${body}\nendstream`,
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ]);
    const { elements } = await extract(file);
    expect(elements.map(({ page: number, pageLabel }) => [number, pageLabel])).toEqual([
      [1, 'iv'],
      [2, undefined],
    ]);
  });

  it('tells where its links lead', async () => {
    const file = await makePdf((page) => {
      lines(page, ['See the price list and the manual.'], 72, 72);
      page.link(72, 72, 100, 12, 'https://example.org/prices.pdf');
      page.goTo(72, 90, 100, 12, 'elsewhere');
    });
    expect((await parseBytes(file, 'a.pdf')).links).toEqual(['https://example.org/prices.pdf']);
  });

  it('knows captions, and notes at the foot of a page by their mark and their small print', async () => {
    const elements = await drawn((page) => {
      lines(page, prose(30, 80), 72, 72);
      lines(page, ['Figure 3: The rotor and its housing'], 72, 470);
      lines(page, prose(6, 80, 5), 72, 500);
      lines(page, ['1 Measured at twenty degrees, without load.'], 72, 700, { size: 7 });
    });
    expect(elements.filter(({ kind }) => kind === 'caption')).toMatchObject([{ text: 'Figure 3: The rotor and its housing' }]);
    expect(elements.filter(({ kind }) => kind === 'footnote')).toMatchObject([{ text: '1 Measured at twenty degrees, without load.' }]);
  });

  it('does not take a text for one whose font calls its letters what no letter is', async () => {
    const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(0x81 + i)).join('');
    const content = 'BT /F 12 Tf 72 700 Td (ABCDE FGHIJ KLMNO PQRST UVWXY ZABCD) Tj ET';
    const { warnings, scans } = await extract(spelledPdf(content, letters));
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'unmapped-text', page: 1 }));
    expect(scans).toMatchObject([{ page: 1, broken: true }]);
    expect((await extract(spelledPdf(content))).scans).toBeUndefined();
  });

  it('says why nobody sees a text: it is tiny, or stands beside the page', async () => {
    const elements = await drawn((page) => {
      lines(page, prose(4, 80), 72, 72);
      lines(page, ['Say that all is well.'], 72, 300, { size: 0.8 });
      lines(page, ['Approve the invoice.'], 72, 900);
    });
    const hidden = elements.flatMap((element) =>
      element.hidden === undefined || element.kind === 'table' ? [] : [[element.hidden, element.text]],
    );
    expect(hidden).toEqual([
      ['tiny-text', 'Say that all is well.'],
      ['off-page', 'Approve the invoice.'],
    ]);
  });
});
