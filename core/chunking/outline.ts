import type { Element } from '#schemas/records/extracted.ts';
import type { PlacedElement } from '../document-text.ts';
import { STRENGTH, type Strength } from './atoms.ts';

/** Longest heading of a path; what is longer is a paragraph that was set like a heading. */
const MAX_HEADING = 200;

/** What an element inherits from what stands before it. */
export type Outlined = {
  /** Headings that it stands under; a heading itself is the last of its own. */
  path: string[];
  /** Page, slide or sheet, from 1. */
  page: number | undefined;
  /** Of the border before it. */
  strength: Strength;
};

/** The place of each element in the document's structure, in order. Linear in elements times heading levels. */
export function outline(placed: readonly PlacedElement[]): Outlined[] {
  const headings: { level: number; text: string }[] = [];
  const sheets = new Map<string, number>();
  let path: string[] = [];
  return placed.map(({ element }, i) => {
    if (element.kind === 'heading') {
      while ((headings.at(-1)?.level ?? 0) >= element.level) headings.pop();
      headings.push({ level: element.level, text: shortened(element.text) });
      path = headings.map(({ text }) => text);
    }
    if (element.sheet !== undefined && !sheets.has(element.sheet)) sheets.set(element.sheet, sheets.size + 1);
    const page = element.page ?? element.slide ?? (element.sheet === undefined ? undefined : sheets.get(element.sheet));
    return { path, page, strength: strengthBefore(element, placed[i - 1]?.element) };
  });
}

const shortened = (heading: string): string => {
  const line = heading.replace(/\s+/g, ' ').trim();
  return line.length > MAX_HEADING ? `${line.slice(0, MAX_HEADING)}…` : line;
};

function strengthBefore(element: Element, before: Element | undefined): Strength {
  if (before === undefined) return STRENGTH.section;
  if (element.slide !== before.slide || element.sheet !== before.sheet) return STRENGTH.section;
  if (element.kind === 'summary' || before.kind === 'summary') return STRENGTH.section;
  if (before.kind === 'heading') return STRENGTH.glue;
  if (element.kind === 'heading') return STRENGTH.section;
  if (element.kind === 'list-item') return element.level > 1 ? STRENGTH.sentence : STRENGTH.line;
  if (element.kind === 'caption' || before.kind === 'caption') return STRENGTH.line;
  if (element.kind === 'segment' && before.kind === 'segment' && element.speaker === before.speaker) return STRENGTH.line;
  return STRENGTH.block;
}
