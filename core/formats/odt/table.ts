import type { TableElement } from '#schemas/records/extracted.ts';
import { padRows } from '../tables.ts';
import { attributeOf, childOf, elementsOf, type XmlNode } from '../xml-tree.ts';
import { type Attached, readInline } from './inline.ts';
import type { OdtStyles } from './styles.ts';

/** Repeats beyond these are how editors fill a sheet with nothing. */
const MAX_COLUMNS = 1_000;
const MAX_REPEATED_ROWS = 1_000;

const repeated = (node: XmlNode, name: string, most: number): number =>
  Math.min(most, Math.max(1, Number(attributeOf(node, name) ?? 1) || 1));

/** Rows, also those in header and row groups, in order. */
const rowsOf = (node: XmlNode | undefined): XmlNode[] =>
  node === undefined
    ? []
    : elementsOf(node).flatMap((child) => {
        if (child.name === 'table-row') return [child];
        return ['table-header-rows', 'table-row-group', 'table-rows'].includes(child.name) ? rowsOf(child) : [];
      });

/** A table, and what cannot stand in its cells (notes, pictures, boxes). */
export function readTable(node: XmlNode, styles: OdtStyles): { element: TableElement; attached: Attached[] } {
  const attached: Attached[] = [];
  const texts = rowsOf(node).flatMap((row) => {
    const cells = rowTexts(row, styles, attached);
    const times = cells.length === 0 ? 1 : repeated(row, 'number-rows-repeated', MAX_REPEATED_ROWS);
    return Array<string[]>(times).fill(cells);
  });
  while (texts.at(-1)?.length === 0) texts.pop();
  const marked = rowsOf(childOf(node, 'table-header-rows')).length;
  return { element: { kind: 'table', rows: padRows(texts), headerRows: marked > 0 ? marked : texts.length > 1 ? 1 : 0 }, attached };
}

function rowTexts(row: XmlNode, styles: OdtStyles, attached: Attached[]): string[] {
  const texts: string[] = [];
  for (const cell of elementsOf(row)) {
    if (cell.name !== 'table-cell' && cell.name !== 'covered-table-cell') continue;
    const text = cell.name === 'table-cell' ? cellText(cell, styles, attached) : '';
    for (let i = repeated(cell, 'number-columns-repeated', MAX_COLUMNS); i > 0 && texts.length < MAX_COLUMNS; i--) texts.push(text);
  }
  while (texts.at(-1) === '') texts.pop();
  return texts;
}

function cellText(cell: XmlNode, styles: OdtStyles, attached: Attached[]): string {
  const lines: string[] = [];
  const visit = (node: XmlNode): void => {
    if (node.name === 'p' || node.name === 'h') {
      const inline = readInline(node, styles);
      attached.push(...inline.attached);
      lines.push(inline.text.trim());
    } else elementsOf(node).forEach(visit);
  };
  elementsOf(cell).forEach(visit);
  return lines.filter((line) => line !== '').join('\n');
}
