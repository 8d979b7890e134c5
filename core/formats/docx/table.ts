import type { TableElement } from '#schemas/records/extracted.ts';
import { padRows } from '../tables.ts';
import { attributeOf, childOf, elementsOf, type XmlNode } from '../xml-tree.ts';
import { UNKNOWN } from './ground.ts';
import { type Attached, type PageBreaks, readInline } from './inline.ts';
import { hiddenIn, type Story, visibleText } from './story.ts';
import { isOn } from './styles.ts';

/** No page is wider; a span that says more is an attack. */
const MAX_COLUMNS = 1_000;

export type Row = { node: XmlNode; cells: XmlNode[] };

/** Rows and cells also stand inside content controls and markup of insertions. */
function within(node: XmlNode, name: string): XmlNode[] {
  return elementsOf(node).flatMap((child) => {
    if (child.name === name) return [child];
    return ['sdt', 'sdtContent', 'customXml', 'ins', 'moveTo'].includes(child.name) ? within(child, name) : [];
  });
}

export const rowsOf = (table: XmlNode): Row[] =>
  within(table, 'tr')
    .filter((row) => childOf(row, 'trPr', 'del') === undefined)
    .map((node) => ({ node, cells: within(node, 'tc').filter((cell) => childOf(cell, 'tcPr', 'cellDel') === undefined) }));

const count = (node: XmlNode | undefined): number => Math.min(MAX_COLUMNS, Math.max(0, Number(attributeOf(node, 'val') ?? 0) || 0));

/** What cannot stand in a cell (notes, pictures, boxes, page ends) is gathered, and comes after the table. */
type Gathered = { attached: Attached[]; breaks: PageBreaks; begun: boolean };

export function readTable(rows: readonly Row[], story: Story): { element: TableElement } & Gathered {
  const gathered: Gathered = { attached: [], breaks: { before: 0, after: 0 }, begun: false };
  const texts = rows.map(({ node, cells }) => {
    const row: string[] = Array(count(childOf(node, 'trPr', 'gridBefore'))).fill('');
    for (const cell of cells) {
      const properties = childOf(cell, 'tcPr');
      const merge = childOf(properties, 'vMerge');
      const continues = merge !== undefined && attributeOf(merge, 'val') !== 'restart';
      row.push(continues ? '' : cellText(cell, story, gathered));
      const span = count(childOf(properties, 'gridSpan'));
      for (let i = 1; i < span && row.length < MAX_COLUMNS; i++) row.push('');
    }
    return row;
  });
  const marked = rows.findIndex(({ node }) => !isOn(childOf(node, 'trPr', 'tblHeader')));
  const headerRows = marked > 0 ? marked : rows.length > 1 ? 1 : 0;
  return { element: { kind: 'table', rows: padRows(texts), headerRows }, ...gathered };
}

const MAX_TITLE = 200;

/** A first row of one cell across the whole table is its title. */
export function titleOf(rows: readonly Row[], [first = [], ...rest]: readonly (readonly string[])[]): string | undefined {
  const [title, ...others] = first.filter((text) => text !== '');
  const isAcross = rows[0]?.cells.length === 1 && first.length > 1 && first[0] === title;
  return isAcross && others.length === 0 && title !== undefined && title.length <= MAX_TITLE && rest.length > 1 ? title : undefined;
}

function cellText(cell: XmlNode, story: Story, gathered: Gathered): string {
  const lines: string[] = [];
  const visit = (node: XmlNode): void => {
    if (node.name === 'p') lines.push(paragraphText(node, story, gathered));
    else if (node.name === 'tbl') lines.push(...nestedRows(node, story, gathered));
    else if (!['tcPr', 'del', 'moveFrom'].includes(node.name)) elementsOf(node).forEach(visit);
  };
  elementsOf(cell).forEach(visit);
  return lines.filter((line) => line !== '').join('\n');
}

function paragraphText(node: XmlNode, story: Story, gathered: Gathered): string {
  const style = story.styles.get(attributeOf(childOf(node, 'pPr', 'pStyle'), 'val'));
  const { pieces, attached, breaks } = readInline(node, style, UNKNOWN, story);
  gathered.attached.push(...hiddenIn(pieces), ...attached);
  gathered.breaks[gathered.begun ? 'after' : 'before'] += breaks.before;
  gathered.breaks.after += breaks.after;
  gathered.begun = true;
  return visibleText(pieces).trim();
}

function nestedRows(node: XmlNode, story: Story, gathered: Gathered): string[] {
  const { element, attached, breaks } = readTable(rowsOf(node), story);
  gathered.attached.push(...attached);
  gathered.breaks.after += breaks.before + breaks.after;
  return element.rows.map((row) => row.filter((text) => text !== '').join(' '));
}
