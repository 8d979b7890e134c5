import type { Element, Extracted } from '#schemas/records/extracted.ts';
import type { Area, RecognisedField, RecognisedLine, RecognisedPage } from '../ports/ocr.ts';

type Size = { width: number; height: number };

/** Below this mean a page's text is doubtful. */
const DOUBTFUL = 0.6;

const center = ([x, y, width, height]: Area): { x: number; y: number } => ({ x: x + width / 2, y: y + height / 2 });

function isIn(inner: Area, outer: Area): boolean {
  const { x, y } = center(inner);
  return x >= outer[0] && x <= outer[0] + outer[2] && y >= outer[1] && y <= outer[1] + outer[3];
}

function around(areas: readonly Area[]): Area {
  const x0 = Math.min(...areas.map(([x]) => x));
  const y0 = Math.min(...areas.map(([, y]) => y));
  const x1 = Math.max(...areas.map(([x, , width]) => x + width));
  const y1 = Math.max(...areas.map(([, y, , height]) => y + height));
  return [x0, y0, x1 - x0, y1 - y0];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** Where something stands, in points of the upright page, and how sure the recogniser was of it. */
function provenance({ page, turned = 0 }: RecognisedPage, size: Size, area: Area, confidence: number) {
  const [width, height] = turned % 2 === 0 ? [size.width, size.height] : [size.height, size.width];
  const box: [number, number, number, number] = [area[0] * width, area[1] * height, area[2] * width, area[3] * height];
  const [x, y, w, h] = box.map((value) => rounded(value, 1));
  const place = [x ?? 0, y ?? 0, w ?? 0, h ?? 0] as [number, number, number, number];
  return { page, box: place, confidence: rounded(confidence, 3), origin: 'ocr' as const };
}

type Piece = { at: number; element: Element };

/**
 * A recognised page as elements in reading order: lines joined to paragraphs, tables, and the fields of a form as a table
 * of names and values. What stands in a table or a field is not said twice.
 */
export function pageElements(page: RecognisedPage, size: Size): Element[] {
  const taken = [...page.tables.map(({ area }) => area), ...page.fields.map(({ area }) => area)];
  const free = page.lines.filter((line) => !taken.some((area) => isIn(line.area, area)));
  const order = (area: Area): number => {
    const first = page.lines.findIndex((line) => isIn(line.area, area));
    return first === -1 ? page.lines.findLastIndex((line) => line.area[1] < area[1]) + 0.5 : first;
  };
  const tables = page.tables.map(({ rows, headerRows, confidence, area }): Piece => {
    return { at: order(area), element: { kind: 'table', rows, headerRows, ...provenance(page, size, area, confidence) } };
  });
  const pieces = [...textPieces(page, free, size), ...tables, ...formPieces(page, size, order)];
  return pieces.sort((a, b) => a.at - b.at).map(({ element }) => element);
}

function formPieces(page: RecognisedPage, size: Size, order: (area: Area) => number): Piece[] {
  const isInTable = ({ area }: RecognisedField): boolean => page.tables.some((table) => isIn(area, table.area));
  const fields = page.fields.filter((field) => !isInTable(field));
  if (fields.length === 0) return [];
  const area = around(fields.map((field) => field.area));
  const rows = fields.map(({ name, value }) => [name, value]);
  const at = Math.min(...fields.map((field) => order(field.area)));
  const confidence = mean(fields.map((field) => field.confidence));
  return [{ at, element: { kind: 'table', rows, headerRows: 0, ...provenance(page, size, area, confidence) } }];
}

function textPieces(page: RecognisedPage, lines: readonly RecognisedLine[], size: Size): Piece[] {
  const groups: RecognisedLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && belongs(last, line)) group.push(line);
    else groups.push([line]);
  }
  return groups.flatMap((group): Piece[] => {
    const [first] = group;
    if (!first) return [];
    const text = group.map((line) => line.text).join('\n');
    const sure = group.map(({ confidence }) => confidence);
    const where = {
      ...provenance(page, size, around(group.map(({ area }) => area)), mean(sure)),
      ...(group.length > 1 && { lineConfidence: sure.map((one) => rounded(one, 3)) }),
    };
    return [{ at: page.lines.indexOf(first), element: elementOf(first.role, text, where) }];
  });
}

type Where = ReturnType<typeof provenance> & Pick<Element, 'lineConfidence'>;

function elementOf(role: RecognisedLine['role'], text: string, where: Where): Element {
  if (role === 'title' || role === 'heading') return { kind: 'heading', level: role === 'title' ? 1 : 2, text, ...where };
  if (role === 'list-item') return { kind: 'list-item', level: 1, text, ...where };
  if (role === 'caption') return { kind: 'caption', text, ...where };
  if (role === 'header' || role === 'footer' || role === 'page-number') return { kind: 'paragraph', text, boilerplate: role, ...where };
  return { kind: 'paragraph', text, ...where };
}

/** Whether a line goes on the paragraph of the one before: the same block, or right below it, as high and as far left. */
function belongs(last: RecognisedLine, line: RecognisedLine): boolean {
  if (line.role !== last.role) return false;
  if (line.block !== undefined || last.block !== undefined) return line.block === last.block;
  const [x, y, , height] = line.area;
  const [lastX, lastY, lastWidth, lastHeight] = last.area;
  const gap = y - (lastY + lastHeight);
  const isNear = gap > -0.5 * lastHeight && gap < 0.8 * Math.max(height, lastHeight);
  const isAlike = Math.max(height, lastHeight) < 1.5 * Math.min(height, lastHeight);
  return isNear && isAlike && Math.abs(x - lastX) < Math.max(0.04, 0.2 * lastWidth);
}

/**
 * A document with what was recognised on its scanned pages, each in its place; a page with no text still says so. What a file
 * gives for the text of a broken page makes room for what was seen there.
 */
export function withPages(extracted: Extracted, recognised: readonly RecognisedPage[]): Extracted {
  const { scans = [], ...rest } = extracted;
  const sizes = new Map(scans.map(({ page, width, height }) => [page, { width, height }]));
  const pages = recognised.filter(({ page }) => sizes.has(page));
  const read = new Map(pages.map((page) => [page.page, pageElements(page, sizes.get(page.page) ?? { width: 1, height: 1 })]));
  const replaced = new Set(scans.filter(({ page, broken }) => broken && (read.get(page)?.length ?? 0) > 0).map(({ page }) => page));
  const elements = rest.elements.filter(({ page }) => page === undefined || !replaced.has(page));
  for (const [page, found] of [...read].sort(([a], [b]) => a - b)) {
    const after = elements.findIndex((element) => (element.page ?? 0) > page);
    elements.splice(after === -1 ? elements.length : after, 0, ...found);
  }
  const hasText = (page: number | undefined): boolean => page !== undefined && (read.get(page)?.length ?? 0) > 0;
  const mended = ['page-without-text', 'unmapped-text'];
  const warnings = rest.warnings.filter(({ code, page }) => !mended.includes(code) || !hasText(page));
  const doubtful = pages.filter(({ lines }) => lines.length > 0 && mean(lines.map(({ confidence }) => confidence)) < DOUBTFUL);
  const told = doubtful.map(({ page }) => ({ code: 'doubtful-text', message: 'the recogniser was not sure of this page', page }));
  return { ...rest, elements, warnings: [...warnings, ...told] };
}
