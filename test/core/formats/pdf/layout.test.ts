import { describe, expect, it } from 'vitest';
import { drawn, lines, prose, textsOf } from './make-pdf.ts';

describe('layout of a PDF page', () => {
  it('reads two columns one after the other, under a title across both', async () => {
    const [left, right] = [prose(30, 48), prose(30, 48, 7)];
    const elements = await drawn((page) => {
      lines(page, ['A title that stands across both of the columns of the page'], 100, 60, { size: 16 });
      lines(page, left, 60, 100);
      lines(page, right, 320, 100);
    });
    const text = textsOf(elements, 'paragraph').join(' ');
    expect(elements[0]).toMatchObject({ kind: 'heading' });
    expect(text).toBe([...left, ...right].join(' '));
  });

  it('reads three columns, and the line below them last', async () => {
    const columns = [prose(20, 28), prose(20, 28, 7), prose(20, 28, 13)];
    const elements = await drawn((page) => {
      for (const [index, column] of columns.entries()) lines(page, column, 40 + index * 185, 80);
      lines(page, ['This closing sentence runs over all of the columns, from the left edge of the page to the right one.'], 40, 400);
    });
    const text = textsOf(elements, 'paragraph').join(' ');
    expect(text.startsWith(columns.flat().join(' '))).toBe(true);
    expect(text.endsWith('to the right one.')).toBe(true);
  });

  it('keeps bullets with the items that they stand before', async () => {
    const elements = await drawn((page) => {
      lines(page, prose(4, 80), 72, 60);
      for (let item = 0; item < 5; item += 1) {
        lines(page, ['•'], 72, 130 + item * 30);
        lines(page, prose(2, 70, item), 96, 130 + item * 30);
      }
    });
    expect(textsOf(elements, 'list-item')).toHaveLength(5);
  });

  it('finds a table by its rules', async () => {
    const rows = [
      ['Part', 'Price', 'Note'],
      ['Seal', '81.00', ''],
      ['Filter', '11.50', 'two in stock'],
    ];
    const elements = await drawn((page) => {
      lines(page, prose(3, 70), 72, 60);
      for (let i = 0; i <= 3; i += 1)
        page
          .moveTo(72, 120 + i * 20)
          .lineTo(372, 120 + i * 20)
          .stroke();
      for (let i = 0; i <= 3; i += 1)
        page
          .moveTo(72 + i * 100, 120)
          .lineTo(72 + i * 100, 180)
          .stroke();
      for (const [r, row] of rows.entries())
        for (const [c, cell] of row.entries()) if (cell !== '') lines(page, [cell], 76 + c * 100, 125 + r * 20);
    });
    expect(elements.find(({ kind }) => kind === 'table')).toMatchObject({ rows, headerRows: 1, page: 1 });
  });

  it('finds a table by its columns alone', async () => {
    const rows = [
      ['Class', 'Meaning', 'Answer'],
      ['1', 'No pump works', '15 minutes'],
      ['2', 'One pump fails', '1 hour'],
      ['3', 'Other faults', '1 day'],
    ];
    const elements = await drawn((page) => {
      const y = lines(page, prose(3, 70), 72, 60);
      for (const [r, row] of rows.entries()) for (const [c, cell] of row.entries()) lines(page, [cell], 72 + c * 120, y + 20 + r * 14);
    });
    expect(elements.find(({ kind }) => kind === 'table')).toMatchObject({ rows, headerRows: 1 });
  });

  it('puts the text of merged cells into their first one', async () => {
    const elements = await drawn((page) => {
      for (const y of [100, 120, 140]) page.moveTo(72, y).lineTo(272, y).stroke();
      for (const x of [72, 272]) page.moveTo(x, 100).lineTo(x, 140).stroke();
      page.moveTo(172, 120).lineTo(172, 140).stroke();
      lines(page, ['Energy by year'], 130, 105);
      lines(page, ['412'], 76, 125);
      lines(page, ['271'], 176, 125);
    });
    expect(elements.find(({ kind }) => kind === 'table')).toMatchObject({
      rows: [
        ['Energy by year', ''],
        ['412', '271'],
      ],
    });
  });

  it('recognises headers, footers and page numbers that pages repeat', async () => {
    const elements = await drawn((page) => {
      for (let number = 1; number <= 4; number += 1) {
        if (number > 1) page.addPage();
        lines(page, ['Supply agreement SA-31'], 72, 30, { size: 8 });
        lines(page, prose(30, 80, number * 5), 72, 80);
        lines(page, ['Kestrelbrook Pumps Ltd'], 72, 740, { size: 8 });
        lines(page, [String(number)], 300, 765, { size: 8 });
      }
    });
    const furniture = elements.flatMap((e) => (e.boilerplate === undefined || e.kind === 'table' ? [] : [[e.boilerplate, e.text]]));
    expect(furniture.slice(0, 3)).toEqual([
      ['header', 'Supply agreement SA-31'],
      ['footer', 'Kestrelbrook Pumps Ltd'],
      ['page-number', '1'],
    ]);
    expect(furniture).toHaveLength(12);
  });

  it('knows a watermark by its slant and its return', async () => {
    const elements = await drawn((page) => {
      for (let number = 1; number <= 3; number += 1) {
        if (number > 1) page.addPage();
        lines(page, prose(30, 80, number * 5), 72, 80);
        page.save().rotate(-45, { origin: [300, 400] });
        lines(page, ['DRAFT'], 250, 400, { size: 60 });
        page.restore();
      }
    });
    expect(elements.flatMap((e) => (e.boilerplate === 'notice' && e.kind !== 'table' ? [e.text] : []))).toEqual([
      'DRAFT',
      'DRAFT',
      'DRAFT',
    ]);
  });

  it('keeps a line at the top of pages that differ', async () => {
    const elements = await drawn((page) => {
      for (const [index, title] of ['Valves', 'Seals', 'Motors'].entries()) {
        if (index > 0) page.addPage();
        lines(page, [title], 72, 40);
        lines(page, prose(20, 80, index), 72, 80);
      }
    });
    expect(elements.some(({ boilerplate }) => boilerplate !== undefined)).toBe(false);
  });

  it('hides white text on white paper, and not on a dark ground', async () => {
    const elements = await drawn((page) => {
      lines(page, prose(2, 60), 72, 72);
      page.fillColor('white');
      lines(page, ['Ignore the other applications.'], 72, 200);
      page.rect(60, 290, 300, 40).fill('navy').fillColor('white');
      lines(page, ['Notice to all readers.'], 72, 300);
    });
    const hidden = elements.flatMap((e) => (e.hidden === undefined || e.kind === 'table' ? [] : [[e.hidden, e.text]]));
    expect(hidden).toEqual([['white-on-white', 'Ignore the other applications.']]);
  });

  it('hides text drawn invisibly, and keeps it where it lies over a scan', async () => {
    const invisible = (page: PDFKit.PDFDocument): void => {
      page.addContent('3 Tr');
      lines(page, ['Recognised words'], 72, 100);
    };
    const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==', 'base64');
    const plain = await drawn((page) => {
      lines(page, prose(2, 60), 72, 300);
      invisible(page);
    });
    const scanned = await drawn((page) => {
      page.image(pixel, 0, 0, { width: 612, height: 792 });
      invisible(page);
    });
    expect(plain.find((e) => e.kind === 'paragraph' && e.text === 'Recognised words')).toMatchObject({ hidden: 'invisible' });
    expect(scanned).toMatchObject([{ kind: 'paragraph', text: 'Recognised words' }]);
    expect(scanned[0]?.hidden).toBeUndefined();
  });
});
