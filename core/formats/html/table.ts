import { tidy } from './block-writer.ts';
import {
  attribute,
  childElements,
  descendants,
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  isElement,
  isText,
  rawText,
} from './dom.ts';
import { BLOCKS, LISTS, SKIPPED } from './tags.ts';
import { hiddenReason } from './visibility.ts';

export type HtmlTable = {
  rows: string[][];
  headerRows: number;
  captions: HtmlElement[];
  /** The first text in a cell: where the table stands for whoever asks about its text. */
  anchor: HtmlNode | undefined;
  hidden: { text: string; reason: string }[];
};

type Row = { element: HtmlElement; inHead: boolean; cells: HtmlElement[] };

const isCell = (element: HtmlElement): boolean => element.tagName === 'td' || element.tagName === 'th';
/** A cell may claim any span; more than this is a mistake or an attack. */
const MAX_SPAN = 100;
const MAX_COLUMNS = 2_000;

/** A table's cells as text, or nothing for a table that only lays out its page. */
export function readTable(table: HtmlElement): HtmlTable | undefined {
  const captions = childElements(table).filter((child) => child.tagName === 'caption');
  const rows = rowsOf(table);
  if (isLayout(table, rows, captions.length > 0)) return undefined;
  const title = titleCell(rows);
  if (title) {
    captions.push(title);
    rows.shift();
  }
  const result: HtmlTable = { rows: [], headerRows: 0, captions, anchor: undefined, hidden: [] };
  const held: number[] = [];
  let inHeader = true;
  for (const row of rows) {
    const reason = hiddenReason(row.element);
    const cells = readRow(row, held, result, reason);
    if (reason !== undefined || cells.every((cell) => cell === '')) continue;
    result.rows.push(cells);
    inHeader &&= row.inHead || row.cells.every((cell) => cell.tagName === 'th');
    if (inHeader) result.headerRows += 1;
  }
  // Empty cells around one that is filled are margins.
  if (result.headerRows === 0 && captions.length === 0 && result.rows.every((row) => row.filter(Boolean).length <= 1)) return undefined;
  if (result.headerRows === 0 && hasBoldHeader(rows)) result.headerRows = 1;
  // A table of headers alone has none; a row header column makes no header row.
  if (result.headerRows === result.rows.length) result.headerRows = Math.min(result.headerRows, result.rows.length > 1 ? 1 : 0);
  return result;
}

const MAX_TITLE = 200;

/** A first row of one cell across the whole table is its title. */
function titleCell([first, ...rest]: readonly Row[]): HtmlElement | undefined {
  const [cell] = first?.cells ?? [];
  if (!cell || first?.cells.length !== 1 || span(cell, 'colspan') < 2 || rest.length < 2) return undefined;
  for (const { tagName } of descendants(cell)) if (LISTS.has(tagName) || tagName === 'img' || tagName === 'table') return undefined;
  const { length } = cellText(cell);
  return length > 0 && length <= MAX_TITLE && hiddenReason(cell) === undefined && !rest.every((row) => row.cells.length === 1)
    ? cell
    : undefined;
}

/** Without header cells, a first row that alone is in bold. */
function hasBoldHeader(rows: readonly Row[]): boolean {
  if (rows.length < 2 || rows.some((row) => row.cells.some((cell) => cell.tagName === 'th'))) return false;
  const isBold = ({ cells }: Row): boolean => cells.length > 1 && cells.every((cell) => rawText(cell).trim() !== '' && isBoldText(cell));
  return rows.slice(0, 1).every(isBold) && !rows.slice(1).every(isBold);
}

const isBoldText = (parent: HtmlElement): boolean =>
  parent.childNodes.every((child) =>
    isText(child)
      ? child.value.trim() === ''
      : !isElement(child) || child.tagName === 'b' || child.tagName === 'strong' || isBoldText(child),
  );

function rowsOf(table: HtmlElement): Row[] {
  const rows: Row[] = [];
  for (const child of childElements(table)) {
    const inHead = child.tagName === 'thead';
    const found = child.tagName === 'tr' ? [child] : /^t(?:head|body|foot)$/.test(child.tagName) ? childElements(child) : [];
    for (const element of found) {
      if (element.tagName === 'tr') rows.push({ element, inHead, cells: childElements(element).filter(isCell) });
    }
  }
  return rows;
}

/** `held[column]` counts the rows that a cell above still covers. */
function readRow(row: Row, held: number[], result: HtmlTable, rowHidden: string | undefined): string[] {
  const cells: string[] = [];
  const skipCovered = (): void => {
    while ((held[cells.length] ?? 0) > 0) {
      held[cells.length] = (held[cells.length] ?? 0) - 1;
      cells.push('');
    }
  };
  for (const cell of row.cells) {
    skipCovered();
    if (cells.length >= MAX_COLUMNS) break;
    const reason = rowHidden ?? hiddenReason(cell);
    const text = cellText(cell);
    if (reason !== undefined) {
      if (text !== '') result.hidden.push({ text, reason });
      continue;
    }
    if (text !== '') result.anchor ??= firstText(cell);
    const columns = span(cell, 'colspan');
    const below = span(cell, 'rowspan') - 1;
    for (let column = 0; column < columns; column++) {
      if (below > 0) held[cells.length] = below;
      cells.push(column === 0 ? text : '');
    }
  }
  skipCovered();
  return cells;
}

const span = (cell: HtmlElement, name: string): number => {
  const claimed = Number.parseInt(attribute(cell, name) ?? '1', 10);
  return claimed >= 1 && claimed <= MAX_SPAN ? claimed : 1;
};

const CONTENT_BLOCKS = new Set('article section main aside nav header footer form table'.split(' '));

/** Old pages are built of tables: one column, pages inside cells, or cells that hold long stretches of several paragraphs. */
function isLayout(table: HtmlElement, rows: readonly Row[], hasCaption: boolean): boolean {
  const role = attribute(table, 'role');
  if (role === 'presentation' || role === 'none') return true;
  const widest = rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
  if (widest <= 1) return true;
  const isHeaded = hasCaption || rows.some((row) => row.inHead || row.cells.some((cell) => cell.tagName === 'th'));
  let blocks = 0;
  for (const element of descendants(table)) {
    if (element.tagName === 'table') return !isHeaded;
    if (CONTENT_BLOCKS.has(element.tagName)) return true;
    if (element.tagName === 'p' || element.tagName === 'li' || /^h[1-6]$/.test(element.tagName)) blocks += 1;
  }
  const cells = rows.reduce((sum, row) => sum + row.cells.length, 0);
  return !isHeaded && blocks > cells * 2;
}

function firstText(parent: HtmlParent): HtmlNode | undefined {
  for (const child of parent.childNodes) {
    if (isText(child) && child.value.trim() !== '') return child;
    const found = isElement(child) ? firstText(child) : undefined;
    if (found) return found;
  }
  return undefined;
}

function cellText(cell: HtmlElement): string {
  const parts: string[] = [];
  collect(cell, parts);
  return tidy(parts.join('')).replace(/\s+/g, ' ');
}

function collect(parent: HtmlElement, parts: string[]): void {
  for (const child of parent.childNodes) {
    if (isText(child)) parts.push(child.value.replace(/[ \t\r\n\f]+/g, ' '));
    if (!isElement(child) || SKIPPED.has(child.tagName) || hiddenReason(child) !== undefined) continue;
    if (child.tagName === 'img') parts.push(attribute(child, 'alt') ?? '');
    const isBlock = BLOCKS.has(child.tagName) || child.tagName === 'br';
    if (isBlock) parts.push('\n');
    collect(child, parts);
    if (isBlock) parts.push('\n');
  }
}
