import { dominant, flowed, joined } from '../lines.ts';
import { type Run, type TableBlock, unionOf } from '../model.ts';
import { headerRowsOf, withoutEmpty } from './cells.ts';

/** A gap of this many font sizes may stand between two columns. */
const COLUMN_GAP = 0.9;
/** Rows further apart than this many font sizes are not of one table. */
const ROW_GAP = 2.6;
/** A line this much larger than the row above it begins something new. */
const HEADING = 1.12;
const MIN_ROWS = 3;
/** Part of the rows that may bridge a column boundary, as spanning headers do. */
const BRIDGING = 0.15;
/** Cells longer than this, on average, are columns of prose. */
const MAX_MEAN_CELL = 48;
const LIST_MARKER = /^(?:[•◦▪‣●○■□–—*·-]|\(?\w{1,4}[.)])$/u;

type Segment = { x0: number; x1: number; runs: Run[] };
type Row = { runs: readonly Run[]; segments: Segment[]; y0: number; y1: number; size: number };

type RowRange = { table: TableBlock; from: number; to: number };

/** Tables that only alignment shows, among the lines of a region from top to bottom; `to` is exclusive. */
export function alignedTables(lines: readonly (readonly Run[])[]): RowRange[] {
  const rows = lines.map(rowOf);
  const found: RowRange[] = [];
  let from = 0;
  while (from < rows.length) {
    const to = spanFrom(rows, from);
    const table = to - from >= MIN_ROWS ? tableOf(rows.slice(from, to)) : undefined;
    if (table !== undefined) found.push({ table, from, to });
    from = Math.max(to, from + 1);
  }
  return found;
}

function rowOf(runs: readonly Run[]): Row {
  const segments: Segment[] = [];
  for (const run of runs.toSorted((a, b) => a.x0 - b.x0)) {
    const last = segments.at(-1);
    if (last !== undefined && run.x0 - last.x1 < COLUMN_GAP * run.size) {
      last.runs.push(run);
      last.x1 = Math.max(last.x1, run.x1);
    } else segments.push({ x0: run.x0, x1: run.x1, runs: [run] });
  }
  const { y0, y1 } = unionOf(runs);
  return { runs, segments, y0, y1, size: Math.max(...runs.map((run) => run.size)) };
}

/** Where the rows that follow each other with several segments end; a line between two such rows may be a wrapped cell. */
function spanFrom(rows: readonly Row[], from: number): number {
  let to = from;
  let last: Row | undefined;
  for (let i = from; i < rows.length; i += 1) {
    const row = rows[i];
    if (row === undefined || row.runs.some((run) => run.rightToLeft)) break;
    if (last !== undefined && row.y0 - last.y1 > ROW_GAP * row.size) break;
    if (row.segments.length >= 2) to = i + 1;
    else if (to === from || i > to || (last !== undefined && row.size > last.size * HEADING)) break;
    last = row;
  }
  return to;
}

function tableOf(rows: readonly Row[]): TableBlock | undefined {
  const columns = columnsOf(rows);
  if (columns.length < 2) return undefined;
  const cells = rows.map((row) => {
    const texts = columns.map(() => [] as string[]);
    for (const segment of row.segments) texts[columnOf(columns, segment)]?.push(joined(segment.runs));
    return texts.map((parts) => parts.join(' '));
  });
  const merged = withWrappedCells(rows, cells);
  if (!isTabular(merged, columns.length)) return undefined;
  // Code often lines up in two columns by chance.
  if (columns.length === 2 && rows.every((row) => row.runs.every((run) => run.mono))) return undefined;
  const { rows: kept, rowIndexes } = withoutEmpty(merged);
  const bold = rowIndexes.map((index) => rows[index]?.runs.every((run) => run.bold) ?? false);
  const runs = rows.flatMap((row) => row.runs);
  return { kind: 'table', ...unionOf(runs), rows: kept, headerRows: headerRowsOf(kept, bold), style: dominant(runs) };
}

/** The intervals that the segments leave between them, but for the few that bridge. */
function columnsOf(rows: readonly Row[]): { x0: number; x1: number }[] {
  const edges = rows
    .filter((row) => row.segments.length >= 2)
    .flatMap(({ segments }) =>
      segments.flatMap(({ x0, x1 }) => [
        { x: x0, step: 1 },
        { x: x1, step: -1 },
      ]),
    )
    .sort((a, b) => a.x - b.x || a.step - b.step);
  const tolerated = Math.floor(rows.length * BRIDGING);
  const columns: { x0: number; x1: number }[] = [];
  let depth = 0;
  for (const { x, step } of edges) {
    const [before, after] = [depth, depth + step];
    if (before <= tolerated && after > tolerated) columns.push({ x0: x, x1: x });
    const column = columns.at(-1);
    if (before > tolerated && after <= tolerated && column !== undefined) column.x1 = x;
    depth = after;
  }
  return columns;
}

function columnOf(columns: readonly { x0: number; x1: number }[], { x0, x1 }: Segment): number {
  const touched = columns.findIndex((column) => column.x1 > x0 && column.x0 < x1);
  if (touched >= 0) return touched;
  const after = columns.findIndex((column) => column.x0 >= x1);
  return after < 0 ? columns.length - 1 : Math.max(0, after - 1);
}

/** A row without a first cell and with few others continues the cells above it; its place stays, empty. */
function withWrappedCells(rows: readonly Row[], cells: readonly string[][]): string[][] {
  const merged: string[][] = [];
  let target: string[] | undefined;
  for (const [index, row] of cells.entries()) {
    const filled = row.filter((cell) => cell !== '').length;
    const near = (rows[index]?.y0 ?? 0) - (rows[index - 1]?.y1 ?? 0) < 0.5 * (rows[index]?.size ?? 0);
    if (target !== undefined && row[0] === '' && near && filled * 2 <= row.length) {
      const above = target;
      for (const [column, cell] of row.entries()) above[column] = flowed([above[column] ?? '', cell].filter((text) => text !== ''));
      merged.push(row.map(() => ''));
    } else {
      target = [...row];
      merged.push(target);
    }
  }
  return merged;
}

function isTabular(rows: readonly string[][], columns: number): boolean {
  const cells = rows.flat().filter((cell) => cell !== '');
  const several = rows.filter((row) => row.filter((cell) => cell !== '').length >= 2);
  if (several.length < MIN_ROWS || cells.length < several.length * 2) return false;
  if (columns === 2 && several.every((row) => LIST_MARKER.test(row[0] ?? ''))) return false;
  return cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length <= MAX_MEAN_CELL;
}
