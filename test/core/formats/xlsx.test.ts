import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { parseXlsx } from '#core/formats/xlsx.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { cells, type Parts, parsing, relations, workbookFile } from './office/packages.ts';

const parse = parsing(parseXlsx, 'a.xlsx');
const sheetOf = async (xml: string, extra: Parts = {}, workbook = ''): Promise<Extracted['elements']> =>
  (await parse(workbookFile([{ name: 'S', xml }], extra, workbook))).elements.slice(1);
const tablesOf = (elements: Extracted['elements']) => elements.flatMap((e) => (e.kind === 'table' ? [e.rows] : []));

test('a sheet becomes a heading and its table, with the header found', async () => {
  const { elements, pages } = await parse(
    workbookFile([
      {
        name: 'Prices',
        xml: cells(
          [
            ['Item', 'Price'],
            ['Tea', 2.5],
            ['Coffee', 3],
          ],
          3,
        ),
      },
    ]),
  );
  expect(elements).toEqual([
    { kind: 'heading', level: 1, text: 'Prices', sheet: 'Prices' },
    {
      kind: 'table',
      headerRows: 1,
      rows: [
        ['Item', 'Price'],
        ['Tea', '2.5'],
        ['Coffee', '3'],
      ],
      sheet: 'Prices',
    },
  ]);
  expect(pages).toBe(1);
});

describe('values', () => {
  const styles = (...codes: string[]): Parts => ({
    'xl/styles.xml': `<styleSheet><numFmts>${codes.map((code, i) => `<numFmt numFmtId="${170 + i}" formatCode="${code}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/>${codes.map((_, i) => `<xf numFmtId="${170 + i}"/>`).join('')}</cellXfs></styleSheet>`,
  });
  const shownAs = async (style: number, value: string, workbook = '', ...codes: string[]) => {
    const xml = `<sheetData><row r="1"><c r="A1" s="${style}"><v>${value}</v></c></row></sheetData>`;
    const [element] = await sheetOf(xml, styles(...codes), workbook);
    return element?.kind === 'table' ? '' : element?.text;
  };

  test.each([
    ['a plain number loses the noise of its last digit', 0, '0.30000000000000004', '', [], '0.3'],
    ['a built-in date is ISO', 1, '45000', '', [], '2023-03-15'],
    ['a custom date with time is ISO', 3, '45000.75', '', ['d/m/yyyy h:mm'], '2023-03-15 18:00'],
    ['a month is as shown', 3, '45000', '', ['mmm yyyy'], 'Mar 2023'],
    ['a percentage is as shown', 2, '0.1234', '', [], '12.34%'],
    ['an amount is as shown', 3, '1234.5', '', ['#,##0.00 [$€-407]'], '1.234,50 €'],
    ['a plain number has the signs of the one language that the formats name', 0, '1234.5', '', ['#,##0.00 [$€-407]', '0.0'], '1234,5'],
    ['amounts in two languages decide nothing', 3, '1234.5', '', ['#,##0.00 [$€-407]', '[$$-409]#,##0.00'], '1,234.50 €'],
    ['a format that hides the value does not lose it', 3, '42', '', [';;;'], '42'],
    ['a broken format does not lose the value', 3, '42', '', ['[&quot;&quot;&quot;[['], '42'],
    ['the date system of 1904 counts', 1, '43538', '<workbookPr date1904="1"/>', [], '2023-03-15'],
  ])('%s', async (_, style, value, workbook, codes, shown) => {
    expect(await shownAs(style, value, workbook, ...codes)).toBe(shown);
  });

  test('shared, rich, inline, formula, boolean and error cells', async () => {
    const xml = `<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>inline</t></is></c></row>
      <row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="e"><v>#N/A</v></c></row></sheetData>`;
    const strings = {
      'xl/sharedStrings.xml': '<sst><si><t>shared</t></si><si><r><t>rich</t></r><r><t> text</t></r><rPh><t>kana</t></rPh></si></sst>',
    };
    expect(tablesOf(await sheetOf(xml, strings))).toEqual([
      [
        ['shared', 'rich text', 'inline'],
        ['2', 'TRUE', '#N/A'],
      ],
    ]);
  });
});

describe('layout', () => {
  test('a title above a table, and tables with a gap between, stand by themselves', async () => {
    const xml = cells([
      ['Stock 2026', ''],
      ['Item', 'Count'],
      ['Tea', 5],
      ['Milk', 6],
      ['', ''],
      ['City', 'Staff'],
      ['Bern', 3],
      ['Graz', 4],
    ]);
    expect(await sheetOf(xml)).toMatchObject([
      { kind: 'paragraph', text: 'Stock 2026' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['Item', 'Count'],
          ['Tea', '5'],
          ['Milk', '6'],
        ],
      },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['City', 'Staff'],
          ['Bern', '3'],
          ['Graz', '4'],
        ],
      },
    ]);
  });

  test('a title spread over the columns heads what follows, with names and values between', async () => {
    const xml = `${cells([
      ['Price list', ''],
      ['Valid from', 'May', '', 'Currency', 'GBP'],
      ['', ''],
      ['Class', 'Discount', ''],
      ['', 'small', 'large'],
      ['A', 5, 12],
      ['B', 3, 8],
    ])}<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A4:A5"/><mergeCell ref="B4:C4"/></mergeCells>`;
    expect(await sheetOf(xml)).toMatchObject([
      { kind: 'heading', level: 2, text: 'Price list' },
      { kind: 'paragraph', text: 'Valid from: May' },
      { kind: 'paragraph', text: 'Currency: GBP' },
      {
        kind: 'table',
        headerRows: 2,
        rows: [
          ['Class', 'Discount', ''],
          ['', 'small', 'large'],
          ['A', '5', '12'],
          ['B', '3', '8'],
        ],
      },
    ]);
  });

  test('a gap within the data of one table does not part it', async () => {
    const xml = cells([
      ['Item', 'Count'],
      ['Tea', 5],
      ['', ''],
      ['Milk', 6],
    ]);
    expect(tablesOf(await sheetOf(xml))).toEqual([
      [
        ['Item', 'Count'],
        ['Tea', '5'],
        ['Milk', '6'],
      ],
    ]);
  });

  test('tables side by side are parted when they are not of one height', async () => {
    const xml = cells([
      ['a', 'b', '', 'x'],
      [1, 2, '', 7],
      [3, 4, '', ''],
    ]);
    expect(tablesOf(await sheetOf(xml))).toEqual([
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
      [['x'], ['7']],
    ]);
  });

  test('a row of years heads figures', async () => {
    const [table] = await sheetOf(
      cells([
        ['Region', 2024, 2025],
        ['North', 10, 12],
      ]),
    );
    expect(table).toMatchObject({ headerRows: 1 });
  });

  test('declared dimensions and far-away cells cost no memory', async () => {
    const xml =
      '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>';
    expect((await sheetOf(xml)).map((e) => (e.kind === 'table' ? 'table' : e.text))).toEqual(['1', '2']);
  });

  test('no cell is lost or moved within its row, wherever it stands', async () => {
    const place = fc.record({ row: fc.integer({ min: 1, max: 30 }), column: fc.integer({ min: 0, max: 20 }), numeric: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(place, { selector: (c) => `${c.row}/${c.column}`, minLength: 1, maxLength: 40 }), async (places) => {
        const rows = Map.groupBy(places, (c) => c.row);
        const written = [...rows].map(([row, inRow]) => {
          const sorted = inRow.toSorted((a, b) => a.column - b.column);
          return `<row r="${row}">${sorted.map((c) => `<c r="${String.fromCharCode(65 + c.column)}${row}" ${c.numeric ? '' : 't="str"'}><v>${1000 * c.row + c.column}</v></c>`).join('')}</row>`;
        });
        const found = (await sheetOf(`<sheetData>${written.join('')}</sheetData>`)).flatMap((e) =>
          e.kind === 'table' ? e.rows.flat() : [e.text],
        );
        expect(found.filter((text) => text !== '').toSorted()).toEqual(places.map((c) => String(1000 * c.row + c.column)).toSorted());
      }),
      { numRuns: 60 },
    );
  });
});

describe('hidden content', () => {
  test('of hidden sheets is flagged', async () => {
    const { elements } = await parse(workbookFile([{ name: 'H', xml: cells([['secret']]), state: 'veryHidden' }]));
    expect(elements.map((e) => e.hidden)).toEqual(['hidden-sheet', 'hidden-sheet']);
  });

  test('of hidden rows and columns is flagged and out of the table', async () => {
    const xml = `<cols><col min="2" max="2" hidden="1"/></cols>${cells([
      ['a', 'b', 'c'],
      [1, 2, 3],
      [4, 5, 6],
    ]).replace('<row r="3">', '<row r="3" hidden="1">')}`;
    const elements = await sheetOf(xml);
    expect(elements.map((e) => e.hidden)).toEqual([undefined, 'hidden-column', 'hidden-row']);
    expect(tablesOf(elements)[0]).toEqual([
      ['a', 'c'],
      ['1', '3'],
    ]);
  });

  test('of rows without height, columns without width and cells whose format shows nothing is flagged likewise', async () => {
    const cell = (reference: string, text: string, style = 0) =>
      `<c r="${reference}" t="inlineStr" s="${style}"><is><t>${text}</t></is></c>`;
    const xml = `<cols><col min="2" max="2" width="0" customWidth="1"/><col min="3" max="3" width="9.1"/></cols><sheetData>
      <row r="1" ht="15">${cell('A1', 'a')}${cell('B1', 'b')}${cell('C1', 'c')}${cell('D1', 'd')}</row>
      <row r="2">${cell('A2', 'seen')}${cell('C2', 'unseen', 1)}${cell('D2', 'too')}</row>
      <row r="3" ht="0" customHeight="1">${cell('A3', 'flat')}${cell('C3', 'flat')}</row></sheetData>`;
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>';
    const elements = await sheetOf(xml, { 'xl/styles.xml': styles });
    expect(elements.map((e) => e.hidden)).toEqual([undefined, 'hidden-column', 'hidden-cell', 'hidden-row']);
    expect(tablesOf(elements)[0]).toEqual([
      ['a', 'c', 'd'],
      ['seen', '', 'too'],
    ]);
  });

  test('rows that a filter hides are content', async () => {
    const xml = `${cells([
      ['a', 'b'],
      [1, 2],
      [4, 5],
    ]).replace('<row r="3">', '<row r="3" hidden="1">')}<autoFilter ref="A1:B3"><filterColumn colId="0"/></autoFilter>`;
    expect(tablesOf(await sheetOf(xml))).toEqual([
      [
        ['a', 'b'],
        ['1', '2'],
        ['4', '5'],
      ],
    ]);
  });
});

test('text shapes, charts and comments of a sheet follow its cells', async () => {
  const drawing =
    '<xdr:wsDr xmlns:xdr="xdr" xmlns:a="a"><xdr:sp><xdr:txBody><a:p><a:r><a:t>a remark</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="P" descr="Logo"/></xdr:nvPicPr></xdr:pic></xdr:wsDr>';
  const extra = {
    'xl/worksheets/_rels/sheet1.xml.rels': relations(['d', 'drawing', '../drawings/d.xml'], ['c', 'comments', '../comments1.xml']),
    'xl/drawings/d.xml': drawing,
    'xl/comments1.xml': '<comments><commentList><comment ref="A1"><text><r><t>check this</t></r></text></comment></commentList></comments>',
  };
  expect(
    await sheetOf(
      `${cells([
        ['x', 'y'],
        ['z', 'w'],
      ])}<headerFooter><oddHeader>&amp;C&amp;"Arial"ACME</oddHeader></headerFooter>`,
      extra,
    ),
  ).toMatchObject([
    { kind: 'paragraph', text: 'ACME', boilerplate: 'header' },
    { kind: 'table' },
    { kind: 'paragraph', text: 'a remark' },
    { kind: 'image', text: 'Logo' },
    { kind: 'note', text: 'check this' },
  ]);
});

test('numbers are written as by the program that saved the workbook, if it says in which language it ran', async () => {
  const app = '<Properties><HeadingPairs><vector><variant><lpstr>Arbeitsblätter</lpstr></variant></vector></HeadingPairs></Properties>';
  const file = workbookFile(
    [{ name: 'S', xml: `<sheetData><row r="1"><c r="A1"><v>1.5</v></c><c r="B1" t="b"><v>1</v></c></row></sheetData>` }],
    {
      '_rels/.rels': relations(['r1', 'officeDocument', 'xl/workbook.xml'], ['r2', 'extended-properties', 'docProps/app.xml']),
      'docProps/app.xml': app,
    },
  );
  expect(tablesOf((await parse(file)).elements)).toEqual([[['1,5', 'WAHR']]]);
});

test('a broken sheet costs that sheet', async () => {
  const { elements, warnings } = await parse(
    workbookFile(
      [
        { name: 'A', xml: cells([['fine']]) },
        { name: 'B', xml: '' },
      ],
      { 'xl/worksheets/sheet2.xml': 'no xml' },
    ),
  );
  expect(elements.map((e) => e.sheet)).toEqual(['A', 'A']);
  expect(warnings).toMatchObject([{ code: 'broken-part' }]);
});

test('one string that many cells share cannot exceed the text limit', async () => {
  const strings = { 'xl/sharedStrings.xml': `<sst><si><t>${'z'.repeat(1000)}</t></si></sst>` };
  const xml = `<sheetData><row>${'<c t="s"><v>0</v></c>'.repeat(200)}</row></sheetData>`;
  const error = await parse(workbookFile([{ name: 'S', xml }], strings), { maxTextLength: 100_000 }).catch((reason: unknown) => reason);
  expect(error instanceof SluiceError && error.code).toBe('too-large');
});

test('where a workbook would fetch from is hidden content, without passwords', async () => {
  const extra: Parts = {
    'xl/_rels/workbook.xml.rels': relations(
      ['s1', 'worksheet', 'worksheets/sheet1.xml'],
      ['c', 'connections', 'connections.xml'],
      ['e', 'externalLink', 'externalLinks/externalLink1.xml'],
    ),
    'xl/connections.xml':
      '<connections><connection id="1"><webPr url="http://stock.example/list"/></connection><connection id="2"><dbPr connection="Data Source=db.example;User ID=u;Password=hunter2;Timeout=5"/></connection></connections>',
    'xl/externalLinks/externalLink1.xml': '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
  };
  const { elements } = await parse(workbookFile([{ name: 'S', xml: cells([['a', 1]]) }], extra));
  expect(elements.filter(({ hidden }) => hidden === 'external-source').map((element) => 'text' in element && element.text)).toEqual([
    'http://stock.example/list',
    'Data Source=db.example;User ID=u;Timeout=5',
    'cmd|/c calc',
  ]);
});
