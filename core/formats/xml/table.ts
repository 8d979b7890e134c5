import { hasHeader } from '../csv/header.ts';
import { attributeOf, elementsOf, textOf, type XmlNode } from '../xml-tree.ts';
import { CAPTIONS, CELLS, decodeNamed, isHeading, nameOf, ROWS, TABLES } from './names.ts';

export type XmlTable = { rows: string[][]; headerRows: number; captions: string[] };

type Columns = Map<string, number>;

const tidy = (text: string): string => decodeNamed(text).replace(/\s+/g, ' ').trim();
const MAX_SPAN = 100;

/** A table in the CALS or the HTML model; nothing if it holds no rows. */
export function readXmlTable(table: XmlNode): XmlTable | undefined {
  const result: XmlTable = { rows: [], headerRows: 0, captions: [] };
  const columns: Columns = new Map();
  collect(table, false, columns, result, []);
  if (result.headerRows === 0 && result.rows[0]?.every((cell) => cell !== '') && hasHeader(result.rows)) result.headerRows = 1;
  return result.rows.length > 0 ? { ...result, headerRows: Math.min(result.headerRows, result.rows.length) } : undefined;
}

/** `held[column]` counts the rows that a cell above still covers. */
function collect(node: XmlNode, inHead: boolean, columns: Columns, result: XmlTable, held: number[]): void {
  for (const child of elementsOf(node)) {
    const name = nameOf(child);
    if (ROWS.has(name)) {
      const cells = elementsOf(child).filter((cell) => CELLS.has(nameOf(cell)));
      const row = readRow(cells, columns, held);
      if (row.every((cell) => cell === '')) continue;
      const isHeader = inHead || (cells.length > 1 && cells.every((cell) => nameOf(cell) === 'th'));
      if (isHeader && result.headerRows === result.rows.length) result.headerRows += 1;
      result.rows.push(row);
    } else if (name === 'colspec') {
      columns.set(attributeOf(child, 'colname') ?? '', columns.size);
    } else if (CAPTIONS.has(name) || isHeading(child)) {
      result.captions.push(tidy(textOf(child)));
    } else {
      if (TABLES.has(name)) columns.clear();
      collect(child, inHead || name === 'thead', columns, result, held);
    }
  }
}

function readRow(cells: readonly XmlNode[], columns: Columns, held: number[]): string[] {
  const row: string[] = [];
  const skipCovered = (): void => {
    for (let below = held[row.length] ?? 0; below > 0; below = held[row.length] ?? 0) {
      held[row.length] = below - 1;
      row.push('');
    }
  };
  for (const cell of cells) {
    skipCovered();
    const start = columns.get(attributeOf(cell, 'namest') ?? attributeOf(cell, 'colname') ?? '');
    while (start !== undefined && row.length < start) row.push('');
    const below = number(attributeOf(cell, 'morerows'), 0) || number(attributeOf(cell, 'rowspan'), 1) - 1;
    for (let i = 0; i < spanOf(cell, columns); i++) {
      if (below > 0) held[row.length] = below;
      row.push(i === 0 ? cellText(cell) : '');
    }
  }
  skipCovered();
  return row;
}

function spanOf(cell: XmlNode, columns: Columns): number {
  const start = columns.get(attributeOf(cell, 'namest') ?? '');
  const end = columns.get(attributeOf(cell, 'nameend') ?? '');
  if (start !== undefined && end !== undefined) return Math.min(MAX_SPAN, Math.max(1, end - start + 1));
  return number(attributeOf(cell, 'colspan'), 1);
}

function number(text: string | undefined, otherwise: number): number {
  const value = Number.parseInt(text ?? '', 10);
  return value >= 0 && value <= MAX_SPAN ? value : otherwise;
}

/** Paragraphs and breaks in a cell part its words. */
const cellText = (cell: XmlNode): string =>
  tidy(cell.children.map((child) => (typeof child === 'string' ? child : `${separates(child) ? ' ' : ''}${cellText(child)}`)).join(''));

const separates = (node: XmlNode): boolean => !/^(?:b|i|u|o|sub|sup|bold|italic|sc|emph|emphasis|hi|xref|a|t|r)$/.test(nameOf(node));
