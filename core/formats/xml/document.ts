import type { Element } from '#schemas/records/extracted.ts';
import { BlockWriter, tidy } from '../html/block-writer.ts';
import { htmlElements } from '../html/elements.ts';
import type { ParseLimits } from '../index.ts';
import { attributeOf, elementsOf, textOf, type XmlNode } from '../xml-tree.ts';
import { attributeFields, type Field, isLeaf, leafFields, type RecordTitle } from './fields.ts';
import * as names from './names.ts';
import { hasOwnText, isData, isEncoded, type Measures, measure } from './prose.ts';
import { recordElements } from './records.ts';
import { readXmlTable } from './table.ts';

/** With a smaller share of document markup it is data, however long its texts. */
const LEAST_MARKED = 0.2;

/** The elements of any XML: of a document its blocks, with what describes it flagged; of data its records. */
export function xmlElements(root: XmlNode, limits: ParseLimits): Element[] {
  const measures = measure(root);
  const whole = measures.get(root);
  if (!whole || whole.letters === 0 || whole.marked < whole.letters * LEAST_MARKED) return recordElements(root, limits);
  const walk = new Walk(measures, limits);
  walk.node(root, START);
  walk.out.flush();
  return walk.out.elements;
}

/**
 * `level` is that of the next heading, `list` the lists around; in a block, unknown names are inline. Values stand
 * visibly in a record, flagged in a description; `isRepeated` says that the node is one of several alike.
 */
type Place = { level: number; list: number; inBlock: boolean; inRecord: boolean; inDescription: boolean; isRepeated: boolean };
const START: Place = { level: 1, list: 0, inBlock: false, inRecord: false, inDescription: false, isRepeated: false };

class Walk {
  readonly out = new BlockWriter();
  /** 1 once the whole document has its title: sections stand below it, wherever it was. */
  #below: 0 | 1 = 0;
  /** What stands before the next text: a section's number, an admonition's weight. */
  #prefix = '';
  readonly #measures: Measures;
  readonly #limits: ParseLimits;
  readonly #lines: ValueLines;

  constructor(measures: Measures, limits: ParseLimits) {
    this.#measures = measures;
    this.#limits = limits;
    this.#lines = new ValueLines(this.out);
  }

  node(node: XmlNode, place: Place): void {
    const name = names.nameOf(node);
    if (names.isSkipped(node)) return;
    if (names.isPointer(node)) {
      this.#picture(node);
      return;
    }
    if (names.BREAKS.has(name)) this.out.lineBreak();
    else if (names.TABS.has(name)) this.out.text(' ', {});
    else if (names.isHeading(node)) this.#heading(node, place);
    else if (names.TABLES.has(name)) this.#table(node, place);
    else if (names.CODE.has(name)) this.#code(node);
    else if (names.LISTS.has(name)) this.#children(node, { ...place, list: place.list + 1, inBlock: false });
    else if (names.ITEMS.has(name) || (place.list > 0 && names.ITEMS_IN_LISTS.has(name)) || names.CITATIONS.has(name))
      this.#item(node, place);
    else if (names.CAPTIONS.has(name)) this.out.within({ kind: 'caption' }, () => this.#inline(node, place));
    else if (names.FOOTNOTES.has(name) || names.isInlineNote(node, place.inBlock)) this.#footnote(node);
    else if (names.ADMONITIONS.has(name)) this.#admonition(node, place);
    else if (names.PARAGRAPHS.has(name)) this.#paragraph(node, place);
    else if (place.inBlock) this.#inline(node, place);
    else this.#part(node, place);
  }

  #part(node: XmlNode, place: Place): void {
    const measured = this.#measures.get(node);
    if (hasOwnText(node)) this.#text(node, place);
    else if (!isData(measured) || hasTable(node)) this.#section(node, place);
    else if (!measured?.hasBlocks) this.#data(node, place);
    else this.#children(node, { ...belowHeading(node, place), inDescription: place.inDescription || names.isDescription(node) });
  }

  /** A part of a document, or a record with texts: a product with its description, an entry of a feed. Its values show. */
  #section(node: XmlNode, outer: Place): void {
    const inDescription = outer.inDescription || names.isDescription(node);
    const inRecord = !inDescription && (outer.isRepeated || this.#isRecord(node));
    const place = { ...belowHeading(node, outer), inDescription, inRecord };
    const hasValues = inRecord && elementsOf(node).some((child) => this.#isValue(child));
    const title = inDescription ? undefined : sectionName(node, hasValues);
    if (title) this.out.within({ kind: 'heading', level: Math.min(6, outer.level + this.#below) }, () => this.out.text(title.text, {}));
    if (hasValues) this.#lines.add(attributeFields(node).filter(([name]) => name !== title?.source));
    this.#children(node, title ? { ...place, level: outer.level + 1 } : place, title?.source);
  }

  /** Text stands directly in it, or several values do. */
  #isRecord(node: XmlNode): boolean {
    const children = elementsOf(node);
    if (children.some(names.isNamedBlock)) return true;
    return children.filter((child) => hasOwnText(child) && this.#isValue(child) && !names.isTaggedFact(child)).length > 1;
  }

  #isValue(node: XmlNode): boolean {
    const isNamed = names.isNamedBlock(node) || names.LABELS.has(names.nameOf(node)) || names.isSkipped(node) || names.isPointer(node);
    return !isNamed && isData(this.#measures.get(node));
  }

  /** A leaf, or text with marks in it, whose name says nothing. */
  #text(node: XmlNode, place: Place): void {
    const text = textOf(node);
    if (names.isNamedBlock(node)) this.node(node, place);
    else if (isEncoded(text)) return;
    else if (elementsOf(node).length === 0 && names.ESCAPED_HTML.test(text)) this.out.add(...htmlElements(text, { limits: this.#limits }));
    else if (isData(this.#measures.get(node))) this.#data(node, place);
    else this.#paragraph(node, place);
  }

  /** Values belong to the record or the section that they stand in; away from any text they describe the document. */
  #data(node: XmlNode, place: Place): void {
    const isFlagged = place.inDescription || names.isDescription(node) || names.isTaggedFact(node) || !place.inRecord;
    if (names.isNamedBlock(node)) this.node(node, { ...START, inDescription: place.inDescription });
    else if (isFlagged) this.out.add(...recordElements(node, this.#limits).map(asDescription));
    else if (isLeaf(node)) this.#lines.add(leafFields(node, this.#limits));
    else this.out.add(...recordElements(node, this.#limits, Math.min(6, place.level + this.#below)));
  }

  #children(node: XmlNode, place: Place, except?: XmlNode | string): void {
    const repeated = repeatedNames(node);
    for (const [i, child] of node.children.entries()) {
      if (typeof child === 'string') this.out.text(names.decodeNamed(child), {});
      else if (child !== except) {
        this.out.flush();
        if (names.LABELS.has(names.nameOf(child)) && isTitled(node.children.slice(i + 1, i + 3))) this.#prefix = `${tidy(textOf(child))} `;
        else this.node(child, { ...place, isRepeated: repeated.has(child.name) });
        this.out.flush();
      }
    }
  }

  #inline(node: XmlNode, place: Place): void {
    this.out.text(this.#prefix, {});
    this.#prefix = '';
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
    if (this.out.block.kind === 'caption') {
      this.#paragraph(node, place);
      return;
    }
    // The title in a description is that of the whole.
    const isWhole = names.isDocumentTitle(node) || (place.inDescription && this.#below === 0);
    const own = Number.parseInt(/^h([1-6])$/.exec(names.nameOf(node))?.[1] ?? attributeOf(node, 'level') ?? '', 10);
    const level = Number.isNaN(own) ? place.level - 1 : names.nameOf(node).startsWith('h') && own > 0 ? own : place.level;
    const kind = { kind: 'heading', level: place.inDescription && isWhole ? 1 : Math.min(6, Math.max(1, level + this.#below)) } as const;
    this.out.within(kind, () => this.#inline(node, place));
    if (isWhole) this.#below = 1;
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

  /** Its weight is a part of what it says: a warning without it is advice. */
  #admonition(node: XmlNode, place: Place): void {
    const title = elementsOf(node).find(names.isHeading);
    const words = [names.weightOf(node), title && tidy(textOf(title))].filter(Boolean);
    const rest = { ...node, children: node.children.filter((child) => child !== title) };
    if (words.length > 0) this.#prefix = `${words.join(' \u2013 ')}: `;
    if (hasOwnText(node) || place.inBlock) this.#paragraph(rest, place);
    else this.#children(rest, place);
    this.#prefix = '';
  }

  #footnote(node: XmlNode): void {
    const text = tidy(names.decodeNamed(spaced(node)));
    if (text !== '') this.out.beside([{ kind: 'footnote', text }]);
  }

  #picture(node: XmlNode): void {
    const text = tidy(attributeOf(node, 'alt') ?? '');
    if (text !== '') this.out.beside([{ kind: 'image', text }]);
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

/** Fields that follow each other are lines of one paragraph. */
class ValueLines {
  readonly #out: BlockWriter;
  #last: { kind: 'paragraph'; text: string } | undefined;

  constructor(out: BlockWriter) {
    this.#out = out;
  }

  add(fields: readonly Field[]): void {
    const text = fields
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n');
    if (text === '') return;
    this.#out.flush();
    if (this.#last !== undefined && this.#out.elements.at(-1) === this.#last) this.#last.text += `\n${text}`;
    else {
      this.#last = { kind: 'paragraph', text };
      this.#out.add(this.#last);
    }
  }
}

/** What describes a document has no part in its outline. */
const asDescription = (element: Element): Element =>
  element.kind === 'heading' ? { kind: 'paragraph', text: element.text, boilerplate: 'header' } : { ...element, boilerplate: 'header' };

const belowHeading = (node: XmlNode, place: Place): Place =>
  elementsOf(node).some(names.isHeading) ? { ...place, level: place.level + 1 } : place;

/** The title of a section that has no heading: a record's name, a sheet's above its table. */
function sectionName(node: XmlNode, isRecord: boolean): RecordTitle | undefined {
  const children = elementsOf(node);
  if (children.some(names.isHeading)) return undefined;
  const name = isRecord ? children.find((child) => names.nameOf(child) === 'name' && isLeaf(child)) : undefined;
  if (name) return { text: tidy(names.decodeNamed(textOf(name))), source: name };
  const attribute = hasTable(node) ? attributeFields(node).find(([key]) => key.toLowerCase() === 'name') : undefined;
  return attribute && { text: attribute[1], source: attribute[0] };
}

const hasTable = (node: XmlNode): boolean => elementsOf(node).some((child) => names.TABLES.has(names.nameOf(child)));

function repeatedNames(node: XmlNode): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of elementsOf(node)) (seen.has(name) ? repeated : seen).add(name);
  return repeated;
}

/** Whether the next element is a heading or a caption, which a number may stand before. */
function isTitled(following: readonly (XmlNode | string)[]): boolean {
  const next = following.find((child) => typeof child !== 'string' || child.trim() !== '');
  return next !== undefined && typeof next !== 'string' && (names.isHeading(next) || names.CAPTIONS.has(names.nameOf(next)));
}

/** Text whose marked parts are set apart: a name's parts, a citation's year. */
const spaced = (node: XmlNode): string =>
  node.children.map((child) => (typeof child === 'string' ? child : spaced(child))).join(hasOwnText(node) ? '' : ' ');
