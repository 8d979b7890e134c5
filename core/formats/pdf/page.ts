import { flatten, readAnnotations } from './annotations.ts';
import type { PdfDocument } from './document.ts';
import { type PageGeometry, pageGeometry } from './frame.ts';
import { type Graphics, readGraphics, rulesOf } from './graphics.ts';
import { regionsOf } from './layout.ts';
import type { PageLayout } from './model.ts';
import type { Pdfium } from './pdfium.ts';
import { type FramedRuns, readRuns } from './runs.ts';
import { settleVisibility } from './visibility.ts';

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
    const pictured = settleVisibility(directions, graphics, geometry);
    return {
      ...{ page: index + 1, width: geometry.width, height: geometry.height, notes, pictured },
      regions: directions.flatMap(({ frame, runs }) => regionsOf(frame, runs, graphics, geometry)),
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
