import type { Block } from '@aws-sdk/client-textract';
import { describe, expect, it } from 'vitest';
import { pageOf, pagesOf } from '#adapters/aws/textract/blocks.ts';

let row = 0;
const box = (Left: number, Top: number, Width = 0.2, Height = 0.02) => ({ Geometry: { BoundingBox: { Left, Top, Width, Height } } });
const child = (...Ids: string[]) => ({ Relationships: [{ Type: 'CHILD' as const, Ids }] });
const word = (Id: string, Text: string): Block => ({ Id, BlockType: 'WORD', Text, Confidence: 99 });
const line = (Id: string, Text: string, top = 0.01 * ++row): Block => ({ Id, BlockType: 'LINE', Text, Confidence: 95, ...box(0.1, top) });
const cell = (Id: string, at: readonly [number, number], words: string[], more: Partial<Block> = {}): Block => ({
  ...{ Id, BlockType: 'CELL', RowIndex: at[0], ColumnIndex: at[1], RowSpan: 1, ColumnSpan: 1, Confidence: 90 },
  ...child(...words),
  ...more,
});

describe('the blocks of a page', () => {
  it('are lines in the order of the layout, with what each is; those that it left out come last', () => {
    const { lines } = pageOf(1, [
      { Id: 'p', BlockType: 'PAGE' },
      line('right', 'second column'),
      line('left', 'first column'),
      line('title', 'Report'),
      line('item', 'a point'),
      line('stray', 'in the margin'),
      { Id: 'l1', BlockType: 'LAYOUT_TITLE', ...child('title') },
      { Id: 'l2', BlockType: 'LAYOUT_TEXT', ...child('left') },
      { Id: 'l3', BlockType: 'LAYOUT_TEXT', ...child('right') },
      { Id: 'l4', BlockType: 'LAYOUT_LIST', ...child('l5') },
      { Id: 'l5', BlockType: 'LAYOUT_TEXT', ...child('item') },
    ]);
    expect(lines.map(({ text, role }) => [text, role])).toEqual([
      ['Report', 'title'],
      ['first column', undefined],
      ['second column', undefined],
      ['a point', 'list-item'],
      ['in the margin', undefined],
    ]);
    expect(lines[1]?.block).not.toBe(lines[2]?.block);
    expect(lines[0]).toMatchObject({ confidence: 0.95 });
  });

  it('are tables with their header rows, ticked boxes, and merged cells once', () => {
    const { tables } = pageOf(1, [
      ...[word('w1', 'Part'), word('w2', 'Price'), word('w3', 'Seal'), word('w4', 'kit'), word('w5', 'both'), word('w6', 'columns')],
      { Id: 's1', BlockType: 'SELECTION_ELEMENT', SelectionStatus: 'SELECTED' },
      cell('c11', [1, 1], ['w1'], { EntityTypes: ['COLUMN_HEADER'] }),
      cell('c12', [1, 2], ['w2'], { EntityTypes: ['COLUMN_HEADER'] }),
      cell('c21', [2, 1], ['w3', 'w4']),
      cell('c22', [2, 2], ['s1']),
      cell('c31', [3, 1], ['w5']),
      cell('c32', [3, 2], ['w6']),
      { Id: 'm', BlockType: 'MERGED_CELL', RowIndex: 3, ColumnIndex: 1, RowSpan: 1, ColumnSpan: 2, ...child('c31', 'c32') },
      {
        ...{ Id: 't', BlockType: 'TABLE', Confidence: 88, ...box(0.1, 0.3, 0.8, 0.1) },
        Relationships: [
          { Type: 'CHILD', Ids: ['c11', 'c12', 'c21', 'c22', 'c31', 'c32'] },
          { Type: 'MERGED_CELL', Ids: ['m'] },
        ],
      },
    ]);
    expect(tables).toEqual([
      {
        rows: [
          ['Part', 'Price'],
          ['Seal kit', 'selected'],
          ['both columns', ''],
        ],
        headerRows: 1,
        confidence: 0.88,
        area: [0.1, 0.3, 0.8, 0.1],
      },
    ]);
  });

  it('are fields with what is filled in, as sure as the worse half', () => {
    const { fields } = pageOf(1, [
      word('k1', 'Name:'),
      word('v1', 'Ana'),
      word('v2', 'Okafor'),
      {
        ...{ Id: 'k', BlockType: 'KEY_VALUE_SET', EntityTypes: ['KEY'], Confidence: 97, ...box(0.1, 0.5, 0.1) },
        Relationships: [
          { Type: 'CHILD', Ids: ['k1'] },
          { Type: 'VALUE', Ids: ['v'] },
        ],
      },
      { Id: 'v', BlockType: 'KEY_VALUE_SET', EntityTypes: ['VALUE'], Confidence: 60, ...box(0.3, 0.5, 0.2), ...child('v1', 'v2') },
    ]);
    expect(fields).toMatchObject([{ name: 'Name:', value: 'Ana Okafor', confidence: 0.6, area: [0.1, 0.5, 0.4, expect.closeTo(0.02)] }]);
  });

  it('come in parts that may end within a page', async () => {
    async function* parts() {
      yield [
        { ...line('a', 'one'), Page: 1 },
        { ...line('b', 'two'), Page: 2 },
      ];
      yield [
        { ...line('c', 'two more'), Page: 2 },
        { ...line('d', 'four'), Page: 4 },
      ];
    }
    const pages = await Array.fromAsync(pagesOf(parts()));
    expect(pages.map(({ page, lines }) => [page, lines.map(({ text }) => text)])).toEqual([
      [1, ['one']],
      [2, ['two', 'two more']],
      [4, ['four']],
    ]);
  });
});
