import type { ParseContext } from '../index.ts';
import { rowCollector } from '../xlsx/rows.ts';
import type { Cell, Sheet } from '../xlsx/sheet.ts';
import { attributeOf, childrenOf, descendantsOf, elementsOf, type XmlNode } from '../xml-tree.ts';
import { readInline } from './inline.ts';
import type { OdtStyles } from './styles.ts';

type OdsTable = Pick<Sheet, 'rows' | 'hiddenColumns' | 'filtered'> & { comments: string[]; shapes: string[] };

const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;
/** A cell with a value that says to stand more often than this is how a file of little text asks for much. */
const MAX_REPEATED = 1_000;
const NUMERIC = new Set(['float', 'percentage', 'currency', 'date', 'time']);
const GROUPS = new Set([
  'table-header-rows',
  'table-row-group',
  'table-rows',
  'table-header-columns',
  'table-column-group',
  'table-columns',
]);

const repeated = (node: XmlNode, name: string): number => Math.max(1, Number(attributeOf(node, name) ?? 1) || 1);

const linesIn = (node: XmlNode, styles: OdtStyles): string =>
  childrenOf(node, 'p')
    .map((paragraph) => readInline(paragraph, styles).text.trim())
    .join('\n')
    .trim();

function cellOf(node: XmlNode, styles: OdtStyles): Cell {
  const type = attributeOf(node, 'value-type') ?? '';
  const date = attributeOf(node, 'date-value');
  const text = linesIn(node, styles);
  // A date is written as ISO 8601 whatever its format says, as in the other spreadsheets.
  const shown = type === 'date' && date !== undefined ? date.replace(/T00:00:00(\.0+)?$/, '').replace('T', ' ') : text;
  const across = repeated(node, 'number-columns-spanned');
  const down = repeated(node, 'number-rows-spanned');
  return { text: shown, numeric: NUMERIC.has(type), ...(across > 1 && { across }), ...(down > 1 && { down }) };
}

/** A sheet's cells; empty ones are not held, however often the file repeats them. */
export function readOdsTable(table: XmlNode, styles: OdtStyles, context: ParseContext): OdsTable {
  const rows = rowCollector(context);
  const sheet: Omit<OdsTable, 'rows'> = { hiddenColumns: [], filtered: [], comments: [], shapes: [] };
  let row = 0;
  let column = 0;

  function visit(node: XmlNode): void {
    if (node.name === 'table-row') readRow(node);
    else if (node.name === 'table-column') readColumn(node);
    else if (node.name === 'shapes') sheet.shapes.push(...[...descendantsOf(node, 'p')].map((p) => readInline(p, styles).text.trim()));
    else if (GROUPS.has(node.name)) elementsOf(node).forEach(visit);
  }

  function readColumn(node: XmlNode): void {
    const count = Math.min(repeated(node, 'number-columns-repeated'), MAX_COLUMN);
    if (isCollapsed(node)) sheet.hiddenColumns.push({ from: column + 1, to: column + count });
    column += count;
  }

  function readRow(node: XmlNode): void {
    const count = repeated(node, 'number-rows-repeated');
    const cells = elementsOf(node).filter((child) => child.name === 'table-cell' || child.name === 'covered-table-cell');
    const hasText = cells.some((cell) => elementsOf(cell).length > 0 || attributeOf(cell, 'date-value') !== undefined);
    for (let i = 0; hasText && i < Math.min(count, MAX_REPEATED) && row + i < MAX_ROW; i++)
      readCells(cells, row + i + 1, isCollapsed(node), i > 0);
    if (attributeOf(node, 'visibility') === 'filter') sheet.filtered.push({ top: row, left: 1, bottom: row + count, right: MAX_COLUMN });
    row += count;
  }

  function readCells(cells: readonly XmlNode[], at: number, isHidden: boolean, isRepetition: boolean): void {
    if (isHidden) rows.hide(at);
    let to = 1;
    for (const node of cells) {
      const count = repeated(node, 'number-columns-repeated');
      const cell = cellOf(node, styles);
      for (let i = 0; cell.text !== '' && i < Math.min(count, MAX_REPEATED) && to + i <= MAX_COLUMN; i++) rows.put(at, to + i, cell);
      if (!isRepetition) sheet.comments.push(...childrenOf(node, 'annotation').map((note) => linesIn(note, styles)));
      to += count;
    }
  }

  elementsOf(table).forEach(visit);
  const said = (texts: readonly string[]) => texts.filter((text) => text !== '');
  return { ...sheet, comments: said(sheet.comments), shapes: said(sheet.shapes), rows: rows.finish() };
}

const isCollapsed = (node: XmlNode): boolean => ['collapse', 'filter'].includes(attributeOf(node, 'visibility') ?? '');
