import type { TableElement } from '#schemas/records/extracted.ts';
import { padRows } from './tables.ts';
import { attributeOf, childOf, childrenOf, descendantsOf, elementsOf, textOf, type XmlNode } from './xml-tree.ts';

const isStruck = (run: XmlNode): boolean => /^(?:sng|dbl)Strike$/.test(attributeOf(childOf(run, 'rPr'), 'strike') ?? '');
const isRaised = (run: XmlNode): boolean => Number.parseInt(attributeOf(childOf(run, 'rPr'), 'baseline') ?? '0', 10) > 0;

/** Text of a DrawingML paragraph (`a:p`): runs, fields and line breaks, without what is struck out. */
export function paragraphText(paragraph: XmlNode): string {
  let text = '';
  for (const node of elementsOf(paragraph)) {
    if (node.name === 'br') text += '\n';
    else if ((node.name === 'r' || node.name === 'fld') && !isStruck(node)) text += runText(node, text);
    else if (node.name === 'm' || node.name === 'AlternateContent') text += [...descendantsOf(node, 't')].map(textOf).join('');
  }
  return text.replace(/\v/g, '\n');
}

/** 10 to the power of 6 is not 106. */
function runText(run: XmlNode, before: string): string {
  const text = textOf(childOf(run, 't'));
  return /^[+\u2212-]?\d+$/.test(text) && /\d$/.test(before) && isRaised(run) ? `^${text}` : text;
}

/** Text of a DrawingML text body, a line per paragraph. */
export const bodyText = (body: XmlNode | undefined): string =>
  childrenOf(body, 'p')
    .map((p) => paragraphText(p).trim())
    .filter((line) => line !== '')
    .join('\n');

/** Words of a SmartArt diagram's data part, one entry per node. */
export const diagramTexts = (root: XmlNode): string[] =>
  [...descendantsOf(root, 'pt')].map((point) => bodyText(childOf(point, 't'))).filter((text) => text !== '');

/** What office suites put after a description that they made up themselves. */
const MADE_UP = /(Description automatically generated|Beschreibung automatisch generiert|(AI|KI)-gener(ated|ierte) (content|Inhalte))/i;

/** Alternative text of a picture or shape, from its `cNvPr`, `docPr` or VML shape; never its automatic name. */
export function alternativeText(node: XmlNode | undefined): string {
  const text = attributeOf(node, 'descr') || attributeOf(node, 'alt') || attributeOf(node, 'title') || '';
  const end = text.search(MADE_UP);
  return (end < 0 ? text : text.slice(0, end)).trim();
}

const on = (node: XmlNode, name: string): boolean => /^(1|true)$/.test(attributeOf(node, name) ?? '');

/** A DrawingML table (`a:tbl`). */
export function drawingTable(table: XmlNode): TableElement {
  const rows = childrenOf(table, 'tr').map((row) =>
    childrenOf(row, 'tc').map((cell) => (on(cell, 'hMerge') || on(cell, 'vMerge') ? '' : bodyText(childOf(cell, 'txBody')))),
  );
  const properties = childOf(table, 'tblPr');
  const saysSo = properties !== undefined && on(properties, 'firstRow');
  return { kind: 'table', rows: padRows(rows), headerRows: saysSo && rows.length > 1 ? 1 : 0 };
}
