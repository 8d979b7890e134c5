import { onPage, type PageGeometry } from './frame.ts';
import type { Graphics } from './graphics.ts';
import type { Box, Run } from './model.ts';
import type { FramedRuns } from './runs.ts';

/** A picture that covers this part of its page makes the invisible text over it the picture's own. */
const SCANNED = 0.5;

/** Settles which text a person sees; answers the part of the page that its largest picture covers. */
export function settleVisibility(directions: readonly FramedRuns[], graphics: Graphics, geometry: PageGeometry): number {
  const page = geometry.width * geometry.height;
  const pictured = Math.max(0, ...graphics.images.map(({ x0, y0, x1, y1 }) => ((x1 - x0) * (y1 - y0)) / page));
  if (pictured >= SCANNED) revealRecognised(directions);
  hideWhite(directions, graphics, geometry);
  return pictured;
}

/** Text recognition lays its text invisibly over the scan: that text is what a person reads there. */
function revealRecognised(directions: readonly FramedRuns[]): void {
  const runs = directions.flatMap((direction) => direction.runs);
  const length = (some: readonly Run[]): number => some.reduce((sum, run) => sum + run.text.length, 0);
  const invisible = runs.filter((run) => run.hidden === 'invisible');
  if (length(invisible) * 2 < length(runs)) return;
  for (const run of invisible) delete run.hidden;
}

/** White text is visible where something darker lies under it. */
function hideWhite(directions: readonly FramedRuns[], { tinted }: Graphics, geometry: PageGeometry): void {
  let grounds: Box[] | undefined;
  for (const { frame, runs } of directions) {
    for (const run of runs) {
      if (!run.white || run.hidden !== undefined) continue;
      grounds ??= tinted.map((box) => onPage(box, geometry));
      const { x0, y0, x1, y1 } = frame.toPage(run);
      const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
      if (!grounds.some((ground) => ground.x0 <= x && ground.x1 >= x && ground.y0 <= y && ground.y1 >= y)) run.hidden = 'white-on-white';
    }
  }
}
