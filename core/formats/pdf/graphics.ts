import type { Frame } from './frame.ts';
import { type Box, overlap, type Rule } from './model.ts';
import type { Pdfium } from './pdfium.ts';

type Segment = readonly [x0: number, y0: number, x1: number, y1: number];
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** What a page draws besides text, in the file's coordinates (y up). */
export type Graphics = {
  segments: Segment[];
  images: Box[];
  /** Areas that are not white: filled, shaded or pictured. */
  tinted: Box[];
};

const FORM = 5;
const PATH = 2;
const IMAGE = 3;
const SHADING = 4;
const LINE_TO = 0;
const MOVE_TO = 2;

/** A drawing with more than this is no table, and would cost more than its page. */
const MAX_OBJECTS = 20_000;
const MAX_SEGMENTS = 4_000;
const MAX_PATH_SEGMENTS = 500;
const MAX_NESTING = 8;
/** A filled box thinner than this is a line. */
const THIN = 3;
/** A filled box smaller than this is an ornament, no cell. */
const SMALL = 8;

/** The straight lines, boxes and pictures of a page. */
export function readGraphics(pdfium: Pdfium, page: number): Graphics {
  const { call } = pdfium;
  const graphics: Graphics = { segments: [], images: [], tinted: [] };
  let budget = MAX_OBJECTS;
  const visit = (object: number, parent: Matrix | undefined, depth: number): void => {
    budget -= 1;
    const type = call.FPDFPageObj_GetType(object);
    if (type === PATH) readPath(pdfium, object, parent, graphics);
    else if (type === SHADING) graphics.tinted.push(boundsOf(pdfium, object, parent));
    else if (type === IMAGE) {
      const box = boundsOf(pdfium, object, parent);
      graphics.images.push(box);
      graphics.tinted.push(box);
    } else if (type === FORM && depth < MAX_NESTING) {
      const matrix = multiply(matrixOf(pdfium, object), parent);
      const count = call.FPDFFormObj_CountObjects(object);
      for (let i = 0; i < count && budget > 0; i += 1) visit(call.FPDFFormObj_GetObject(object, i), matrix, depth + 1);
    }
  };
  const count = call.FPDFPage_CountObjects(page);
  for (let i = 0; i < count && budget > 0; i += 1) visit(call.FPDFPage_GetObject(page, i), undefined, 0);
  if (graphics.segments.length > MAX_SEGMENTS) graphics.segments.length = 0;
  return graphics;
}

function readPath(pdfium: Pdfium, path: number, parent: Matrix | undefined, { segments: out, tinted }: Graphics): void {
  const { call, scratch, uint32 } = pdfium;
  if (call.FPDFPath_GetDrawMode(path, scratch, scratch + 4) === 0) return;
  const filled = uint32(scratch) !== 0;
  const stroked = uint32(scratch + 4) !== 0;
  if (!filled && !stroked) return;
  const { x0, y0, x1, y1 } = boundsOf(pdfium, path, parent);
  const [width, height] = [x1 - x0, y1 - y0];
  if (filled && width > THIN && height > THIN && !isWhite(pdfium, path)) tinted.push({ x0, y0, x1, y1 });
  if (out.length > MAX_SEGMENTS || (width <= THIN && height <= THIN)) return;
  if (height <= THIN) out.push([x0, (y0 + y1) / 2, x1, (y0 + y1) / 2]);
  else if (width <= THIN) out.push([(x0 + x1) / 2, y0, (x0 + x1) / 2, y1]);
  else if (stroked) readStrokes(pdfium, path, parent, out);
  else if (width > SMALL && height > SMALL && call.FPDFPath_CountSegments(path) <= 5)
    out.push([x0, y0, x1, y0], [x0, y1, x1, y1], [x0, y0, x0, y1], [x1, y0, x1, y1]);
}

/** Lightest colour, of 255 per part, that is no longer told from white paper. */
export const WHITE = 243;

/** A pattern has no one colour, and is not white. */
function isWhite({ call, scratch, uint32 }: Pdfium, path: number): boolean {
  if (call.FPDFPageObj_GetFillColor(path, scratch, scratch + 4, scratch + 8, scratch + 12) === 0) return false;
  return uint32(scratch + 12) === 0 || [0, 4, 8].every((offset) => uint32(scratch + offset) >= WHITE);
}

function readStrokes(pdfium: Pdfium, path: number, parent: Matrix | undefined, out: Segment[]): void {
  const { call, scratch, float } = pdfium;
  const count = call.FPDFPath_CountSegments(path);
  if (count > MAX_PATH_SEGMENTS) return;
  const matrix = multiply(matrixOf(pdfium, path), parent);
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (let i = 0; i < count; i += 1) {
    const segment = call.FPDFPath_GetPathSegment(path, i);
    call.FPDFPathSegment_GetPoint(segment, scratch, scratch + 4);
    const [nextX, nextY] = apply(matrix, float(scratch), float(scratch + 4));
    const type = call.FPDFPathSegment_GetType(segment);
    if (type === MOVE_TO) [startX, startY] = [nextX, nextY];
    if (type === LINE_TO) out.push([x, y, nextX, nextY]);
    if (call.FPDFPathSegment_GetClose(segment) === 1) out.push([nextX, nextY, startX, startY]);
    [x, y] = [nextX, nextY];
  }
}

function boundsOf({ call, scratch, float }: Pdfium, object: number, parent: Matrix | undefined): Box {
  if (call.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12) === 0) return { x0: 0, y0: 0, x1: 0, y1: 0 };
  const [ax, ay] = apply(parent, float(scratch), float(scratch + 4));
  const [bx, by] = apply(parent, float(scratch + 8), float(scratch + 12));
  return { x0: Math.min(ax, bx), y0: Math.min(ay, by), x1: Math.max(ax, bx), y1: Math.max(ay, by) };
}

function matrixOf({ call, scratch, float }: Pdfium, object: number): Matrix {
  if (call.FPDFPageObj_GetMatrix(object, scratch) === 0) return [1, 0, 0, 1, 0, 0];
  return [float(scratch), float(scratch + 4), float(scratch + 8), float(scratch + 12), float(scratch + 16), float(scratch + 20)];
}

const apply = (m: Matrix | undefined, x: number, y: number): [number, number] =>
  m === undefined ? [x, y] : [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];

function multiply(m: Matrix, n: Matrix | undefined): Matrix {
  if (n === undefined) return m;
  const [a, b] = [m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3]];
  const [c, d] = [m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3]];
  return [a, b, c, d, m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5]];
}

/** Rules by the frame that they are asked for in: text is read by them, and tables are found by them. */
export function rulesByFrame({ segments }: Pick<Graphics, 'segments'>): (frame: Frame) => Rule[] {
  const known = new Map<Frame, Rule[]>();
  return (frame) => {
    const rules = known.get(frame) ?? rulesOf(segments, frame);
    known.set(frame, rules);
    return rules;
  };
}

/** The segments that run along or across a frame's lines, those on one line united where they touch. */
function rulesOf(segments: readonly Segment[], frame: Frame): Rule[] {
  const rules: Rule[] = [];
  for (const [ax, ay, bx, by] of segments) {
    const [u0, v0, u1, v1] = [frame.x(ax, ay), frame.y(ax, ay), frame.x(bx, by), frame.y(bx, by)];
    const [width, height] = [Math.abs(u1 - u0), Math.abs(v1 - v0)];
    if (width >= 4 && height < 1) rules.push({ horizontal: true, at: (v0 + v1) / 2, from: Math.min(u0, u1), to: Math.max(u0, u1) });
    else if (height >= 4 && width < 1) rules.push({ horizontal: false, at: (u0 + u1) / 2, from: Math.min(v0, v1), to: Math.max(v0, v1) });
  }
  return united(rules);
}

/** Rules this close are drawn as one. */
const SLACK = 2;

function united(rules: Rule[]): Rule[] {
  rules.sort((a, b) => Number(a.horizontal) - Number(b.horizontal) || a.at - b.at || a.from - b.from);
  const kept: Rule[] = [];
  let first = 0;
  for (const rule of rules) {
    while (first < kept.length && !isNear(kept[first], rule)) first += 1;
    const same = kept.slice(first).find((other) => isNear(other, rule) && overlap(other.from, other.to, rule.from, rule.to) >= -SLACK);
    if (same === undefined) kept.push({ ...rule });
    else {
      same.from = Math.min(same.from, rule.from);
      same.to = Math.max(same.to, rule.to);
    }
  }
  return kept;
}

const isNear = (a: Rule | undefined, b: Rule): boolean =>
  a !== undefined && a.horizontal === b.horizontal && Math.abs(a.at - b.at) <= SLACK;
