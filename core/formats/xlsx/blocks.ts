import type { Cell, Row } from './sheet.ts';

/**
 * Cells that belong together: a table, or with one cell a line of text, which may be the title of the table below, or with
 * two a name and its value.
 */
export type Block = { rows: string[][]; headerRows: number; isTitle: boolean; isPair: boolean };

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

/** A text that is spread over several columns: the title of what stands below it. */
const isSpread = ({ cells }: Row): boolean =>
  cells.size === 1 && [...cells.values()].every((cell) => isLabel(cell) && (cell.across ?? 1) > 1);

const isPair = ({ cells }: Row): boolean =>
  cells.size === 2 && [...cells.values()].slice(0, 1).every((cell) => isLabel(cell) && /\p{L}/u.test(cell.text));

/** Several names with their values in a row, gaps between them. */
function arePairs({ cells }: Row): boolean {
  const columns = [...cells.keys()].sort((a, b) => a - b);
  return (
    columns.length >= 4 &&
    columns.every((column, i) => (i % 2 === 0 ? column !== (columns[i - 1] ?? 0) + 1 || i === 0 : column === (columns[i - 1] ?? 0) + 1))
  );
}

/** Lines of text right above a table's header, or spread over its columns, are its title, not its first rows. */
const endsTitle = ({ rows }: Part, row: Row): boolean =>
  rows.length <= 3 &&
  rows.every((r) => r.cells.size === 1 && [...r.cells.values()].every(isLabel)) &&
  (headsTable(row) || (rows.every(isSpread) && !isSpread(row)));

function startsAnew({ rows, left, right }: Part, row: Row): boolean {
  const [last, beforeLast] = [rows.at(-1), rows.at(-2)];
  const isSpacedOut = last === undefined || beforeLast === undefined || last.index > beforeLast.index + 1;
  // Names and their values above a table; a table's first row of two columns is no wider.
  if (rows.length === 1 && last && headsTable(row) && (!headsTable(last) || arePairs(last) || row.cells.size > last.cells.size + 1))
    return true;
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
  if (sides.length < 2 || sides.length > 20 || !(differ || (rows.length === 1 && rows.every(arePairs)))) return [[...rows]];
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

/** Rows that name the columns: a label above figures heads a table of one column, too; merged labels have others below them. */
function headerRowsOf([first, ...rest]: readonly Row[]): number {
  if (first === undefined || rest.length === 0) return 0;
  const cells = [...first.cells.values()];
  const isHeader =
    headsTable(first) || (cells.every(isLabel) && rest.every((row) => [...row.cells.values()].every((cell) => cell.numeric)));
  if (!isHeader) return 0;
  const depth = cells.reduce((most, { across = 1, down = 1 }) => Math.max(most, down, across > 1 ? 2 : 1), 1);
  const below = rest.findIndex(
    (row) => row.index >= first.index + depth || ![...row.cells.values()].every((cell) => isLabel(cell) || isYear(cell)),
  );
  return below <= 0 ? 1 : below + 1;
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
  return {
    rows: texts,
    headerRows: headerRowsOf(rows),
    isTitle: rows.length === 1 && rows.every(isSpread),
    isPair: rows.length === 1 && rows.every(isPair),
  };
}

/** The tables and lines of text of a sheet, in reading order. */
export const blocksOf = (rows: readonly Row[]): Block[] => cut(rows, 0).map(blockOf);
