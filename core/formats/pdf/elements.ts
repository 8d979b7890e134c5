import type { Element, TextElement } from '#schemas/records/extracted.ts';
import { boilerplateOf } from './boilerplate.ts';
import { type Body, bodyOf, codeText, headingLevels, headingSize, isCaption, isFootnote } from './classify.ts';
import { jointOf } from './lines.ts';
import type { Box, PageLayout, Region } from './model.ts';
import { type OutlineEntry, outlineLevels } from './outline.ts';
import { listMarker, type Paragraph, type Part, paragraphBox, paragraphText, partsOf } from './paragraphs.ts';

type Placed = { part: Part; page: PageLayout; region: Region };
type ParagraphElement = Extract<Element, { kind: 'paragraph' }>;
/** A paragraph that the next column or page may continue. */
type Flowing = { paragraph: Paragraph; element: ParagraphElement };

/** A longer text is no paragraph: a list without full stops, or a whole book of them. */
const MAX_FLOW = 10_000;

/** The elements of all pages in reading order; paragraphs that the end of a page or column splits are whole again. */
export function elementsOf(pages: readonly PageLayout[], outline: readonly OutlineEntry[] = []): Element[] {
  const body = bodyOf(pages);
  const boilerplate = boilerplateOf(pages, body.size);
  const placed = pages.map((page) =>
    page.regions.flatMap((region) => partsOf(region, boilerplate).map((part): Placed => ({ part, page, region }))),
  );
  const levelOf = headingLevels(placed.flat().flatMap(({ part }) => (isFlowText(part) ? (headingSize(part, body) ?? []) : [])));
  const elements: Element[] = [];
  const outlined = levelsInOutline(outline);
  let flowing: Flowing | undefined;
  for (const [index, parts] of placed.entries()) {
    const listIndents: number[] = [];
    for (const { part, page, region } of parts) {
      if (part.kind === 'table') {
        elements.push({ kind: 'table', rows: part.rows, headerRows: part.headerRows, ...provenance(page, region.toPage(part)) });
        flowing = undefined;
        continue;
      }
      const element = outlined(elementOf(part, page, body, levelOf, listIndents));
      if (
        flowing !== undefined &&
        element.kind === 'paragraph' &&
        flowing.element.text.length < MAX_FLOW &&
        goesOn(flowing.paragraph, part)
      ) {
        flowing.element.text += jointOf(flowing.element.text, element.text) + element.text;
        flowing.paragraph = part;
        continue;
      }
      elements.push(element);
      if (part.boilerplate !== undefined || element.kind === 'footnote' || element.hidden !== undefined) continue;
      flowing = element.kind === 'paragraph' ? { paragraph: part, element } : undefined;
    }
    const page = pages[index];
    for (const note of page?.notes ?? [])
      if (page !== undefined) elements.push({ kind: 'note', text: note.text, ...provenance(page, note.box) });
  }
  return elements;
}

/** What the outline names and looks like running text is a heading, too; its level follows from those that both tell of. */
function levelsInOutline(outline: readonly OutlineEntry[]): (element: TextElement) => TextElement {
  const depthOf = outlineLevels(outline);
  let offset = 0;
  return (element) => {
    const { kind, text, page } = element;
    if (!(kind === 'heading' || kind === 'paragraph' || kind === 'list-item') || element.boilerplate || element.hidden || !page)
      return element;
    const whole = kind === 'list-item' && element.marker !== undefined ? `${element.marker} ${text}` : text;
    const depth = depthOf(whole, page);
    if (depth === undefined) return element;
    if (kind === 'heading') offset = element.level - depth;
    else return { kind: 'heading', level: Math.min(6, Math.max(1, depth + offset)), text: whole, ...placeOf(element) };
    return element;
  };
}

const placeOf = ({ page, pageLabel, box }: TextElement) => ({
  ...(page !== undefined && { page }),
  ...(pageLabel !== undefined && { pageLabel }),
  ...(box !== undefined && { box }),
});

const isFlowText = (part: Part): part is Paragraph =>
  part.kind === 'lines' && part.boilerplate === undefined && part.lines[0]?.hidden === undefined;

function elementOf(part: Paragraph, page: PageLayout, body: Body, levelOf: (size: number) => number, listIndents: number[]): TextElement {
  const text = paragraphText(part);
  const first = part.lines[0];
  const hidden = first?.hidden;
  const where = {
    ...provenance(page, paragraphBox(part)),
    ...(part.boilerplate === undefined ? {} : { boilerplate: part.boilerplate }),
    ...(hidden === undefined ? {} : { hidden }),
  };
  if (!isFlowText(part) || first === undefined) return { kind: 'paragraph', text, ...where };
  const size = headingSize(part, body);
  if (size !== undefined) return { kind: 'heading', level: levelOf(size), text, ...where };
  if (first.mono && !body.mono && part.lines.every((line) => line.mono)) return { kind: 'code', text: codeText(part.lines), ...where };
  if (isCaption(text)) return { kind: 'caption', text, ...where };
  if (isFootnote(part, body, page)) return { kind: 'footnote', text, ...where };
  const item = listMarker(text);
  if (item === undefined) return { kind: 'paragraph', text, ...where };
  const level = listLevel(listIndents, first.x0, first.size);
  return { kind: 'list-item', level, ...(item.counts ? { marker: item.marker } : {}), text: item.rest, ...where };
}

/** Nesting depth by indentation, among the items of a page. */
function listLevel(indents: number[], x: number, size: number): number {
  while ((indents.at(-1) ?? Number.NEGATIVE_INFINITY) > x + size * 0.5) indents.pop();
  if ((indents.at(-1) ?? Number.NEGATIVE_INFINITY) < x - size * 0.5) indents.push(x);
  return Math.max(1, indents.length);
}

const UNFINISHED = /[\p{L}\p{N},;-]$/u;

/** Whether a paragraph at the start of a column or page continues the one before it. */
function goesOn(before: Paragraph, next: Paragraph): boolean {
  const [last, first] = [before.lines.at(-1), next.lines[0]];
  if (last === undefined || first === undefined || before.region === next.region || next.boilerplate !== undefined) return false;
  if (first.hidden !== undefined || Math.abs(last.size - first.size) > 0.5 || last.bold !== first.bold) return false;
  return UNFINISHED.test(last.text.slice(-2)) && /^\p{Ll}/u.test(first.text);
}

type Place = { page: number; pageLabel?: string; box: [number, number, number, number] };

function provenance({ page, label }: PageLayout, { x0, y0, x1, y1 }: Box): Place {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return { page, ...(label !== undefined && { pageLabel: label }), box: [tenth(x0), tenth(y0), tenth(x1 - x0), tenth(y1 - y0)] };
}
