import type { Box } from './model.ts';

/** A page as it is shown: its size, and how a point of the file's coordinates gets there (y down from the top left). */
export type PageGeometry = { width: number; height: number; toPage: (x: number, y: number) => [number, number] };

/** `rotation` counts quarter turns clockwise; `box` is left, top, right, bottom in the file's coordinates (y up). */
export function pageGeometry(box: { left: number; top: number; right: number; bottom: number }, rotation: number): PageGeometry {
  const width = Math.max(1, box.right - box.left);
  const height = Math.max(1, box.top - box.bottom);
  switch (rotation) {
    case 1:
      return { width: height, height: width, toPage: (x, y) => [y - box.bottom, x - box.left] };
    case 2:
      return { width, height, toPage: (x, y) => [box.right - x, y - box.bottom] };
    case 3:
      return { width: height, height: width, toPage: (x, y) => [box.top - y, box.right - x] };
    default:
      return { width, height, toPage: (x, y) => [x - box.left, box.top - y] };
  }
}

/** A box of the file's coordinates on the page as it is shown. */
export const onPage = ({ x0, y0, x1, y1 }: Box, { toPage }: PageGeometry): Box => boxOf([toPage(x0, y0), toPage(x1, y1)]);

/** Coordinates in which text of one direction reads from left to right; x right, y down. */
export type Frame = {
  /** Direction of writing in degrees, as the file has it. */
  angle: number;
  x: (x: number, y: number) => number;
  y: (x: number, y: number) => number;
  toPage: (box: Box) => Box;
};

export function frameOf(angle: number, geometry: PageGeometry): Frame {
  const radians = (angle * Math.PI) / 180;
  const exact = angle % 90 === 0;
  const cos = exact ? Math.round(Math.cos(radians)) : Math.cos(radians);
  const sin = exact ? Math.round(Math.sin(radians)) : Math.sin(radians);
  const corner = (u: number, v: number): [number, number] => geometry.toPage(u * cos + v * sin, u * sin - v * cos);
  return {
    angle,
    x: (x, y) => x * cos + y * sin,
    y: (x, y) => x * sin - y * cos,
    toPage: ({ x0, y0, x1, y1 }) => boxOf([corner(x0, y0), corner(x1, y0), corner(x0, y1), corner(x1, y1)]),
  };
}

/** Without lists of its own: each run of a page asks for one. */
function boxOf(points: readonly [number, number][]): Box {
  const box = { x0: Number.POSITIVE_INFINITY, y0: Number.POSITIVE_INFINITY, x1: Number.NEGATIVE_INFINITY, y1: Number.NEGATIVE_INFINITY };
  for (const [x, y] of points) {
    if (x < box.x0) box.x0 = x;
    if (x > box.x1) box.x1 = x;
    if (y < box.y0) box.y0 = y;
    if (y > box.y1) box.y1 = y;
  }
  return box;
}
