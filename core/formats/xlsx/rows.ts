import { SluiceError } from '#core/errors.ts';
import type { ParseContext } from '../index.ts';
import type { Area, Cell, Row } from './sheet.ts';

export type RowCollector = {
  /** Keeps a cell that has a text; rows and columns count from 1. Throws `too-large` beyond the text limit. */
  put(row: number, column: number, cell: Cell): void;
  hide(row: number): void;
  merge(area: Area): void;
  /** The rows that have cells, in order. */
  finish(): Row[];
};

/** Cells of a sheet in whatever order a file has them. */
export function rowCollector({ name, limits }: ParseContext): RowCollector {
  const rows = new Map<number, Row>();
  const hidden = new Set<number>();
  const merged: Area[] = [];
  let length = 0;
  return {
    put(index, column, cell) {
      if (cell.text.trim() === '') return;
      length += cell.text.length;
      if (length > limits.maxTextLength)
        throw new SluiceError('too-large', `reading ${name}: more than ${limits.maxTextLength} characters of text`);
      const row = rows.get(index) ?? { index, cells: new Map<number, Cell>(), hidden: false };
      rows.set(index, row);
      row.cells.set(column, cell);
    },
    hide: (row) => hidden.add(row),
    merge: (area) => merged.push(area),
    finish() {
      const found = [...rows.values()].sort((a, b) => a.index - b.index);
      for (const row of found) row.hidden = hidden.has(row.index);
      spread(found, merged);
      return found;
    },
  };
}

/** Tells each merged cell how far it goes. */
export function spread(rows: readonly Row[], merged: readonly Area[]): void {
  const byIndex = new Map(merged.length === 0 ? [] : rows.map((row) => [row.index, row]));
  for (const { top, left, bottom, right } of merged) {
    const cell = byIndex.get(top)?.cells.get(left);
    if (cell) Object.assign(cell, { across: right - left + 1, down: bottom - top + 1 });
  }
}
