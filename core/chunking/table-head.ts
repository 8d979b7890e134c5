import type { PlacedElement } from '../document-text.ts';

/** Longest header that is repeated; a wider one is cut, so that an embedded text stays within a model's limits. */
const MAX_HEADER = 600;

/** The line that Markdown draws below a header. */
const RULE = /^[ \t|:-]+\n/;

/** The header of the table that a chunk starting at `start` continues, if it starts below that header. */
export function tableHead(text: string, placed: PlacedElement | undefined, start: number): string | undefined {
  if (placed?.element.kind !== 'table' || placed.element.headerRows === 0 || start <= placed.start) return undefined;
  let end = placed.start;
  for (let row = 0; row < placed.element.headerRows; row++) {
    const lineEnd = text.indexOf('\n', end);
    if (lineEnd < 0 || lineEnd >= start) return undefined;
    end = lineEnd + 1;
  }
  const rule = RULE.exec(text.slice(end, end + MAX_HEADER))?.[0].length ?? 0;
  if (end + rule > start) return undefined;
  const header = text.slice(placed.start, end).trimEnd();
  return header.length > MAX_HEADER ? header.slice(0, MAX_HEADER) : header;
}
