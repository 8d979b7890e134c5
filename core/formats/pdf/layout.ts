import { flatten, readAnnotations } from './annotations.ts';
import { type Piece, readingOrder } from './columns.ts';
import type { PdfDocument } from './document.ts';
import { type Frame, type PageGeometry, pageGeometry } from './frame.ts';
import { type Graphics, readGraphics, rulesOf } from './graphics.ts';
import { lineOf, rowsOf } from './lines.ts';
import { type Block, type PageLayout, type Region, type Run, unionOf } from './model.ts';
import type { Pdfium } from './pdfium.ts';
import { type FramedRuns, readRuns } from './runs.ts';
import { alignedTables } from './tables/aligned.ts';
import { ruledTables } from './tables/ruled.ts';

/** A picture that covers this part of its page makes the invisible text over it the picture's own. */
const SCANNED = 0.5;
/** More runs than this are a drawing with labels: no columns or tables are looked for. */
const MAX_RUNS = 6_000;

/** Reads one page (`index` from 0) and frees what PDFium held of it; undefined if there is no such page. */
export function readPage({ pdfium, handle }: PdfDocument, index: number): PageLayout | undefined {
  const { call } = pdfium;
  let page = call.FPDF_LoadPage(handle, index);
  if (page === 0) return undefined;
  try {
    const geometry = geometryOf(pdfium, page);
    const { notes, drawn } = readAnnotations(pdfium, page, geometry);
    if (drawn && flatten(pdfium, page)) {
      call.FPDF_ClosePage(page);
      page = call.FPDF_LoadPage(handle, index);
      if (page === 0) return undefined;
    }
    const graphics = readGraphics(pdfium, page);
    const directions = readText(pdfium, page, geometry, graphics);
    const pictured = Math.max(0, ...graphics.images.map((image) => coverage(image, geometry)));
    if (pictured >= SCANNED) revealRecognised(directions);
    return {
      ...{ page: index + 1, width: geometry.width, height: geometry.height, notes, pictured },
      regions: directions.flatMap(({ frame, runs }) => regionsOf(frame, runs, graphics)),
      characters: directions.reduce((sum, { characters }) => sum + characters, 0),
    };
  } finally {
    if (page !== 0) call.FPDF_ClosePage(page);
  }
}

function readText(pdfium: Pdfium, page: number, geometry: PageGeometry, graphics: Graphics): FramedRuns[] {
  const textPage = pdfium.call.FPDFText_LoadPage(page);
  if (textPage === 0) return [];
  try {
    return readRuns(pdfium, textPage, geometry, (frame) => rulesOf(graphics.segments, frame));
  } finally {
    pdfium.call.FPDFText_ClosePage(textPage);
  }
}

function geometryOf({ call, scratch, float }: Pdfium, page: number): PageGeometry {
  call.FPDF_GetPageBoundingBox(page, scratch);
  const [left, top, right, bottom] = [float(scratch), float(scratch + 4), float(scratch + 8), float(scratch + 12)];
  return pageGeometry({ left, top, right, bottom }, call.FPDFPage_GetRotation(page));
}

const coverage = (image: { x0: number; y0: number; x1: number; y1: number }, { width, height }: PageGeometry): number =>
  ((image.x1 - image.x0) * (image.y1 - image.y0)) / (width * height);

/** Text recognition lays its text invisibly over the scan: that text is what a person reads there. */
function revealRecognised(directions: readonly FramedRuns[]): void {
  const runs = directions.flatMap((direction) => direction.runs);
  const length = (some: readonly Run[]): number => some.reduce((sum, run) => sum + run.text.length, 0);
  const invisible = runs.filter((run) => run.hidden === 'invisible');
  if (length(invisible) * 2 < length(runs)) return;
  for (const run of invisible) delete run.hidden;
}

function regionsOf(frame: Frame, runs: readonly Run[], graphics: Graphics): Region[] {
  const visible = runs.filter((run) => run.hidden === undefined);
  const hidden = runs.filter((run) => run.hidden !== undefined);
  const regions = visible.length > MAX_RUNS ? [regionOf(frame, linesOf(visible))] : laidOut(frame, visible, graphics);
  if (hidden.length > 0) regions.push(regionOf(frame, linesOf(hidden)));
  return regions;
}

function laidOut(frame: Frame, runs: readonly Run[], graphics: Graphics): Region[] {
  const { tables, rest } = ruledTables(rulesOf(graphics.segments, frame), runs);
  const pieces: Piece[] = [...rest.map((run) => ({ box: run, run })), ...tables.map((table) => ({ box: table }))];
  return readingOrder(pieces, medianSize(runs)).map((part) => {
    const own = part.flatMap(({ run }) => (run === undefined ? [] : [run]));
    const ruled = tables.filter((table) => part.some(({ box }) => box === table));
    return regionOf(
      frame,
      [...ruled, ...blocksOf(own)].sort((a, b) => a.y0 - b.y0),
    );
  });
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
    } else if (row !== undefined) blocks.push(lineBlock(row));
  }
  return blocks;
}

const linesOf = (runs: readonly Run[]): Block[] => rowsOf(runs).map(lineBlock);

function lineBlock(runs: readonly Run[]): Block {
  const line = lineOf(runs);
  const { x0, y0, x1, y1 } = line;
  return { kind: 'line', line, x0, y0, x1, y1 };
}

const regionOf = (frame: Frame, blocks: Block[]): Region => ({ ...unionOf(blocks), blocks, toPage: frame.toPage });

const medianSize = (runs: readonly Run[]): number => {
  const sizes = runs.map((run) => run.size).sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)] ?? 10;
};
