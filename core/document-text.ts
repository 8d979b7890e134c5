import type { Element, TableElement } from '#schemas/records/extracted.ts';
import { JoinedText } from './joined-text.ts';

/** One cell per ` | `, one row per line. */
export const tableText = (table: Pick<TableElement, 'rows'>): string =>
  table.rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ').trim()).join(' | ')).join('\n');

/** A list item's number is a part of what was written (`see clause 2.1`); a bullet says nothing. */
const marked = (marker: string | undefined, text: string): string =>
  marker !== undefined && /[\p{L}\p{N}]/u.test(marker) ? `${marker} ${text}` : text;

export function elementText(element: Element): string {
  if (element.kind === 'table') return tableText(element);
  return element.kind === 'list-item' ? marked(element.marker, element.text) : element.text;
}

/** Whether a reader of the document would call this a part of its content. */
export const isContent = (element: Element): boolean => element.hidden === undefined && element.boilerplate === undefined;

/** A content element and where its text stands in the document's text (UTF-16 offsets, end exclusive). */
export type PlacedElement = { element: Element; start: number; end: number };
export type DocumentText = { text: string; placed: PlacedElement[] };

/** The text of `documentText`, to be read a stretch at a time. */
export const visibleText = (elements: readonly Element[]): JoinedText =>
  new JoinedText(
    elements.flatMap((element) => (isContent(element) ? elementText(element) || [] : [])),
    '\n\n',
  );

/** The visible main content as one string, elements separated by a blank line; what chunk offsets refer to. */
export function documentText(elements: readonly Element[]): DocumentText {
  const placed: PlacedElement[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const element of elements) {
    const text = isContent(element) ? elementText(element) : '';
    if (text === '') continue;
    placed.push({ element, start: at, end: at + text.length });
    parts.push(text);
    at += text.length + 2;
  }
  return { text: parts.join('\n\n'), placed };
}
