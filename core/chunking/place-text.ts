import type { Element } from '#schemas/records/extracted.ts';
import type { DocumentText, PlacedElement } from '../document-text.ts';
import { type Line, lineReader } from './line-reader.ts';

const HEADING = /^ {0,3}(#{1,6})[ \t]+(?=\S)/;
const WIKI_HEADING = /^ {0,3}(={1,6})[ \t]+(?=[^=\s])/;
const UNDERLINE = /^ {0,3}(?:(=+)|-{2,})[ \t\r]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ITEM = /^([ \t]*)(?:[-*+•][ \t]+|(?=\d{1,9}[.)][ \t]))(?=\S)/;
const TABLE_RULE = /^[ \t|:-]*-[ \t|:-]*\|?[ \t\r]*$/;
/** A longer line is no heading, item or table rule, and is not searched for one. */
const LONGEST_MARKED_LINE = 2000;

type Reader = ReturnType<typeof lineReader>;

/**
 * Plain or Markdown-like text as placed elements whose text is exactly `text.slice(start, end)`, for callers whose
 * offsets refer to their own text. Marks (`##`, `-`) stand outside of the elements; letters and digits never do.
 */
export function placeText(text: string): DocumentText {
  const placed: PlacedElement[] = [];
  const reader = lineReader(text);
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    if (!/\S/.test(line.text)) continue;
    placed.push(heading(text, line) ?? fenced(text, reader, line) ?? table(text, reader, line) ?? block(text, reader, line));
  }
  return { text, placed };
}

function place(text: string, from: number, to: number, element: (text: string) => Element): PlacedElement {
  const slice = text.slice(from, to);
  const start = from + slice.length - slice.trimStart().length;
  const end = Math.max(start, to - (slice.length - slice.trimEnd().length));
  return { start, end, element: element(text.slice(start, end)) };
}

const isMarked = (line: Line | undefined, mark: RegExp): boolean =>
  line !== undefined && line.text.length <= LONGEST_MARKED_LINE && mark.test(line.text);

function heading(text: string, line: Line): PlacedElement | undefined {
  if (line.text.length > LONGEST_MARKED_LINE) return undefined;
  const mark = HEADING.exec(line.text) ?? WIKI_HEADING.exec(line.text);
  if (!mark) return undefined;
  const level = mark[1]?.length ?? 1;
  const title = line.text.trimEnd();
  const closing = /#+$/.exec(title)?.[0] ?? '';
  const isWiki = title.trimStart().startsWith('=');
  if (isWiki && !title.endsWith(` ${mark[1]}`)) return undefined;
  const closed = isWiki ? level : /[ \t]#+$/.test(title) ? closing.length : 0;
  const end = line.start + title.length - closed;
  return place(text, line.start + mark[0].length, end, (slice) => ({ kind: 'heading', level, text: slice }));
}

function fenced(text: string, reader: Reader, first: Line): PlacedElement | undefined {
  const fence = isMarked(first, FENCE) ? FENCE.exec(first.text)?.[1] : undefined;
  if (fence === undefined) return undefined;
  let end = first.end;
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    end = line.end;
    if (line.text.length <= LONGEST_MARKED_LINE && line.text.trim().startsWith(fence)) break;
  }
  return place(text, first.start, end, (slice) => ({ kind: 'code', text: slice }));
}

function table(text: string, reader: Reader, first: Line): PlacedElement | undefined {
  const rule = reader.peek();
  if (!first.text.includes('|') || !isMarked(rule, TABLE_RULE) || !rule?.text.includes('|')) return undefined;
  const rows = [cells(first.text)];
  let end = reader.next()?.end ?? first.end;
  while (reader.peek()?.text.includes('|')) {
    const row = reader.next();
    if (row) rows.push(cells(row.text));
    end = row?.end ?? end;
  }
  return place(text, first.start, end, () => ({ kind: 'table', rows, headerRows: 1 }));
}

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** An item or a paragraph, up to a blank line or a line with a mark of its own. */
function block(text: string, reader: Reader, first: Line): PlacedElement {
  const mark = first.text.length <= LONGEST_MARKED_LINE ? ITEM.exec(first.text) : null;
  let end = first.end;
  for (let next = reader.peek(); next !== undefined && /\S/.test(next.text); next = reader.peek()) {
    const underline = end === first.end && mark === null && isMarked(next, UNDERLINE) ? UNDERLINE.exec(next.text) : null;
    if (underline && first.text.length <= LONGEST_MARKED_LINE) {
      reader.next();
      const level = underline[1] === undefined ? 2 : 1;
      return place(text, first.start, end, (slice) => ({ kind: 'heading', level, text: slice }));
    }
    if ([HEADING, WIKI_HEADING, FENCE, ITEM].some((other) => isMarked(next, other))) break;
    end = next.end;
    reader.next();
  }
  const level = 1 + Math.floor((mark?.[1]?.replaceAll('\t', '    ').length ?? 0) / 2);
  return place(text, first.start + (mark?.[0].length ?? 0), end, (slice) =>
    mark ? { kind: 'list-item', level, text: slice } : { kind: 'paragraph', text: slice },
  );
}
