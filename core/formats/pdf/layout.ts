import { type Piece, readingOrder } from './columns.ts';
import type { Frame, PageGeometry } from './frame.ts';
import { lineOf, rowsOf } from './lines.ts';
import { withoutMargins } from './margins.ts';
import { type Block, type Region, type Rule, type Run, unionOf } from './model.ts';
import type { FramedRuns } from './runs.ts';
import { alignedTables } from './tables/aligned.ts';
import { ruledTables } from './tables/ruled.ts';

/** More runs than this are a drawing with labels: no columns or tables are looked for. */
const MAX_RUNS = 4_000;

/** The text of one direction as regions in reading order; what a person does not see comes last. */
export function regionsOf(
  { frame, runs }: FramedRuns,
  askew: boolean,
  rulesIn: (frame: Frame) => Rule[],
  geometry: PageGeometry,
): Region[] {
  const visible = runs.filter((run) => run.hidden === undefined);
  const hidden = runs.filter((run) => run.hidden !== undefined);
  const parts = visible.length > MAX_RUNS ? [linesOf(visible)] : laidOut(frame, visible, rulesIn(frame), geometry);
  return [...parts, linesOf(hidden)]
    .filter((blocks) => blocks.length > 0)
    .map((blocks) => ({ ...unionOf(blocks), blocks, askew, toPage: frame.toPage }));
}

function laidOut(frame: Frame, runs: readonly Run[], rules: readonly Rule[], geometry: PageGeometry): Block[][] {
  const { tables, rest } = ruledTables(rules, runs);
  const { header, body, footer } = withoutMargins(rest, frame, geometry);
  const pieces: Piece[] = [...body.map((run) => ({ box: run, run })), ...tables.map((table) => ({ box: table }))];
  const columns = readingOrder(pieces, medianSize(runs)).map((part) => {
    const own = part.flatMap(({ run }) => (run === undefined ? [] : [run]));
    const ruled = tables.filter((table) => part.some(({ box }) => box === table));
    return [...ruled, ...blocksOf(own)].sort((a, b) => a.y0 - b.y0);
  });
  return [linesOf(header), ...columns, linesOf(footer)];
}

/** Lines and the tables among them, from the top. */
function blocksOf(runs: readonly Run[]): Block[] {
  const rows = rowsOf(runs);
  const tables = alignedTables(rows);
  const blocks: Block[] = [];
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i];
    const table = tables.find(({ from }) => from === i);
    if (table !== undefined) {
      blocks.push(table.table);
      i = table.to - 1;
    } else if (row !== undefined) blocks.push(lineOf(row));
  }
  return blocks;
}

const linesOf = (runs: readonly Run[]): Block[] => rowsOf(runs).map(lineOf);

const medianSize = (runs: readonly Run[]): number => {
  const sizes = runs.map((run) => run.size).sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)] ?? 10;
};
