import type { Element } from '#schemas/records/extracted.ts';
import { BlockWriter, tidy } from '../html/block-writer.ts';
import { htmlElements } from '../html/elements.ts';
import type { ParseLimits } from '../index.ts';
import { attributeOf, elementsOf, textOf, type XmlNode } from '../xml-tree.ts';
import * as names from './names.ts';
import { hasOwnText, isData, isEncoded, type Measures, measure } from './prose.ts';
import { recordElements } from './records.ts';
import { readXmlTable } from './table.ts';

/** Markup that was escaped into text, as feeds and financial reports do. */
const ESCAPED_HTML = /<(?:p|div|span|br|ul|ol|li|table|h[1-6]|b|i|em|strong|a|font|img)\b[^>]*>/i;
/** With less running text than this it is data with a remark here and there. */
const LEAST_PROSE = 0.2;

/** The elements of any XML: of a document its blocks, with what describes it flagged; of data its records. */
export function xmlElements(root: XmlNode, limits: ParseLimits): Element[] {
  const measures = measure(root);
  const whole = measures.get(root);
  if (!whole || whole.prose < whole.letters * LEAST_PROSE || whole.letters === 0) return recordElements(root);
  const walk = new Walk(measures, limits);
  walk.node(root, { level: 1, list: 0, inBlock: false });
  walk.out.flush();
  return walk.out.elements;
}

/** `level` is that of the next heading, `list` the lists around; in a block, unknown names are inline. */
type Place = { level: number; list: number; inBlock: boolean };

class Walk {
  readonly out = new BlockWriter();
  /** 1 once the whole document has its title: sections stand below it, wherever it was. */
  #below: 0 | 1 = 0;
  readonly #measures: Measures;
  readonly #limits: ParseLimits;

  constructor(measures: Measures, limits: ParseLimits) {
    this.#measures = measures;
    this.#limits = limits;
  }

  node(node: XmlNode, place: Place): void {
    const name = names.nameOf(node);
    if (names.isSkipped(node)) return;
    if (names.BREAKS.has(name)) this.out.lineBreak();
    else if (names.TABS.has(name)) this.out.text(' ', {});
    else if (names.isHeading(node)) this.#heading(node, place);
    else if (names.TABLES.has(name)) this.#table(node, place);
    else if (names.CODE.has(name)) this.#code(node);
    else if (names.LISTS.has(name)) this.#children(node, { ...place, list: place.list + 1, inBlock: false });
    else if (names.ITEMS.has(name) || (place.list > 0 && names.ITEMS_IN_LISTS.has(name)) || names.CITATIONS.has(name))
      this.#item(node, place);
    else if (names.CAPTIONS.has(name)) this.out.within({ kind: 'caption' }, () => this.#inline(node, place));
    else if (names.FOOTNOTES.has(name)) this.#footnote(node);
    else if (names.PARAGRAPHS.has(name)) this.#paragraph(node, place);
    else if (place.inBlock) this.#inline(node, place);
    else this.#part(node, place);
  }

  #part(node: XmlNode, place: Place): void {
    const measured = this.#measures.get(node);
    if (hasOwnText(node)) this.#text(node, place);
    else if (isData(measured) && !measured?.hasBlocks) this.#data(node);
    else if (isData(measured)) this.#dataWithBlocks(node, place);
    else this.#children(node, belowHeading(node, place));
  }

  #dataWithBlocks(node: XmlNode, outer: Place): void {
    const place = belowHeading(node, outer);
    for (const child of elementsOf(node)) {
      this.out.flush();
      if (names.isNamedBlock(child)) this.node(child, place);
      else this.#part(child, place);
    }
  }

  /** A leaf, or text with marks in it, whose name says nothing. */
  #text(node: XmlNode, place: Place): void {
    const text = textOf(node);
    if (names.isNamedBlock(node)) this.node(node, place);
    else if (isEncoded(text)) return;
    else if (elementsOf(node).length === 0 && ESCAPED_HTML.test(text)) this.out.add(...htmlElements(text, { limits: this.#limits }));
    else if (isData(this.#measures.get(node))) this.#data(node);
    else this.#paragraph(node, place);
  }

  #data(node: XmlNode): void {
    if (names.isNamedBlock(node)) this.node(node, { level: 1, list: 0, inBlock: false });
    else if (elementsOf(node).length > 0) this.#flagged(recordElements(node));
    else if (textOf(node).trim() !== '')
      this.#flagged([{ kind: 'paragraph', text: `${node.name}: ${tidy(names.decodeNamed(textOf(node)))}` }]);
  }

  #flagged(elements: readonly Element[]): void {
    this.out.add(...elements.map((element): Element => ({ ...element, boilerplate: 'header' })));
  }

  #children(node: XmlNode, place: Place): void {
    for (const child of node.children) {
      if (typeof child === 'string') this.out.text(names.decodeNamed(child), {});
      else {
        this.out.flush();
        this.node(child, place);
        this.out.flush();
      }
    }
  }

  #inline(node: XmlNode, place: Place): void {
    for (const child of node.children) {
      if (typeof child === 'string') this.out.text(names.decodeNamed(child), {});
      else this.node(child, { ...place, inBlock: true });
    }
  }

  #paragraph(node: XmlNode, place: Place): void {
    if (this.out.block.kind === 'paragraph') this.out.within({ kind: 'paragraph' }, () => this.#inline(node, place));
    else {
      // A paragraph of a list item or a caption is a line of it.
      this.out.lineEnd();
      this.#inline(node, place);
      this.out.lineEnd();
    }
  }

  #heading(node: XmlNode, place: Place): void {
    const own = Number.parseInt(/^h([1-6])$/.exec(names.nameOf(node))?.[1] ?? attributeOf(node, 'level') ?? '', 10);
    const level = Number.isNaN(own) ? place.level - 1 : names.nameOf(node).startsWith('h') && own > 0 ? own : place.level;
    const kind = { kind: 'heading', level: Math.min(6, Math.max(1, level + this.#below)) } as const;
    this.out.within(kind, () => this.#inline(node, place));
    if (names.isDocumentTitle(node)) this.#below = 1;
  }

  #item(node: XmlNode, place: Place): void {
    const isRecord = names.CITATIONS.has(names.nameOf(node));
    if (place.inBlock && isRecord) {
      this.#inline(node, place);
      return;
    }
    this.out.within({ kind: 'list-item', level: Math.max(1, place.list) }, () => {
      if (isRecord) this.out.text(names.decodeNamed(spaced(node)), {});
      else this.#inline(node, place);
    });
  }

  #footnote(node: XmlNode): void {
    const text = tidy(names.decodeNamed(spaced(node)));
    if (text !== '') this.out.beside([{ kind: 'footnote', text }]);
  }

  #code(node: XmlNode): void {
    const text = textOf(node)
      .replace(/^\s*\n/, '')
      .trimEnd();
    const language = attributeOf(node, 'language') ?? attributeOf(node, 'lang');
    if (text.trim() !== '') this.out.add({ kind: 'code', ...(language ? { language } : {}), text });
  }

  #table(node: XmlNode, place: Place): void {
    const table = readXmlTable(node);
    if (!table) {
      this.#children(node, { ...place, inBlock: false });
      return;
    }
    for (const text of table.captions) if (text !== '') this.out.add({ kind: 'caption', text });
    this.out.add({ kind: 'table', rows: table.rows, headerRows: Math.min(table.headerRows, table.rows.length) });
  }
}

const belowHeading = (node: XmlNode, place: Place): Place =>
  elementsOf(node).some(names.isHeading) ? { ...place, level: place.level + 1 } : place;

/** Text whose marked parts are set apart: a name's parts, a citation's year. */
const spaced = (node: XmlNode): string =>
  node.children.map((child) => (typeof child === 'string' ? child : spaced(child))).join(hasOwnText(node) ? '' : ' ');
