import { rowsOf } from './lines.ts';
import { type Box, type Run, unionOf } from './model.ts';

/** What a page's reading order is made of: runs of text, and tables already found, which no column boundary may cut. */
export type Piece = { box: Box; run?: Run };

const MAX_DEPTH = 8;
/** A column has at least this many lines. */
const MIN_LINES = 3;
/** The same where neither side is running text. */
const MIN_LINES_OF_WORDS = 6;
/** Runs that start on a vertical this close together share a left edge. */
const EDGE = 2;
/** Part of its column's width that a line of running text fills, on average. */
const FILLED = 0.55;
/** Below this a column of running text would be a column of words. */
const MIN_CHARACTERS = 16;
/** A column of less is one of bullets or line numbers, which belong to the text beside them. */
const MIN_MEAN = 4;
/** Part of the lines that stand beside one of the other column: rows of a table all do. */
const SIDE_BY_SIDE = { oneRunning: 0.5, noneRunning: 0.15 };

type Split = { above: Piece[]; left: Piece[]; right: Piece[]; below: Piece[]; lines: number };

/** The page's pieces as stretches to be read one after the other, each from top to bottom; columns from the right in scripts that run so. */
export function readingOrder(pieces: readonly Piece[], bodySize: number): Piece[][] {
  const backwards = pieces.filter(({ run }) => run?.rightToLeft).length * 2 > pieces.length;
  return ordered(pieces, bodySize, backwards, 0);
}

function ordered(pieces: readonly Piece[], bodySize: number, backwards: boolean, depth: number): Piece[][] {
  if (pieces.length === 0) return [];
  const split = depth < MAX_DEPTH ? bestSplit(pieces, bodySize) : undefined;
  if (split === undefined) return [[...pieces]];
  const columns = backwards ? [split.right, split.left] : [split.left, split.right];
  return [split.above, ...columns, split.below].flatMap((part) => ordered(part, bodySize, backwards, depth + 1));
}

function bestSplit(pieces: readonly Piece[], bodySize: number): Split | undefined {
  const sorted = pieces.toSorted((a, b) => a.box.y0 - b.box.y0);
  let best: Split | undefined;
  for (const edge of leftEdges(pieces)) {
    const split = splitAt(sorted, edge - EDGE, bodySize);
    if (split !== undefined && split.lines > (best?.lines ?? 0)) best = split;
  }
  return best;
}

/** Where columns may begin: the verticals on which several runs start, but the leftmost. */
function leftEdges(pieces: readonly Piece[]): number[] {
  const starts = pieces.flatMap(({ box, run }) => (run === undefined ? [] : [box.x0])).sort((a, b) => a - b);
  const edges: number[] = [];
  let first = 0;
  for (let i = 1; i <= starts.length; i += 1) {
    const [from, to] = [starts[first], starts[i]];
    if (from === undefined || (to !== undefined && to - from <= EDGE * 2)) continue;
    if (i - first >= MIN_LINES && first > 0) edges.push(from);
    first = i;
  }
  return edges;
}

/** The tallest stretch of the page that nothing crosses at `x` and that has a column on either side. */
function splitAt(sorted: readonly Piece[], x: number, bodySize: number): Split | undefined {
  let best: Split | undefined;
  let start = 0;
  for (let i = 0; i <= sorted.length; i += 1) {
    const piece = sorted[i];
    if (piece !== undefined && !(piece.box.x0 < x && piece.box.x1 > x - 1)) continue;
    const band = sorted.slice(start, i);
    if (band.length > 2 * MIN_LINES && band.length > (best?.lines ?? 0)) {
      const split = asColumns(sorted, band, start, i, x, bodySize);
      if (split !== undefined && split.lines > (best?.lines ?? 0)) best = split;
    }
    start = i + 1;
  }
  return best;
}

function asColumns(
  sorted: readonly Piece[],
  band: readonly Piece[],
  from: number,
  to: number,
  x: number,
  bodySize: number,
): Split | undefined {
  const left = band.filter(({ box }) => box.x0 < x);
  const right = band.filter(({ box }) => box.x0 >= x);
  if (left.length < MIN_LINES || right.length < MIN_LINES) return undefined;
  const gutter = Math.min(...right.map(({ box }) => box.x0)) - Math.max(...left.map(({ box }) => box.x1));
  if (gutter < Math.max(5, bodySize * 0.6)) return undefined;
  const [leftRows, rightRows] = [rowsIn(left), rowsIn(right)];
  if (leftRows.length < MIN_LINES || rightRows.length < MIN_LINES) return undefined;
  if (meanCharacters(leftRows) < MIN_MEAN || meanCharacters(rightRows) < MIN_MEAN) return undefined;
  const running = Number(isRunningText(leftRows)) + Number(isRunningText(rightRows));
  if (running === 0 && Math.min(leftRows.length, rightRows.length) < MIN_LINES_OF_WORDS) return undefined;
  if (running < 2 && besides(leftRows, rightRows) >= (running === 1 ? SIDE_BY_SIDE.oneRunning : SIDE_BY_SIDE.noneRunning)) return undefined;
  return { above: sorted.slice(0, from), left, right, below: sorted.slice(to), lines: leftRows.length + rightRows.length };
}

type Row = Box & { characters: number; covered: number; baseline: number };

const rowsIn = (pieces: readonly Piece[]): Row[] =>
  rowsOf(pieces.flatMap(({ run }) => (run === undefined ? [] : [run]))).map((runs) => ({
    ...unionOf(runs),
    characters: runs.reduce((sum, run) => sum + run.text.length, 0),
    covered: runs.reduce((sum, run) => sum + run.x1 - run.x0, 0),
    baseline: runs[0]?.baseline ?? 0,
  }));

function isRunningText(rows: readonly Row[]): boolean {
  const width = Math.max(...rows.map((row) => row.x1)) - Math.min(...rows.map((row) => row.x0));
  const filled = rows.reduce((sum, row) => sum + row.covered, 0) / rows.length / Math.max(1, width);
  return filled >= FILLED && meanCharacters(rows) >= MIN_CHARACTERS;
}

const meanCharacters = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.characters, 0) / rows.length;

/** The part of the shorter side's lines that stand beside one of the other side. */
function besides(a: readonly Row[], b: readonly Row[]): number {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  return few.filter((row) => many.some((other) => Math.abs(other.baseline - row.baseline) < 2)).length / few.length;
}
