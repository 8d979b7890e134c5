import type { TableElement } from '#schemas/records/extracted.ts';
import { padRows } from '../tables.ts';
import type { Paragraph } from './paragraphs.ts';
import { hiddenIn, type Shown, visible } from './text.ts';

export type DocTable = { element: TableElement; hidden: { text: string; hidden: string }[] };

/** Text that is white on a shaded row is seen. */
const onShade = (shown: readonly Shown[]): Shown[] => shown.map((s) => (s.hidden === 'white-on-white' ? { text: s.text } : s));

/** Gathers the paragraphs of a table, whose cells and rows end with marks of their own. */
export function tableReader(isOld: boolean) {
  const rows: string[][] = [];
  const hidden: DocTable['hidden'] = [];
  let cells: Shown[][] = [];
  let cell: Shown[] = [];
  let headers = 0;
  let lastMark: Paragraph['mark'] = 'paragraph';

  function endRow({ isShaded = false, isHeaderRow = false }: Paragraph['properties']): void {
    const shown = isShaded ? cells.map(onShade) : cells;
    rows.push(shown.map((c) => visible(c).trim()));
    for (const c of shown) hidden.push(...hiddenIn(c));
    if (isHeaderRow && headers === rows.length - 1) headers += 1;
    cells = [];
  }

  return {
    isEmpty: () => rows.length === 0 && cells.length === 0 && cell.length === 0,
    take({ mark, properties }: Paragraph, shown: readonly Shown[]): void {
      // Word 95 and older: what says that a mark ends a row is not read, but it follows that of the last cell.
      const endsRow = isOld ? mark === 'cell' && lastMark === 'cell' && shown.length === 0 : properties.endsRow;
      lastMark = endsRow ? 'paragraph' : mark;
      if (endsRow) endRow(properties);
      else {
        cell.push(...shown);
        if (mark === 'cell') {
          cells.push(cell);
          cell = [];
        } else cell.push({ text: properties.endsInnerCell ? '\t' : '\n' });
      }
    },
    finish(): DocTable {
      if (cell.length > 0) cells.push(cell);
      cell = [];
      if (cells.length > 0) endRow({ style: 0 });
      const element: TableElement = { kind: 'table', rows: padRows(rows), headerRows: headers > 0 ? headers : rows.length > 1 ? 1 : 0 };
      return { element, hidden };
    },
  };
}
