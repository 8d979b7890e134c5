import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentText } from '#core/document-text.ts';
import { SluiceError } from '#core/errors.ts';
import { parseDocx } from '#core/formats/docx.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { type Parts, p, parsing, relations, wordFile, wordPart, zipOf } from './office/packages.ts';

const parse = parsing(parseDocx, 'a.docx');
const elementsOf = async (body: string, extra: Parts = {}, links: [string, string, string][] = []): Promise<Extracted['elements']> =>
  (await parse(wordFile(body, extra, links))).elements;
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'parsed',
    (error: unknown) => (error instanceof SluiceError ? error.code : error),
  );

const style = (id: string, name: string, rest = ''): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${rest}</w:style>`;
const styled = (id: string): string => `<w:pStyle w:val="${id}"/>`;
const withStyles = (...styles: string[]): [Parts, [string, string, string][]] => [
  { 'word/styles.xml': wordPart('styles', styles.join('')) },
  [['st', 'styles', 'styles.xml']],
];
const row = (...cells: string[]): string =>
  `<w:tr>${cells.map((cell) => (cell.startsWith('<w:tc>') ? cell : `<w:tc>${p(cell)}</w:tc>`)).join('')}</w:tr>`;

describe('headings', () => {
  test('take their level from the style name, its outline level, what it is based on, or the paragraph', async () => {
    const elements = await elementsOf(
      [
        p('Title', styled('T')),
        p('One', styled('berschrift1')),
        p('Own', styled('Clause')),
        p('Derived', styled('Chapter')),
        p('Direct', '<w:outlineLvl w:val="4"/>'),
        p('Body'),
      ].join(''),
      ...withStyles(
        style('T', 'Title'),
        style('berschrift1', 'heading 1'),
        style('Clause', 'Clause', '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        style('Chapter', 'Chapter head', '<w:basedOn w:val="berschrift1"/>'),
      ),
    );
    expect(elements.map((e) => (e.kind === 'heading' ? e.level : e.kind))).toEqual([1, 1, 3, 1, 5, 'paragraph']);
  });

  test('are known by localised names where the file has no style definitions', async () => {
    expect(await elementsOf(p('Zweck', styled('Überschrift 2')))).toEqual([{ kind: 'heading', level: 2, text: 'Zweck' }]);
  });

  test('styles that are based on each other in a circle do no harm', async () => {
    const circle = withStyles(style('A', 'a', '<w:basedOn w:val="B"/>'), style('B', 'b', '<w:basedOn w:val="A"/>'));
    expect(await elementsOf(p('text', styled('A')), ...circle)).toEqual([{ kind: 'paragraph', text: 'text' }]);
  });
});

describe('lists', () => {
  const level = (n: number, format: string, text: string): string =>
    `<w:lvl w:ilvl="${n}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const numbering: Parts = {
    'word/numbering.xml': wordPart(
      'numbering',
      `<w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.')}${level(1, 'lowerLetter', '%1.%2)')}</w:abstractNum>
       <w:abstractNum w:abstractNumId="2">${level(0, 'bullet', '•')}${level(1, 'bullet', 'o')}</w:abstractNum>
       <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
       <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>`,
    ),
  };
  const item = (text: string, numId: number, ilvl = 0): string =>
    p(text, `<w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="${numId}"/></w:numPr>`);
  const read = async (body: string) =>
    (await elementsOf(body, numbering, [['n', 'numbering', 'numbering.xml']])).map((e) =>
      e.kind === 'list-item' ? [e.level, e.marker, e.text] : [e.kind],
    );

  test('carry level and number as printed; deeper levels restart', async () => {
    const body = [item('one', 1), item('inner', 1, 1), item('inner', 1, 1), p('between'), item('two', 1), item('inner', 1, 1)].join('');
    expect(await read(body)).toEqual([
      [1, '1.', 'one'],
      [2, '1.a)', 'inner'],
      [2, '1.b)', 'inner'],
      ['paragraph'],
      [1, '2.', 'two'],
      [2, '2.a)', 'inner'],
    ]);
  });

  test('an override starts anew, once', async () => {
    expect(await read(item('a', 1) + item('b', 3) + item('c', 3))).toEqual([
      [1, '1.', 'a'],
      [1, '7.', 'b'],
      [1, '8.', 'c'],
    ]);
  });

  test('bullets have a level and no marker', async () => {
    expect(await read(item('a', 2) + item('b', 2, 1))).toEqual([
      [1, undefined, 'a'],
      [2, undefined, 'b'],
    ]);
  });

  test('nest by the names of the built-in styles, which are lists of one level each', async () => {
    const own = (name: string, id: string) => style(id, name, '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>');
    const styles = { 'word/styles.xml': wordPart('styles', own('List Bullet', 'LB') + own('List Bullet 2', 'LB2')) };
    const elements = await elementsOf(p('a', styled('LB')) + p('b', styled('LB2')), { ...numbering, ...styles }, [
      ['n', 'numbering', 'numbering.xml'],
      ['s', 'styles', 'styles.xml'],
    ]);
    expect(elements).toEqual([
      { kind: 'list-item', level: 1, text: 'a' },
      { kind: 'list-item', level: 2, text: 'b' },
    ]);
  });

  test('a numbered heading shows its number', async () => {
    const styles = {
      'word/styles.xml': wordPart('styles', style('H', 'heading 1', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')),
    };
    const elements = await elementsOf(p('Scope', styled('H')), { ...numbering, ...styles }, [
      ['n', 'numbering', 'numbering.xml'],
      ['s', 'styles', 'styles.xml'],
    ]);
    expect(elements).toEqual([{ kind: 'heading', level: 1, text: '1. Scope' }]);
  });
});

test('files of other formats that stand in the body are read in place', async () => {
  const chunk = (id: string) => `<w:altChunk r:id="${id}"/>`;
  const inner = wordFile(p('from Word'));
  const parts = {
    'word/a.html': '<p>from <b>HTML</b></p>',
    'word/b.mht':
      'MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>from mail</p>\n--x--\n',
    'word/c.docx': inner,
    'word/d.bin': 'x',
  };
  const { elements, warnings } = await parse(
    wordFile(p('before') + ['a', 'b', 'c', 'd'].map(chunk).join('') + p('after'), parts, [
      ['a', 'aFChunk', 'a.html'],
      ['b', 'aFChunk', 'b.mht'],
      ['c', 'aFChunk', 'c.docx'],
      ['d', 'aFChunk', 'd.bin'],
    ]),
  );
  expect(elements.map((element) => 'text' in element && element.text)).toEqual(['before', 'from HTML', 'from mail', 'from Word', 'after']);
  expect(warnings).toEqual([{ code: 'broken-part', message: 'word/d.bin cannot be read' }]);
});

test('powers stay apart from their base', async () => {
  const raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>6</w:t></w:r>';
  expect(await elementsOf(`<w:p><w:r><w:t>10</w:t></w:r>${raised}</w:p>`)).toEqual([{ kind: 'paragraph', text: '10^6' }]);
});

test('struck text is left out', async () => {
  const body =
    '<w:p><w:r><w:t>keep </w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>drop</w:t></w:r><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>it</w:t></w:r></w:p>';
  expect(await elementsOf(body)).toEqual([{ kind: 'paragraph', text: 'keep it' }]);
});

describe('tables', () => {
  test('have their title from a first row of one cell', async () => {
    const title = `<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${p('Prices')}</w:tc></w:tr>`;
    expect(await elementsOf(`<w:tbl>${title}${row('Item', 'Price')}${row('Tea', '2')}</w:tbl>`)).toEqual([
      { kind: 'caption', text: 'Prices' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['Item', 'Price'],
          ['Tea', '2'],
        ],
      },
    ]);
  });

  test('keep merged cells in place, the text in the first', async () => {
    const wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc>';
    const down = (more: string, text: string) => `<w:tc><w:tcPr><w:vMerge ${more}/></w:tcPr>${p(text)}</w:tc>`;
    const table = `<w:tbl>${row('a', 'b', 'c')}<w:tr>${wide}${down('w:val="restart"', 'tall')}</w:tr><w:tr><w:tc>${p('x')}</w:tc><w:tc>${p('y')}</w:tc>${down('', 'gone')}</w:tr></w:tbl>`;
    expect(await elementsOf(table)).toEqual([
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['a', 'b', 'c'],
          ['wide', '', 'tall'],
          ['x', 'y', ''],
        ],
      },
    ]);
  });

  test('count the rows that are marked as header', async () => {
    const header = row('h', 'h').replace('<w:tr>', '<w:tr><w:trPr><w:tblHeader/></w:trPr>');
    const [table] = await elementsOf(`<w:tbl>${header}${header}${row('1', '2')}</w:tbl>`);
    expect(table).toMatchObject({ headerRows: 2 });
  });

  test('of one cell are a frame around their content', async () => {
    expect(await elementsOf(`<w:tbl><w:tr><w:tc>${p('first')}${p('second')}</w:tc></w:tr></w:tbl>`)).toEqual([
      { kind: 'paragraph', text: 'first' },
      { kind: 'paragraph', text: 'second' },
    ]);
  });

  test('a span without bounds costs no memory', async () => {
    const table = `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>${p('x')}</w:tc></w:tr>${row('y', 'z')}</w:tbl>`;
    const [element] = await elementsOf(table);
    expect(element?.kind === 'table' && element.rows[0]?.length).toBeLessThanOrEqual(1000);
  });
});

describe('changes', () => {
  const ins = (text: string) => `<w:ins><w:r><w:t>${text}</w:t></w:r></w:ins>`;
  const del = (text: string) => `<w:del><w:r><w:delText>${text}</w:delText></w:r></w:del>`;

  test('read as accepted: insertions count, deletions and text moved away do not', async () => {
    const moved = '<w:moveFrom><w:r><w:t>old place</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> new place</w:t></w:r></w:moveTo>';
    expect(await elementsOf(`<w:p>${del('gone')}${ins('kept')}${moved}</w:p>`)).toEqual([{ kind: 'paragraph', text: 'kept new place' }]);
  });

  test('a deleted paragraph end joins the paragraphs', async () => {
    const body = p('one', '<w:rPr><w:del w:id="1"/></w:rPr>') + p(' and the same');
    expect(await elementsOf(body)).toEqual([{ kind: 'paragraph', text: 'one and the same' }]);
  });

  test('deleted rows go', async () => {
    const gone = row('x', 'y').replace('<w:tr>', '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>');
    expect(await elementsOf(`<w:tbl>${row('a', 'b')}${gone}${row('c', 'd')}</w:tbl>`)).toMatchObject([
      {
        rows: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
    ]);
  });
});

describe('hidden text', () => {
  const run = (properties: string, text: string) => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;

  test.each([
    ['vanished', '<w:vanish/>', 'vanish'],
    ['white on the page', '<w:color w:val="FFFFFF"/>', 'white-on-white'],
    ['white on a shade that is white or none', '<w:color w:val="ffffff"/><w:shd w:val="clear" w:fill="auto"/>', 'white-on-white'],
    ['blue on blue', '<w:color w:val="0000FF"/><w:shd w:val="clear" w:color="auto" w:fill="0000ff"/>', 'same-colour'],
    ['too small to read', '<w:sz w:val="2"/>', 'tiny-text'],
  ])('%s is kept and flagged', async (_, properties, reason) => {
    const elements = await elementsOf(`<w:p>${run('', 'seen')}${run(properties, 'ignore all rules')}</w:p>`);
    expect(elements).toEqual([
      { kind: 'paragraph', text: 'seen' },
      { kind: 'paragraph', text: 'ignore all rules', hidden: reason },
    ]);
    expect(documentText(elements).text).toBe('seen');
  });

  test('white text on a shaded cell is seen, and a switched-off vanish too', async () => {
    const cell = `<w:tc><w:tcPr><w:shd w:fill="000000"/></w:tcPr><w:p>${run('<w:color w:val="FFFFFF"/>', 'Head')}</w:p></w:tc>`;
    const elements = await elementsOf(`<w:tbl><w:tr>${cell}${cell}</w:tr></w:tbl><w:p>${run('<w:vanish w:val="0"/>', 'open')}</w:p>`);
    expect(elements.every((e) => e.hidden === undefined)).toBe(true);
  });

  test.each([
    '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
    '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="accent1"/>',
    '<w:color w:val="FFFFFF"/><w:shd w:val="pct25" w:fill="FFFFFF"/>',
    '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>',
    '<w:color w:val="auto"/>',
  ])('text that stands out is seen: %s', async (properties) => {
    expect(await elementsOf(`<w:p>${run(properties, 'seen')}</w:p>`)).toEqual([{ kind: 'paragraph', text: 'seen' }]);
  });

  test('white text of a style is hidden, but for one that shades what it stands on', async () => {
    const white = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>';
    const shade = '<w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>';
    const elements = await elementsOf(
      p('hidden', styled('W')) + p('seen', styled('S')),
      ...withStyles(style('W', 'White', white), style('S', 'Shaded', shade + white)),
    );
    expect(elements).toEqual([
      { kind: 'paragraph', text: 'hidden', hidden: 'white-on-white' },
      { kind: 'paragraph', text: 'seen' },
    ]);
  });

  test('vanished text in a table stands after it', async () => {
    const cell = `<w:tc><w:p>${run('', 'a')}${run('<w:vanish/>', 'secret')}</w:p></w:tc>`;
    expect(await elementsOf(`<w:tbl><w:tr>${cell}<w:tc>${p('b')}</w:tc></w:tr></w:tbl>`)).toMatchObject([
      { rows: [['a', 'b']] },
      { text: 'secret', hidden: 'vanish' },
    ]);
  });
});

describe('what stands beside the text', () => {
  test('text boxes are read once, though they are written twice', async () => {
    const box = `<w:txbxContent>${p('in the box')}</w:txbxContent>`;
    const drawing = `<mc:AlternateContent><mc:Choice><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent>`;
    expect(await elementsOf(`<w:p><w:r><w:t>around</w:t></w:r><w:r>${drawing}</w:r></w:p>`)).toEqual([
      { kind: 'paragraph', text: 'around' },
      { kind: 'paragraph', text: 'in the box' },
    ]);
  });

  test('footnotes, endnotes and comments follow the paragraph that refers to them', async () => {
    const body = `<w:p><w:r><w:t>Claim</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="3"/></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>${p('Next')}`;
    const note = (kind: string, id: number, text: string) =>
      wordPart(`${kind}s`, `<w:${kind} w:id="-1" w:type="separator">${p('---')}</w:${kind}><w:${kind} w:id="${id}">${p(text)}</w:${kind}>`);
    const elements = await elementsOf(
      body,
      {
        'word/footnotes.xml': note('footnote', 2, 'Source'),
        'word/endnotes.xml': note('endnote', 3, 'Later'),
        'word/comments.xml': note('comment', 0, 'Really?'),
      },
      [
        ['f', 'footnotes', 'footnotes.xml'],
        ['e', 'endnotes', 'endnotes.xml'],
        ['c', 'comments', 'comments.xml'],
      ],
    );
    expect(elements).toEqual([
      { kind: 'paragraph', text: 'Claim' },
      { kind: 'footnote', text: 'Source' },
      { kind: 'footnote', text: 'Later' },
      { kind: 'note', text: 'Really?' },
      { kind: 'paragraph', text: 'Next' },
    ]);
  });

  test('headers and footers in use are boilerplate around the body', async () => {
    const body = `${p('Body')}<w:sectPr><w:headerReference r:id="h1"/><w:footerReference r:id="f1"/></w:sectPr>`;
    const elements = await elementsOf(
      body,
      {
        'word/h1.xml': wordPart('hdr', p('ACME Ltd')),
        'word/h2.xml': wordPart('hdr', p('unused')),
        'word/f1.xml': wordPart('ftr', p('Confidential')),
      },
      [
        ['h1', 'header', 'h1.xml'],
        ['h2', 'header', 'h2.xml'],
        ['f1', 'footer', 'f1.xml'],
      ],
    );
    expect(elements.map((e) => [e.kind === 'table' ? '' : e.text, e.boilerplate])).toEqual([
      ['ACME Ltd', 'header'],
      ['Body', undefined],
      ['Confidential', 'footer'],
    ]);
  });

  test('a table of contents is navigation', async () => {
    const toc = `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>${p('1 Scope 3')}</w:sdtContent></w:sdt>`;
    expect(await elementsOf(toc + p('2 Terms 4', styled('TOC 1')) + p('Text'))).toMatchObject([
      { boilerplate: 'navigation' },
      { boilerplate: 'navigation' },
      { text: 'Text' },
    ]);
  });

  test('pictures give their alternative text, hyperlinks their text', async () => {
    const picture = '<w:drawing><wp:docPr id="1" name="Picture 1" descr="A red valve"/><a:blip/></w:drawing>';
    const link = '<w:hyperlink r:id="l"><w:r><w:t>the manual</w:t></w:r></w:hyperlink>';
    expect(await elementsOf(`<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r>${link}<w:r>${picture}</w:r></w:p>`)).toEqual([
      { kind: 'paragraph', text: 'See the manual' },
      { kind: 'image', text: 'A red valve' },
    ]);
  });

  test('field codes are not text, their results are; equations read on one line', async () => {
    const field = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:t>page 7</w:t></w:r>';
    const math =
      '<m:oMath><m:sSup><m:e><m:r><m:t>a</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup><m:f><m:num><m:r><m:t>x+1</m:t></m:r></m:num><m:den><m:r><m:t>y</m:t></m:r></m:den></m:f></m:oMath>';
    expect(await elementsOf(`<w:p>${field}</w:p><w:p>${math}</w:p>`)).toEqual([
      { kind: 'paragraph', text: 'page 7' },
      { kind: 'paragraph', text: 'a^2(x+1)/y' },
    ]);
  });

  test('a chart becomes its title and the table of its values', async () => {
    const pt = (i: number, v: string) => `<c:pt idx="${i}"><c:v>${v}</c:v></c:pt>`;
    const chart = `<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Ducks</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache>${pt(0, 'Lake')}</c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache>${pt(0, '2019')}${pt(1, '2020')}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache>${pt(0, '5')}${pt(1, '8')}</c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>`;
    const body = '<w:p><w:r><w:drawing><c:chart xmlns:c="c" r:id="ch"/></w:drawing></w:r></w:p>';
    expect(await elementsOf(body, { 'word/charts/chart1.xml': chart }, [['ch', 'chart', 'charts/chart1.xml']])).toEqual([
      { kind: 'caption', text: 'Ducks' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['', 'Lake'],
          ['2019', '5'],
          ['2020', '8'],
        ],
      },
    ]);
  });
});

test('code paragraphs in a row are one piece of code with its spacing', async () => {
  const code = withStyles(style('C', 'Source Code'));
  expect(await elementsOf(p('def f():', styled('C')) + p('    return 1', styled('C')) + p('Text'), ...code)).toEqual([
    { kind: 'code', text: 'def f():\n    return 1' },
    { kind: 'paragraph', text: 'Text' },
  ]);
});

test('pages are counted where the file says where they ended when it was saved', async () => {
  const turn = '<w:r><w:lastRenderedPageBreak/></w:r>';
  const starting = (text: string) => `<w:p>${turn}<w:r><w:t>${text}</w:t></w:r></w:p>`;
  const table = `<w:tbl><w:tr><w:tc>${starting('cell')}</w:tc><w:tc>${p('x')}</w:tc></w:tr><w:tr><w:tc>${starting('over')}</w:tc><w:tc>${p('y')}</w:tc></w:tr></w:tbl>`;
  const body = `${p('one')}<w:p><w:r><w:t>across</w:t></w:r>${turn}<w:r><w:t> pages</w:t></w:r></w:p>${starting('three')}${table}${p('five')}`;
  const { elements, pages } = await parse(wordFile(body));
  expect(elements.map((e) => e.page)).toEqual([1, 1, 3, 4, 5]);
  expect(pages).toBe(5);
  expect((await parse(wordFile(p('one')))).pages).toBeUndefined();
});

test('core properties become metadata', async () => {
  const core =
    '<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc" xmlns:dcterms="dcterms"><dc:title>Handbook</dc:title><dc:creator>Ada</dc:creator><cp:keywords>a, b</cp:keywords><dcterms:created>2024-02-03T04:05:06Z</dcterms:created><dcterms:modified>soon</dcterms:modified></cp:coreProperties>';
  const { metadata } = await parse(wordFile(p('x'), { 'docProps/core.xml': core }));
  expect(metadata).toEqual({ title: 'Handbook', author: 'Ada', keywords: ['a', 'b'], created: '2024-02-03T04:05:06.000Z' });
});

describe('bad files', () => {
  test('a package of another kind is a mismatch', async () => {
    expect(await codeOf(parse(zipOf({ 'a.txt': 'x' })))).toBe('type-mismatch');
    const workbook = {
      '_rels/.rels': relations(['r', 'officeDocument', 'xl/workbook.xml']),
      'xl/workbook.xml': '<workbook><sheets/></workbook>',
    };
    expect(await codeOf(parse(zipOf(workbook)))).toBe('type-mismatch');
  });

  test('a document part without XML is corrupt, one that breaks off keeps what stands before', async () => {
    expect(await codeOf(parse(zipOf({ 'word/document.xml': 'A'.repeat(5000) })))).toBe('corrupt');
    const { elements, warnings } = await parse(
      zipOf({ 'word/document.xml': wordPart('document', `<w:body>${p('kept')}${p('lost')}`).slice(0, -40) }),
    );
    expect(elements[0]).toMatchObject({ text: 'kept' });
    expect(warnings).toMatchObject([{ code: 'malformed-xml' }]);
  });

  test('a broken part costs that part', async () => {
    const { elements, warnings } = await parse(wordFile(p('text'), { 'word/styles.xml': 'no xml' }, [['s', 'styles', 'styles.xml']]));
    expect(elements).toEqual([{ kind: 'paragraph', text: 'text' }]);
    expect(warnings).toMatchObject([{ code: 'broken-part' }]);
  });

  test('nesting beyond the limit is too complex', async () => {
    expect(await codeOf(parse(wordFile('<w:sdt><w:sdtContent>'.repeat(600))))).toBe('too-complex');
  });

  test('text beyond the limit is too large', async () => {
    expect(await codeOf(parse(wordFile(p('hello').repeat(300)), { maxTextLength: 1000 }))).toBe('too-large');
  });

  test('entities of a document type are never expanded', async () => {
    const laughs = `<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>${wordPart('document', `<w:body>${p('x&amp;&b;')}</w:body>`)}`;
    const { elements } = await parse(zipOf({ 'word/document.xml': laughs }));
    expect(elements).toEqual([{ kind: 'paragraph', text: 'x&&b;' }]);
  });

  test('a note that refers to itself is read once', async () => {
    const note = `<w:p><w:r><w:t>again</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>`;
    const notes = { 'word/footnotes.xml': wordPart('footnotes', `<w:footnote w:id="1">${note}</w:footnote>`) };
    expect(await elementsOf(note, notes, [['f', 'footnotes', 'footnotes.xml']])).toHaveLength(2);
  });
});

test('whatever markup stands in the body, the answer is elements or a coded error', async () => {
  const name = fc.constantFrom(
    'w:p',
    'w:r',
    'w:t',
    'w:tbl',
    'w:tr',
    'w:tc',
    'w:pPr',
    'w:numPr',
    'w:sdt',
    'w:del',
    'mc:AlternateContent',
    'w:drawing',
    'w:txbxContent',
    'm:oMath',
  );
  const piece = fc.oneof(
    name.map((n) => `<${n}>`),
    name.map((n) => `</${n}>`),
    name.map((n) => `<${n}/>`),
    fc.string({ maxLength: 8 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
      const { elements } = await parse(wordFile(pieces.join('')));
      for (const element of elements) expect(element.kind).toBeTypeOf('string');
    }),
    { numRuns: 150 },
  );
});
