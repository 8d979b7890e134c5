import { describe, expect, it } from 'vitest';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import { drawn, extract, lines, makePdf, prose, textsOf, writtenPdf } from './make-pdf.ts';

describe('text of a PDF', () => {
  it('comes with the names of the files that the PDF carries', async () => {
    const bytes = await makePdf((page) => {
      lines(page, ['See the attached list.'], 72, 100);
      page.file(Buffer.from('a,b'), { name: 'Stückliste.csv' });
    });
    expect((await extract(bytes)).warnings).toEqual([{ code: 'attachment-skipped', message: 'Stückliste.csv' }]);
  });

  it('makes a paragraph of lines and a new one after a gap', async () => {
    const elements = await drawn((page) => {
      const y = lines(page, ['The pump stands beside the river and', 'moves water up to the old tower.'], 72, 100);
      lines(page, ['Many people live there in peace.'], 72, y + 14);
    });
    expect(textsOf(elements, 'paragraph')).toEqual([
      'The pump stands beside the river and moves water up to the old tower.',
      'Many people live there in peace.',
    ]);
  });

  it('says where each element stands', async () => {
    const [element] = await drawn((page) => lines(page, ['Here'], 72, 144, { size: 20 }));
    expect(element).toMatchObject({ page: 1 });
    const [x, y, width, height] = element?.box ?? [];
    expect(x).toBeCloseTo(72, 0);
    expect(y).toBeGreaterThan(135);
    expect(y).toBeLessThan(150);
    expect(width).toBeGreaterThan(40);
    expect(width).toBeLessThan(50);
    expect(height).toBeCloseTo(20, 0);
  });

  it('takes headings and their levels from size and weight', async () => {
    const elements = await drawn((page) => {
      lines(page, ['Handbook of pumps'], 72, 60, { size: 24 });
      lines(page, ['Installation'], 72, 110, { size: 16 });
      lines(page, prose(6, 90), 72, 140);
      lines(page, ['Before you start'], 72, 230, { font: 'Helvetica-Bold' });
      lines(page, prose(6, 90, 3), 72, 246);
      lines(page, ['Service'], 72, 340, { size: 16 });
      lines(page, prose(3, 90, 5), 72, 370);
    });
    const headings = elements.flatMap((element) => (element.kind === 'heading' ? [[element.level, element.text]] : []));
    expect(headings).toEqual([
      [1, 'Handbook of pumps'],
      [2, 'Installation'],
      [3, 'Before you start'],
      [2, 'Service'],
    ]);
    expect(textsOf(elements, 'paragraph')).toHaveLength(3);
  });

  it('knows list items by bullet and number, and their depth by indentation', async () => {
    const elements = await drawn((page) => {
      lines(page, ['You need these:'], 72, 80);
      lines(page, ['• a wrench'], 80, 100);
      lines(page, ['– with a long handle'], 100, 114);
      lines(page, ['• a lamp'], 80, 128);
      lines(page, ['1. Close the valve.', '2. Open the case.'], 80, 150);
    });
    const items = elements.flatMap((e) => (e.kind === 'list-item' ? [[e.level, e.marker ?? '', e.text]] : []));
    expect(items).toEqual([
      [1, '', 'a wrench'],
      [2, '', 'with a long handle'],
      [1, '', 'a lamp'],
      [1, '1.', 'Close the valve.'],
      [1, '2.', 'Open the case.'],
    ]);
  });

  it('takes a number at the start of a full line for a part of the sentence', async () => {
    const elements = await drawn((page) =>
      lines(
        page,
        [
          'The plan and the schedule of this work are given in sections 9 and',
          '10. This proposal asks for money, and for some more time to spend it.',
        ],
        72,
        100,
      ),
    );
    expect(elements.map(({ kind }) => kind)).toEqual(['paragraph']);
  });

  it('keeps code with its lines and indentation', async () => {
    const elements = await drawn((page) => {
      lines(page, prose(5, 80), 72, 80);
      lines(page, ['if (full) {'], 72, 160, { font: 'Courier' });
      lines(page, ['stop();'], 84, 172, { font: 'Courier' });
      lines(page, ['}'], 72, 184, { font: 'Courier' });
    });
    expect(textsOf(elements, 'code')).toEqual(['if (full) {\n  stop();\n}']);
  });

  it('puts the spaces where the gaps are', async () => {
    const elements = await drawn((page) => {
      page.font('Helvetica').fontSize(10);
      page.text('Pumps', 72, 100, { lineBreak: false });
      page.text('and', 72 + page.widthOfString('Pumps') + 2.5, 100, { lineBreak: false });
      page.text('val', 72, 130, { lineBreak: false });
      page.text('ves', 72 + page.widthOfString('val'), 130, { lineBreak: false });
    });
    expect(textsOf(elements, 'paragraph')).toEqual(['Pumps and', 'valves']);
  });

  it('undoes the hyphen of a line end, and keeps a real one', async () => {
    const bytes = await makePdf((page) =>
      lines(page, ['This is a long exam-', 'ple of a well-', 'known river, and more of it still.'], 72, 100),
    );
    const { elements } = await parseDocument(bytes, 'made.pdf', DEFAULT_PARSE_LIMITS);
    expect(textsOf(elements, 'paragraph')).toEqual(['This is a long example of a well-known river, and more of it still.']);
  });

  it('joins a paragraph that a page end splits', async () => {
    const elements = await drawn((page) => {
      lines(page, ['The people of the town were proud of the'], 72, 700);
      page.addPage();
      lines(page, ['old tower, which stood for years.'], 72, 72);
    });
    expect(textsOf(elements, 'paragraph')).toEqual(['The people of the town were proud of the old tower, which stood for years.']);
  });

  it('reads text in every direction', async () => {
    const elements = await drawn((page) => {
      lines(page, prose(3, 60), 72, 72);
      page.rotate(90, { origin: [300, 300] });
      lines(page, ['Upright words'], 300, 300);
    });
    expect(textsOf(elements, 'paragraph')).toContain('Upright words');
  });

  it('gives what the file says of itself', async () => {
    const info = {
      Title: 'Pumps',
      Author: 'A. Smith',
      Subject: 'Water',
      Keywords: 'pump, river',
      CreationDate: new Date(Date.UTC(2026, 0, 31, 12)),
    };
    const { metadata, pages } = await extract(await makePdf((page) => lines(page, ['Text'], 72, 72), { info }));
    expect(pages).toBe(1);
    expect(metadata).toMatchObject({ title: 'Pumps', author: 'A. Smith', subject: 'Water', keywords: ['pump', 'river'] });
    expect(metadata.created).toMatch(/^2026-01-31T12:00:00/);
  });

  it('keeps a comment as a note with its author', async () => {
    const bytes = writtenPdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Annots[4 0 R 5 0 R]>>',
      '<</Type/Annot/Subtype/Text/Rect[72 700 92 720]/T(Ada)/Contents(Check this)>>',
      '<</Type/Annot/Subtype/Text/F 2/Rect[72 600 92 620]/Contents(Hidden)>>',
    ]);
    const { elements } = await extract(bytes);
    expect(elements).toMatchObject([{ kind: 'note', text: 'Ada: Check this', page: 1, box: [72, 72, 20, 20] }]);
  });

  it('reads what stands in form fields', async () => {
    const elements = await drawn((page) => {
      lines(page, ['Name:'], 72, 100);
      page.font('Helvetica').initForm();
      page.formText('name', 110, 96, 200, 16, { value: 'Ada Lovelace' });
    });
    expect(textsOf(elements, 'paragraph')).toEqual(['Name: Ada Lovelace']);
  });
});
