import { type Annotations, flatten, type PageHooks, readAnnotations } from './annotations.ts';
import type { PdfDocument } from './document.ts';
import { type Frame, frameOf, type PageGeometry, pageGeometry } from './frame.ts';
import { readGraphics, rulesByFrame } from './graphics.ts';
import { regionsOf } from './layout.ts';
import type { PageLayout, Rule, Run } from './model.ts';
import type { Pdfium } from './pdfium.ts';
import { type FramedRuns, type PageText, readRuns } from './runs.ts';
import { settleVisibility } from './visibility.ts';

/** Reads one page (`index` from 0), hands on the files that are pinned to it, and frees what PDFium held of it; undefined if there is no such page. */
export function readPage({ pdfium, handle }: PdfDocument, index: number, hooks: PageHooks): PageLayout | undefined {
  const { call } = pdfium;
  let page = call.FPDF_LoadPage(handle, index);
  if (page === 0) return undefined;
  try {
    const geometry = geometryOf(pdfium, page);
    const { notes, drawn, values } = readAnnotations(pdfium, { document: handle, page }, geometry, hooks);
    if (drawn && flatten(pdfium, page)) {
      call.FPDF_ClosePage(page);
      page = call.FPDF_LoadPage(handle, index);
      if (page === 0) return undefined;
    }
    const graphics = readGraphics(pdfium, page);
    const rulesIn = rulesByFrame(graphics);
    const { directions, unmapped } = readText(pdfium, page, geometry, rulesIn);
    addFieldValues(directions, values, geometry);
    const pictured = settleVisibility(directions, graphics, geometry);
    return {
      ...labelOf(pdfium, handle, index),
      ...{ page: index + 1, width: geometry.width, height: geometry.height, notes, pictured, unmapped },
      regions: directions.flatMap((direction, index) => regionsOf(direction, index > 0, rulesIn, geometry)),
      characters: directions.reduce((sum, { characters }) => sum + characters, 0),
    };
  } finally {
    if (page !== 0) call.FPDF_ClosePage(page);
  }
}

function labelOf({ call, text16 }: Pdfium, document: number, index: number): Pick<PageLayout, 'label'> {
  const label = text16((buffer, size) => call.FPDF_GetPageLabel(document, index, buffer, size)).trim();
  return label === '' || label === String(index + 1) ? {} : { label };
}

/** Sets the values of form fields as text where the fields stand. */
function addFieldValues(directions: FramedRuns[], values: Annotations['values'], geometry: PageGeometry): void {
  if (values.length === 0) return;
  const frame = frameOf(0, geometry);
  const runs = values.map(({ text, box }, index): Run => {
    const [x0, x1, y0, y1] = [box.x0, box.x1, frame.y(0, box.y1), frame.y(0, box.y0)];
    const size = Math.min(10, (y1 - y0) * 0.8);
    const style = { size, bold: false, italic: false, mono: false, rightToLeft: false, spaceBefore: true, white: false };
    return { ...style, text: text.replace(/\s+/g, ' '), x0, x1, y0, y1, baseline: (y0 + y1 + size * 0.6) / 2, order: 1e9 + index };
  });
  const upright = directions.find((direction) => direction.frame.angle === 0);
  if (upright === undefined) directions.push({ frame, runs, characters: 0 });
  else upright.runs.push(...runs);
}

function readText(pdfium: Pdfium, page: number, geometry: PageGeometry, rulesIn: (frame: Frame) => Rule[]): PageText {
  const textPage = pdfium.call.FPDFText_LoadPage(page);
  if (textPage === 0) return { directions: [], unmapped: 0 };
  try {
    return readRuns(pdfium, textPage, geometry, rulesIn);
  } finally {
    pdfium.call.FPDFText_ClosePage(textPage);
  }
}

function geometryOf({ call, scratch, float }: Pdfium, page: number): PageGeometry {
  call.FPDF_GetPageBoundingBox(page, scratch);
  const [left, top, right, bottom] = [float(scratch), float(scratch + 4), float(scratch + 8), float(scratch + 12)];
  return pageGeometry({ left, top, right, bottom }, call.FPDFPage_GetRotation(page));
}
