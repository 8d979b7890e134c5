import type { Frame, PageGeometry } from './frame.ts';
import { rowsOf } from './lines.ts';
import { type Run, unionOf } from './model.ts';

/** Part of the page's height in which a running header or footer stands. */
const ZONE = 0.1;
/** It stands off the text by more than this many font sizes, and is at most this many lines high. */
const GAP = 1;
const MAX_ROWS = 3;
/** Pages with fewer lines have no columns to keep apart from it. */
const MIN_ROWS = 8;

type Bands = { header: Run[]; body: Run[]; footer: Run[] };

/** A page's text without what stands alone in its margins, which would be read as a part of the first or last column. */
export function withoutMargins(runs: readonly Run[], frame: Frame, { height }: PageGeometry): Bands {
  const rows = rowsOf(runs);
  if (rows.length < MIN_ROWS || frame.angle !== 0) return { header: [], body: [...runs], footer: [] };
  const boxes = rows.map((row) => ({
    box: unionOf(row),
    shown: frame.toPage(unionOf(row)),
    size: Math.max(...row.map((run) => run.size)),
  }));
  const gapAfter = (index: number): number => {
    const [above, below] = [boxes[index], boxes[index + 1]];
    if (above === undefined || below === undefined) return 0;
    return (below.box.y0 - above.box.y1) / Math.max(above.size, below.size);
  };
  const last = rows.length - 1;
  const counts = Array.from({ length: MAX_ROWS }, (_, i) => i + 1);
  const top = counts.find((n) => (boxes[n - 1]?.shown.y1 ?? height) < height * ZONE && gapAfter(n - 1) > GAP) ?? 0;
  const bottom = counts.find((n) => (boxes[last - n + 1]?.shown.y0 ?? 0) > height * (1 - ZONE) && gapAfter(last - n) > GAP) ?? 0;
  return {
    header: rows.slice(0, top).flat(),
    body: rows.slice(top, rows.length - bottom).flat(),
    footer: rows.slice(rows.length - bottom).flat(),
  };
}
