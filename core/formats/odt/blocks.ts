import type { Element, TableElement } from '#schemas/records/extracted.ts';
import { type Collector, collector } from '../collect.ts';
import type { ParseContext } from '../index.ts';
import { padRows } from '../tables.ts';
import { attributeOf, childOf, elementsOf, type XmlNode } from '../xml-tree.ts';
import { type Attached, readInline } from './inline.ts';
import { type ListCounter, listCounter } from './lists.ts';
import type { OdtStyles } from './styles.ts';

type Flags = { boilerplate?: 'header' | 'footer' | 'navigation'; hidden?: string };
type Place = Flags & { list?: { level: number; style: string | undefined; counter: ListCounter } };

const MAX_COLUMNS = 1_000;
const MAX_REPEATED_ROWS = 1_000;

/** Reads OpenDocument blocks in order. */
export function odtReader(styles: OdtStyles, context: ParseContext, out: Collector) {
  const flagsOf = ({ boilerplate, hidden }: Flags): Flags => ({
    ...(boilerplate !== undefined && { boilerplate }),
    ...(hidden !== undefined && { hidden }),
  });

  function read(node: XmlNode, place: Place = {}): void {
    switch (node.name) {
      case 'h':
      case 'p':
        paragraph(node, place);
        break;
      case 'list':
        list(node, place);
        break;
      case 'numbered-paragraph':
        elementsOf(node).forEach((child) => void read(child, place));
        break;
      case 'table':
        table(node, place);
        break;
      case 'section':
        inside(node, attributeOf(node, 'display') === 'none' ? { ...place, hidden: 'hidden-section' } : place);
        break;
      case 'table-of-content':
      case 'alphabetical-index':
      case 'illustration-index':
      case 'table-index':
      case 'user-index':
      case 'object-index':
        inside(childOf(node, 'index-body') ?? node, { ...place, boilerplate: place.boilerplate ?? 'navigation' });
        break;
      case 'index-title':
      case 'bibliography':
      case 'index-body':
        inside(node, place);
        break;
      case 'frame':
      case 'custom-shape':
      case 'g':
        attach(readInline({ name: 'p', prefix: '', attributes: {}, children: [node] }, styles).attached, place);
        break;
      default:
    }
  }

  const inside = (node: XmlNode, place: Place): void => elementsOf(node).forEach((child) => void read(child, place));

  function paragraph(node: XmlNode, place: Place): void {
    const style = styles.get(attributeOf(node, 'style-name'));
    const { text, attached } = readInline(node, styles);
    const flags = { ...flagsOf(place), ...(style.hidden && { hidden: 'vanish' }) };
    out.add({ ...kindOf(node, style.names, text.trim(), place), ...flags });
    attach(attached, place);
  }

  function kindOf(node: XmlNode, names: readonly string[], text: string, { list }: Place): Element {
    const level = Number(attributeOf(node, 'outline-level') ?? 1) || 1;
    if (node.name === 'h') return { kind: 'heading', level: Math.min(6, Math.max(1, level)), text: text.replace(/\s+/g, ' ') };
    if (names.some((name) => /^title$/i.test(name))) return { kind: 'heading', level: 1, text: text.replace(/\s+/g, ' ') };
    const heading = names.map((name) => /^heading (\d)/i.exec(name)?.[1]).find((digit) => digit !== undefined);
    if (heading !== undefined)
      return { kind: 'heading', level: Math.min(6, Math.max(1, Number(heading))), text: text.replace(/\s+/g, ' ') };
    if (names.some((name) => /\b(preformatted|source code|code)\b/i.test(name))) return { kind: 'code', text };
    if (names.some((name) => /^(caption|illustration|figure|table caption)$/i.test(name))) return { kind: 'caption', text };
    if (list === undefined) return { kind: 'paragraph', text };
    const marker = list.counter.next(list.level);
    return { kind: 'list-item', level: list.level, ...(marker !== '' && { marker }), text };
  }

  function list(node: XmlNode, place: Place): void {
    const level = (place.list?.level ?? 0) + 1;
    const style = attributeOf(node, 'style-name') ?? place.list?.style;
    const counter = place.list?.counter ?? listCounter((depth) => styles.listLevel(style, depth));
    for (const item of elementsOf(node)) {
      let first = true;
      for (const child of elementsOf(item)) {
        const isText = child.name === 'p' || child.name === 'h';
        if (isText && (!first || item.name === 'list-header')) read(child, flagsOf(place));
        else read(child, { ...flagsOf(place), list: { level, style, counter } });
        if (isText) first = false;
      }
    }
  }

  function attach(attached: readonly Attached[], place: Place): void {
    const flags = flagsOf(place);
    for (const item of attached) {
      if (item.kind === 'picture') out.add({ kind: 'image', text: item.text, ...flags });
      else if (item.kind === 'hidden') out.add({ kind: 'paragraph', text: item.text.trim(), ...flags, hidden: item.reason });
      else if (item.kind === 'box') inside(item.content, flags);
      else out.add({ kind: item.kind, text: storyText(item.content), ...flags });
    }
  }

  /** A note's or comment's blocks as lines. */
  function storyText(content: XmlNode): string {
    const own = collector(context);
    const reader = odtReader(styles, context, own);
    for (const child of elementsOf(content)) reader.read(child);
    return own.elements.flatMap((element) => (element.kind === 'table' || element.hidden !== undefined ? [] : [element.text])).join('\n');
  }

  function table(node: XmlNode, place: Place): void {
    const attached: Attached[] = [];
    const header = rowsOf(childOf(node, 'table-header-rows'));
    const rows = rowsOf(node).map((row) => ({
      cells: rowTexts(row, attached),
      repeated: count(row, 'number-rows-repeated', MAX_REPEATED_ROWS),
    }));
    const texts = rows.flatMap(({ cells, repeated }) =>
      cells.some((cell) => cell !== '') ? Array<string[]>(repeated).fill(cells) : [cells],
    );
    const element: TableElement = {
      kind: 'table',
      rows: padRows(texts),
      headerRows: header.length > 0 ? header.length : texts.length > 1 ? 1 : 0,
    };
    out.add({ ...element, ...flagsOf(place) });
    attach(attached, place);
  }

  function rowTexts(row: XmlNode, attached: Attached[]): string[] {
    const texts: string[] = [];
    for (const cell of elementsOf(row)) {
      if (cell.name !== 'table-cell' && cell.name !== 'covered-table-cell') continue;
      const text = cell.name === 'table-cell' ? cellText(cell, attached) : '';
      for (let i = count(cell, 'number-columns-repeated', MAX_COLUMNS); i > 0 && texts.length < MAX_COLUMNS; i--) texts.push(text);
    }
    while (texts.at(-1) === '') texts.pop();
    return texts;
  }

  /** What cannot stand in a cell (notes, pictures, boxes) comes after the table. */
  function cellText(cell: XmlNode, attached: Attached[]): string {
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

  return { read };
}

const count = (node: XmlNode, name: string, most: number): number => Math.min(most, Math.max(1, Number(attributeOf(node, name) ?? 1) || 1));

/** Rows, also those in header and row groups, in order. */
const rowsOf = (node: XmlNode | undefined): XmlNode[] =>
  node === undefined
    ? []
    : elementsOf(node).flatMap((child) => {
        if (child.name === 'table-row') return [child];
        return ['table-header-rows', 'table-row-group', 'table-rows'].includes(child.name) ? rowsOf(child) : [];
      });
