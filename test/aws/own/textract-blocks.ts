import type { Block } from '@aws-sdk/client-textract';

/**
 * What can be read in a file is written in it: a line `%ocr <page> <text>` is one of a page's lines; such lines with tabs are
 * rows of a table, `name: ~value` is a field of a form. A file without any says its length, so that there is something to find.
 */
export function pagesIn(bytes: Uint8Array): string[][] {
  const pages: string[][] = [];
  for (const [, page = '1', text = ''] of Buffer.from(bytes)
    .toString('utf8')
    .matchAll(/^%ocr (\d+) (.+)$/gm)) {
    pages[Number(page) - 1] ??= [];
    pages[Number(page) - 1]?.push(text);
  }
  return pages.length === 0 ? [[`picture of ${bytes.length} bytes`]] : Array.from(pages, (lines) => lines ?? []);
}

type Features = readonly string[];
type Draft = Omit<Block, 'Geometry' | 'Page'> & { Id: string };

/** Blocks as Textract gives them for lines of text: https://docs.aws.amazon.com/textract/latest/dg/how-it-works-document-layout.html */
export function blocksOf(lines: readonly string[], page: number, features: Features): Block[] {
  const blocks: Block[] = [];
  const [left, width, height] = [0.1, 0.8, 0.02];
  const add = (draft: Draft, row: number, rows = 1): string => {
    const BoundingBox = { Left: left, Top: 0.05 + row * 0.03, Width: width, Height: height + (rows - 1) * 0.03 };
    blocks.push({ Confidence: 98.5, ...draft, Page: page, Geometry: { BoundingBox, Polygon: [] } });
    return draft.Id;
  };
  const name = (kind: string, ...numbers: number[]): string => [kind, page, ...numbers].join('-');
  const words = (text: string, row: number, kind: string): string[] =>
    text.split(/\s+/).map((word, i) => add({ Id: name(kind, row, i), BlockType: 'WORD', Text: word, TextType: 'PRINTED' }, row));
  const children = (Ids: string[]) => [{ Type: 'CHILD' as const, Ids }];

  add({ Id: name('page'), BlockType: 'PAGE' }, 0, lines.length);
  const lineIds = lines.map((text, row) => {
    const Text = text.replaceAll('\t', ' ').replace('~', '');
    return add({ Id: name('line', row), BlockType: 'LINE', Text, Relationships: children(words(Text, row, 'word')) }, row);
  });
  const rows = lines.flatMap((text, row) => (text.includes('\t') ? [{ row, cells: text.split('\t') }] : []));
  if (features.includes('TABLES') && rows.length > 0) {
    const cells = rows.flatMap(({ row, cells: texts }, r) =>
      texts.map((text, c) =>
        add(
          {
            ...{ Id: name('cell', row, c), BlockType: 'CELL', RowIndex: r + 1, ColumnIndex: c + 1, RowSpan: 1, ColumnSpan: 1 },
            ...(r === 0 && { EntityTypes: ['COLUMN_HEADER'] }),
            Relationships: children(words(text, row, `cell-word-${c}`)),
          },
          row,
        ),
      ),
    );
    add(
      { Id: name('table'), BlockType: 'TABLE', EntityTypes: ['STRUCTURED_TABLE'], Relationships: children(cells) },
      rows[0]?.row ?? 0,
      rows.length,
    );
  }
  if (features.includes('FORMS')) {
    for (const [row, text] of lines.entries()) {
      const [, key, value] = /^(.+?:) ~(.+)$/.exec(text) ?? [];
      if (key === undefined || value === undefined) continue;
      const of = (kind: 'KEY' | 'VALUE', words_: string[]): Draft => {
        return { Id: name(kind, row), BlockType: 'KEY_VALUE_SET', EntityTypes: [kind], Relationships: children(words_) };
      };
      const valueId = add(of('VALUE', words(value, row, 'value')), row);
      const draft = of('KEY', words(key, row, 'key'));
      add({ ...draft, Relationships: [...(draft.Relationships ?? []), { Type: 'VALUE', Ids: [valueId] }] }, row);
    }
  }
  if (features.includes('LAYOUT') && lineIds.length > 0)
    add({ Id: name('layout'), BlockType: 'LAYOUT_TEXT', Relationships: children(lineIds) }, 0, lines.length);
  return blocks;
}
