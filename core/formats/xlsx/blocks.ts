import type { Cell, Row } from './sheet.ts';

/** Cells that belong together: a table, or with one cell a line of text. */
export type Block = { rows: string[][]; headerRows: number };

/** Above this many cells a block that is mostly holes is written without them. */
const MAX_DENSE_CELLS = 2_000_000;
const MAX_CUTS = 4;

/** A four-digit number that heads a column of figures is a year. */
const isYear = (cell: Cell): boolean => /^(1[89]|20|21)\d\d$/.test(cell.text);
const isLabel = (cell: Cell): boolean => !cell.numeric;

function extent(rows: readonly Row[]): { left: number; right: number } {
  let left = Number.POSITIVE_INFINITY;
  let right = 0;
  for (const row of rows) {
    for (const column of row.cells.keys()) {
      left = Math.min(left, column);
      right = Math.max(right, column);
    }
  }
  return { left, right };
}

/**
 * A row of labels above rows that have the same columns or some of them: what makes a header, or the start of another
 * table after a gap. One label alone is a title.
 */
const headsTable = (row: Row): boolean => row.cells.size > 1 && [...row.cells.values()].every((cell) => isLabel(cell) || isYear(cell));

type Part = { rows: Row[]; left: number; right: number };

function widen(part: Part, row: Row): void {
  const { left, right } = extent([row]);
  part.rows.push(row);
  part.left = Math.min(part.left, left);
  part.right = Math.max(part.right, right);
}

/** Parts rows at blank lines where what follows starts anew; a gap within one table's data does not part it. */
function cutRows(rows: readonly Row[]): Row[][] {
  const parts: Part[] = [];
  for (const row of rows) {
    const part = parts.at(-1);
    const before = part?.rows.at(-1);
    const goesOn =
      part !== undefined && before !== undefined && !(row.index > before.index + 1 ? startsAnew(part, row) : endsTitle(part, row));
    if (goesOn) widen(part, row);
    else parts.push({ rows: [row], ...extent([row]) });
  }
  return parts.map((part) => part.rows);
}

/** Lines of text right above a table's header are its title, not its first rows. */
const endsTitle = ({ rows }: Part, row: Row): boolean =>
  headsTable(row) && rows.length <= 3 && rows.every((r) => r.cells.size === 1 && [...r.cells.values()].every(isLabel));

function startsAnew({ rows, left, right }: Part, row: Row): boolean {
  const [last, beforeLast] = [rows.at(-1), rows.at(-2)];
  const isSpacedOut = last === undefined || beforeLast === undefined || last.index > beforeLast.index + 1;
  if (last?.cells.size === 1 || row.cells.size === 1 || (headsTable(row) && !isSpacedOut)) return true;
  return [...row.cells.keys()].every((column) => column < left || column > right);
}

/** Parts columns at blank ones where the sides start or end at different rows: tables that stand side by side. */
function cutColumns(rows: readonly Row[]): Row[][] {
  const used = new Map<number, { top: number; bottom: number }>();
  for (const row of rows) {
    for (const column of row.cells.keys()) used.set(column, { top: used.get(column)?.top ?? row.index, bottom: row.index });
  }
  const columns = [...used.keys()].sort((a, b) => a - b);
  const sides: { from: number; to: number; top: number; bottom: number }[] = [];
  for (const column of columns) {
    const { top = 0, bottom = 0 } = used.get(column) ?? {};
    const side = sides.at(-1);
    if (side === undefined || column > side.to + 1) sides.push({ from: column, to: column, top, bottom });
    else Object.assign(side, { to: column, top: Math.min(side.top, top), bottom: Math.max(side.bottom, bottom) });
  }
  const differ = sides.some((side) => side.top !== sides[0]?.top || side.bottom !== sides[0]?.bottom);
  if (sides.length < 2 || sides.length > 20 || !differ) return [[...rows]];
  return sides.map(({ from, to }) =>
    rows
      .map((row) => ({ ...row, cells: new Map([...row.cells].filter(([column]) => column >= from && column <= to)) }))
      .filter((row) => row.cells.size > 0),
  );
}

function cut(rows: readonly Row[], depth: number): Row[][] {
  if (rows.length === 0) return [];
  const parts = cutRows(rows).flatMap(cutColumns);
  return parts.length === 1 || depth >= MAX_CUTS ? parts : parts.flatMap((part) => cut(part, depth + 1));
}

/** A label above figures heads a table of one column, too. */
function hasHeader([first, ...rest]: readonly Row[]): boolean {
  if (first === undefined || rest.length === 0) return false;
  const cells = [...first.cells.values()];
  return headsTable(first) || (cells.every(isLabel) && rest.every((row) => [...row.cells.values()].every((cell) => cell.numeric)));
}

/** Columns without any cell are spacing, and go. */
function blockOf(rows: readonly Row[]): Block {
  const used = new Set<number>();
  for (const row of rows) for (const column of row.cells.keys()) used.add(column);
  const columns = [...used].sort((a, b) => a - b);
  const isDense = rows.length * columns.length <= MAX_DENSE_CELLS;
  const texts = rows.map((row) =>
    isDense ? columns.map((column) => row.cells.get(column)?.text.trim() ?? '') : [...row.cells.values()].map((cell) => cell.text.trim()),
  );
  return { rows: texts, headerRows: hasHeader(rows) ? 1 : 0 };
}

/** The tables and lines of text of a sheet, in reading order. */
export const blocksOf = (rows: readonly Row[]): Block[] => cut(rows, 0).map(blockOf);
