import { dominant, flowed, joined, rowsOf } from '../lines.ts';
import type { Rule, Run, TableBlock } from '../model.ts';
import { headerRowsOf, withoutEmpty } from './cells.ts';

/** Rules this close meet, or are one. */
const SLACK = 3;
/** A row or column narrower than this is the space between two rules. */
const MIN_CELL = 5;
/** More pairs than this to compare are a drawing. */
const MAX_PAIRS = 400_000;
const MAX_CELLS = 20_000;

type Grid = { xs: number[]; ys: number[]; rules: Rule[] };

/** The tables that rules draw, and the runs that stand in none of them. */
export function ruledTables(rules: readonly Rule[], runs: readonly Run[]): { tables: TableBlock[]; rest: Run[] } {
  const tables: TableBlock[] = [];
  let rest = [...runs];
  for (const grid of gridsOf(rules)) {
    const inside = rest.filter((run) => cellAt(grid, run) !== undefined);
    const table = inside.length < 2 ? undefined : tableOf(grid, inside);
    if (table === undefined) continue;
    tables.push(table);
    const taken = new Set(inside);
    rest = rest.filter((run) => !taken.has(run));
  }
  return { tables, rest };
}

/** Groups of rules that touch each other and make at least two columns and two rows. */
function gridsOf(rules: readonly Rule[]): Grid[] {
  const horizontals = rules.filter((rule) => rule.horizontal);
  const verticals = rules.filter((rule) => !rule.horizontal);
  if (horizontals.length < 2 || verticals.length === 0 || horizontals.length * verticals.length > MAX_PAIRS) return [];
  const group = new Map<Rule, Rule[]>(rules.map((rule) => [rule, [rule]]));
  for (const horizontal of horizontals) {
    for (const vertical of verticals) {
      const [mine, other] = [group.get(horizontal), group.get(vertical)];
      if (mine === undefined || other === undefined || mine === other || !meet(horizontal, vertical)) continue;
      mine.push(...other);
      for (const rule of other) group.set(rule, mine);
    }
  }
  return [...new Set(group.values())].flatMap((members) => gridOf(members) ?? []).sort((a, b) => (a.ys[0] ?? 0) - (b.ys[0] ?? 0));
}

const meet = (h: Rule, v: Rule): boolean =>
  v.at >= h.from - SLACK && v.at <= h.to + SLACK && h.at >= v.from - SLACK && h.at <= v.to + SLACK;

function gridOf(rules: Rule[]): Grid | undefined {
  const horizontals = rules.filter((rule) => rule.horizontal);
  const verticals = rules.filter((rule) => !rule.horizontal);
  // A table may lack its outer lines: then the inner ones end where it ends.
  const xs = distinct([...verticals.map(({ at }) => at), ...ends(horizontals)]);
  const ys = distinct([...horizontals.map(({ at }) => at), ...ends(verticals)]);
  const [columns, rows] = [xs.length - 1, ys.length - 1];
  return columns < 2 || rows < 2 || columns * rows > MAX_CELLS ? undefined : { xs, ys, rules };
}

const ends = (rules: readonly Rule[]): number[] =>
  rules.length === 0 ? [] : [Math.min(...rules.map(({ from }) => from)), Math.max(...rules.map(({ to }) => to))];

function distinct(values: number[]): number[] {
  const kept: number[] = [];
  for (const value of values.sort((a, b) => a - b)) {
    const last = kept.at(-1);
    if (last === undefined || value - last > MIN_CELL) kept.push(value);
  }
  return kept;
}

function cellAt({ xs, ys }: Grid, run: Run): { row: number; column: number } | undefined {
  const column = intervalOf(xs, (run.x0 + run.x1) / 2);
  const row = intervalOf(ys, run.baseline - run.size * 0.3);
  return column === undefined || row === undefined ? undefined : { row, column };
}

function intervalOf(edges: readonly number[], at: number): number | undefined {
  const above = edges.findIndex((edge) => edge > at);
  return above <= 0 ? undefined : above - 1;
}

/** The cells' texts; undefined if the text stands in one row or one column. */
function tableOf(grid: Grid, runs: readonly Run[]): TableBlock | undefined {
  const origin = mergedCells(grid);
  const columns = grid.xs.length - 1;
  const cells = new Map<number, Run[]>();
  for (const run of runs) {
    const at = cellAt(grid, run);
    if (at === undefined) continue;
    const cell = origin(at.row * columns + at.column);
    cells.set(cell, [...(cells.get(cell) ?? []), run]);
  }
  const rows = grid.ys
    .slice(1)
    .map((_, row) => Array.from({ length: columns }, (_, column) => flowed(rowsOf(cells.get(row * columns + column) ?? []).map(joined))));
  const { rows: kept, rowIndexes } = withoutEmpty(rows);
  if (kept.length < 2 || (kept[0]?.length ?? 0) < 2) return undefined;
  const boldRow = (row: number): boolean => runs.filter((run) => cellAt(grid, run)?.row === row).every((run) => run.bold);
  return {
    ...{ kind: 'table', x0: grid.xs[0] ?? 0, x1: grid.xs.at(-1) ?? 0, y0: grid.ys[0] ?? 0, y1: grid.ys.at(-1) ?? 0 },
    ...{ rows: kept, headerRows: headerRowsOf(kept, rowIndexes.map(boldRow)), style: dominant(runs) },
  };
}

/** Cells without a rule between them are one: answers the first cell of each. */
function mergedCells({ xs, ys, rules }: Grid): (cell: number) => number {
  const columns = xs.length - 1;
  const parent = Array.from({ length: columns * (ys.length - 1) }, (_, cell) => cell);
  const origin = (cell: number): number => {
    let at = cell;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) at = up;
    return at;
  };
  const merge = (a: number, b: number): void => {
    const [x, y] = [origin(a), origin(b)];
    parent[Math.max(x, y)] = Math.min(x, y);
  };
  for (let row = 0; row < ys.length - 1; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const middleX = ((xs[column] ?? 0) + (xs[column + 1] ?? 0)) / 2;
      const middleY = ((ys[row] ?? 0) + (ys[row + 1] ?? 0)) / 2;
      const cell = row * columns + column;
      if (column + 1 < columns && !isDrawn(rules, false, xs[column + 1] ?? 0, middleY)) merge(cell, cell + 1);
      if (row + 2 < ys.length && !isDrawn(rules, true, ys[row + 1] ?? 0, middleX)) merge(cell, cell + columns);
    }
  }
  return origin;
}

const isDrawn = (rules: readonly Rule[], horizontal: boolean, at: number, through: number): boolean =>
  rules.some((rule) => rule.horizontal === horizontal && Math.abs(rule.at - at) <= MIN_CELL && rule.from <= through && rule.to >= through);
