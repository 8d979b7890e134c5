import { describe, expect, test } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { parseOdt } from '#core/formats/odt.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { odtFile, odtPart, type Parts, parsing, zipOf } from './office/packages.ts';

const parse = parsing(parseOdt, 'a.odt');
const elementsOf = async (body: string, styles = '', extra: Parts = {}): Promise<Extracted['elements']> =>
  (await parse(odtFile(body, styles, extra))).elements;
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'parsed',
    (error: unknown) => (error instanceof SluiceError ? error.code : error),
  );

test('headings come by outline level, by title style and by the styles they descend from', async () => {
  const styles = '<style:style style:name="P1" style:parent-style-name="Heading_20_3"/>';
  const body =
    '<text:p text:style-name="Title">Book</text:p><text:h text:outline-level="2">Part</text:h><text:p text:style-name="P1">Section</text:p><text:p>Text</text:p>';
  expect((await elementsOf(body, styles)).map((e) => (e.kind === 'heading' ? [e.level, e.text] : e.kind))).toEqual([
    [1, 'Book'],
    [2, 'Part'],
    [3, 'Section'],
    'paragraph',
  ]);
});

test('white space is as written in elements, not in the file', async () => {
  expect(await elementsOf('<text:p>a\n   b<text:s text:c="2"/>c<text:tab/>d<text:line-break/>e <text:span>f</text:span></text:p>')).toEqual(
    [{ kind: 'paragraph', text: 'a b  c\td\ne f' }],
  );
});

test('struck text is left out', async () => {
  const styles =
    '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="T2" style:parent-style-name="T1"><style:text-properties style:text-line-through-style="none"/></style:style>';
  const body =
    '<text:p>keep <text:span text:style-name="T1">drop</text:span><text:span text:style-name="T2">it</text:span></text:p><text:p text:style-name="T1">all</text:p>';
  expect(await elementsOf(body, styles)).toEqual([{ kind: 'paragraph', text: 'keep it' }]);
});

test('lists have level and number; a second paragraph of an item is no new item', async () => {
  const style =
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"/></text:list-style>';
  const list = (items: string, name = '') => `<text:list ${name}>${items}</text:list>`;
  const item = (content: string) => `<text:list-item>${content}</text:list-item>`;
  const body =
    list(
      item('<text:p>one</text:p><text:p>more of one</text:p>') + item(`<text:p>two</text:p>${list(item('<text:p>inner</text:p>'))}`),
      'text:style-name="L1"',
    ) + list(item('<text:p>bullet</text:p>'));
  expect(await elementsOf(body, style)).toEqual([
    { kind: 'list-item', level: 1, marker: '1.', text: 'one' },
    { kind: 'paragraph', text: 'more of one' },
    { kind: 'list-item', level: 1, marker: '2.', text: 'two' },
    { kind: 'list-item', level: 2, marker: '2.a)', text: 'inner' },
    { kind: 'list-item', level: 1, text: 'bullet' },
  ]);
});

test('a list that goes on after other text counts on', async () => {
  const style =
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>';
  const list = (text: string, more = '') =>
    `<text:list text:style-name="L1" ${more}><text:list-item><text:p>${text}</text:p></text:list-item></text:list>`;
  const elements = await elementsOf(`${list('a')}<text:p>x</text:p>${list('b', 'text:continue-numbering="true"')}${list('c')}`, style);
  expect(elements.flatMap((e) => (e.kind === 'list-item' ? [e.marker] : []))).toEqual(['1.', '2.', '1.']);
});

test('preformatted lines are one piece of code with its spacing', async () => {
  const line = (text: string) => `<text:p text:style-name="Preformatted_20_Text">${text}</text:p>`;
  expect(await elementsOf(`${line('if x:')}${line('<text:s text:c="2"/>go()')}<text:p>Text</text:p>`)).toEqual([
    { kind: 'code', text: 'if x:\n  go()' },
    { kind: 'paragraph', text: 'Text' },
  ]);
});

test('tables keep merged and repeated cells in place; declared emptiness costs nothing', async () => {
  const cell = (text: string, more = '') => `<table:table-cell ${more}><text:p>${text}</text:p></table:table-cell>`;
  const body = `<table:table><table:table-header-rows><table:table-row>${cell('a')}${cell('b')}${cell('c')}</table:table-row></table:table-header-rows>
    <table:table-row>${cell('wide', 'table:number-columns-spanned="2"')}<table:covered-table-cell/>${cell('x')}</table:table-row>
    <table:table-row>${cell('same', 'table:number-columns-repeated="2"')}<table:table-cell table:number-columns-repeated="16382"/></table:table-row>
    <table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`;
  const [table] = await elementsOf(body);
  expect(table).toMatchObject({ kind: 'table', headerRows: 1 });
  expect(table?.kind === 'table' && table.rows.slice(0, 3)).toEqual([
    ['a', 'b', 'c'],
    ['wide', '', 'x'],
    ['same', 'same', ''],
  ]);
});

test('notes, annotations, text boxes and pictures follow their paragraph', async () => {
  const body = `<text:p>Claim<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Source</text:p></text:note-body></text:note>
    <office:annotation><dc:creator>Ada</dc:creator><dc:date>2024-01-01</dc:date><text:p>Really?</text:p></office:annotation><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame><draw:frame><draw:image/><svg:desc>A valve</svg:desc></draw:frame></text:p>`;
  expect(await elementsOf(body)).toEqual([
    { kind: 'paragraph', text: 'Claim' },
    { kind: 'footnote', text: 'Source' },
    { kind: 'note', text: 'Really?' },
    { kind: 'paragraph', text: 'boxed' },
    { kind: 'image', text: 'A valve' },
  ]);
});

test('tracked deletions are not content, insertions are', async () => {
  const changes =
    '<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>';
  expect(await elementsOf(`${changes}<text:p>kept <text:change-start/>new<text:change-end/></text:p>`)).toEqual([
    { kind: 'paragraph', text: 'kept new' },
  ]);
});

test('hidden text and sections are flagged', async () => {
  const style = '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>';
  const body =
    '<text:p>seen<text:span text:style-name="T1">unseen</text:span></text:p><text:section text:display="none"><text:p>away</text:p></text:section>';
  expect((await elementsOf(body, style)).map((e) => [e.kind === 'table' ? '' : e.text, e.hidden])).toEqual([
    ['seen', undefined],
    ['unseen', 'vanish'],
    ['away', 'hidden-section'],
  ]);
});

test('a table of contents is navigation; headers and footers are boilerplate', async () => {
  const page = odtPart(
    'document-styles',
    '<office:master-styles><style:master-page><style:header><text:p>ACME</text:p></style:header><style:footer><text:p>Page</text:p></style:footer></style:master-page><style:master-page><style:header><text:p>ACME</text:p></style:header></style:master-page></office:master-styles>',
  );
  const toc =
    '<text:table-of-content><text:table-of-content-source/><text:index-body><text:p>Scope 3</text:p></text:index-body></text:table-of-content>';
  expect((await elementsOf(`${toc}<text:p>Text</text:p>`, '', { 'styles.xml': page })).map((e) => e.boilerplate)).toEqual([
    'header',
    'navigation',
    undefined,
    'footer',
  ]);
});

test('the author is who began, the modification date who changed last', async () => {
  const meta = odtPart(
    'document-meta',
    '<office:meta><dc:title>Plan</dc:title><meta:initial-creator>Ada</meta:initial-creator><dc:creator>Bob</dc:creator><meta:creation-date>2024-01-02T03:04:05Z</meta:creation-date><dc:date>2024-02-02T03:04:05Z</dc:date><meta:keyword>a</meta:keyword><meta:keyword>b</meta:keyword></office:meta>',
  );
  const { metadata } = await parse(odtFile('<text:p>x</text:p>', '', { 'meta.xml': meta }));
  expect(metadata).toEqual({
    title: 'Plan',
    author: 'Ada',
    created: '2024-01-02T03:04:05.000Z',
    modified: '2024-02-02T03:04:05.000Z',
    keywords: ['a', 'b'],
  });
});

describe('bad files', () => {
  test('an encrypted document says so', async () => {
    const manifest =
      '<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    expect(await codeOf(parse(odtFile('', '', { 'META-INF/manifest.xml': manifest, 'content.xml': 'scrambled' })))).toBe('encrypted');
  });

  test('a spreadsheet is a mismatch, another zip too', async () => {
    const sheet = odtPart('document-content', '<office:body><office:spreadsheet/></office:body>');
    expect(await codeOf(parse(zipOf({ 'content.xml': sheet })))).toBe('type-mismatch');
    expect(await codeOf(parse(zipOf({ 'a.txt': 'x' })))).toBe('type-mismatch');
  });
});
