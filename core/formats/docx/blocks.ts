import { type Collector, flagging } from '../collect.ts';
import { attributeOf, childOf, childrenOf, elementsOf, prefixedAttributeOf, type XmlNode } from '../xml-tree.ts';
import { type Ground, groundOf, PAPER, UNKNOWN } from './ground.ts';
import { type Attached, type PageBreaks, type Piece, readInline } from './inline.ts';
import { hiddenIn, type Story, visibleText } from './story.ts';
import { nestingOf, type Role, roleOf, type Style } from './styles.ts';
import { readTable, rowsOf, titleOf } from './table.ts';

const CODE_SIGNS = /[{}();=<>[\]#$]/;

type Paragraph = { role: Role; pieces: Piece[]; attached: Attached[]; breaks: PageBreaks; list?: { level: number; marker: string } };

/** Reads the blocks of one story (body, text box, note) in order. */
export class BlockReader {
  readonly #story: Story;
  readonly #out: Collector;
  readonly #ground: Ground;
  /** Text of paragraphs whose mark is deleted: it runs on into the next paragraph. */
  #carried: Piece[] = [];
  #code: string[] = [];

  constructor(story: Story, out: Collector, ground: Ground = PAPER) {
    this.#story = story;
    this.#ground = ground;
    this.#out = flagging(out, () => ({
      ...(story.boilerplate !== undefined && { boilerplate: story.boilerplate }),
      ...(story.pages !== undefined && { page: story.pages.current }),
    }));
  }

  read(node: XmlNode): void {
    switch (node.name) {
      case 'p':
        this.#paragraph(node);
        break;
      case 'tbl':
        this.#table(node);
        break;
      case 'sdt':
        this.#contentControl(node);
        break;
      case 'AlternateContent':
        this.readAll(elementsOf(node)[0]);
        break;
      case 'altChunk':
        this.#place([{ kind: 'part', id: prefixedAttributeOf(node, 'id') ?? '' }]);
        break;
      case 'customXml':
      case 'ins':
      case 'moveTo':
        this.readAll(node);
        break;
      case 'oMathPara':
      case 'oMath':
        this.#paragraph({ name: 'p', prefix: '', attributes: {}, children: [node] });
        break;
      default:
    }
  }

  readAll(parent: XmlNode | undefined): void {
    for (const node of parent === undefined ? [] : elementsOf(parent)) this.read(node);
  }

  /** Closes what is open; to be called once after the last block. */
  end(): void {
    this.#flushCode();
    this.#out.add({ kind: 'paragraph', text: visibleText(this.#carried).trim() });
    this.#carried = [];
  }

  #flushCode(): void {
    if (this.#code.length > 0) this.#out.add({ kind: 'code', text: this.#code.join('\n') });
    this.#code = [];
  }

  #contentControl(node: XmlNode): void {
    const content = childOf(node, 'sdtContent');
    const gallery = attributeOf(childOf(node, 'sdtPr', 'docPartObj', 'docPartGallery'), 'val') ?? '';
    if (!/table of contents/i.test(gallery)) {
      this.readAll(content);
      return;
    }
    this.#flushCode();
    for (const paragraph of childrenOf(content, 'p')) {
      const { pieces, breaks } = readInline(paragraph, this.#story.styles.normal, this.#ground, this.#story);
      this.#turnPages(breaks.before);
      this.#out.add({ kind: 'paragraph', text: visibleText(pieces).trim(), boilerplate: 'navigation' });
      this.#turnPages(breaks.after);
    }
  }

  #turnPages(count: number): void {
    if (this.#story.pages !== undefined) this.#story.pages.current += count;
  }

  #understand(node: XmlNode): Paragraph {
    const properties = childOf(node, 'pPr');
    const styleId = attributeOf(childOf(properties, 'pStyle'), 'val');
    const style = this.#story.styles.get(styleId);
    const outline = attributeOf(childOf(properties, 'outlineLvl'), 'val');
    const {
      pieces: own,
      attached,
      breaks,
    } = readInline(node, style, groundOf(properties, style.isShaded ? UNKNOWN : this.#ground), this.#story);
    const pieces = [...this.#carried, ...own];
    this.#carried = [];
    const list = visibleText(pieces).trim() === '' ? undefined : this.#listOf(properties, style, styleId);
    const role = roleOf(style, outline === undefined ? undefined : Number(outline));
    return { role, pieces, attached, breaks, ...(list !== undefined && { list }) };
  }

  #listOf(properties: XmlNode | undefined, style: Style, styleId: string | undefined): Paragraph['list'] {
    const { numbering } = this.#story;
    const own = childOf(properties, 'numPr');
    const numId = attributeOf(childOf(own, 'numId'), 'val') ?? style.numId;
    if (numId === undefined || numId === '0') return undefined;
    const byStyle = styleId === undefined ? undefined : numbering.levelOfStyle(numId, styleId);
    const level = Number(attributeOf(childOf(own, 'ilvl'), 'val') ?? byStyle ?? style.listLevel ?? 0);
    if (!(Number.isInteger(level) && level >= 0 && level <= 8)) return undefined;
    const item = numbering.next(numId, level);
    return item === undefined ? undefined : { level: Math.max(level, nestingOf(style)) + 1, marker: item.marker };
  }

  #paragraph(node: XmlNode): void {
    const read = this.#understand(node);
    this.#turnPages(read.breaks.before);
    if (childOf(node, 'pPr', 'rPr', 'del') !== undefined) this.#carried = read.pieces;
    else this.#write(read);
    this.#place([...(this.#carried.length > 0 ? [] : hiddenIn(read.pieces)), ...read.attached]);
    this.#turnPages(read.breaks.after);
  }

  #write(read: Paragraph): void {
    const text = visibleText(read.pieces);
    if (this.#isCode(read, text)) this.#code.push(text.trimEnd());
    else if (text.trim() !== '') {
      this.#flushCode();
      this.#emit(read, text.trim());
    }
  }

  /** An empty line goes on with code that is open; other lines are code by style, or in one typewriter face with signs of code. */
  #isCode({ role, pieces }: Paragraph, text: string): boolean {
    if (text.trim() === '') return this.#code.length > 0 && role.kind === 'code';
    if (role.kind === 'code') return true;
    return role.kind === 'body' && CODE_SIGNS.test(text) && pieces.every((p) => p.monospaced || p.text.trim() === '');
  }

  #emit({ role, list }: Paragraph, text: string): void {
    const marker = list?.marker ?? '';
    if (role.kind === 'heading')
      this.#out.add({ kind: 'heading', level: role.level, text: `${marker} ${text}`.replace(/\s+/g, ' ').trim() });
    else if (role.kind === 'caption') this.#out.add({ kind: 'caption', text });
    else if (role.kind === 'navigation') this.#out.add({ kind: 'paragraph', text, boilerplate: 'navigation' });
    else if (list !== undefined) this.#out.add({ kind: 'list-item', level: list.level, ...(marker !== '' && { marker }), text });
    else this.#out.add({ kind: 'paragraph', text });
  }

  #place(attached: readonly Attached[]): void {
    if (attached.length > 0) this.#flushCode();
    for (const item of attached) {
      if (item.kind === 'picture') this.#out.add({ kind: 'image', text: item.text });
      else if (item.kind === 'box') this.#readInside(item.content);
      else if (item.kind === 'hidden') this.#out.add({ kind: 'paragraph', text: item.text, hidden: item.reason });
      else this.#story.attach(item, this.#out);
    }
  }

  /** A frame with blocks of its own; its ground may be of any colour. */
  #readInside(node: XmlNode): void {
    const reader = new BlockReader(this.#story, this.#out, UNKNOWN);
    reader.readAll(node);
    reader.end();
  }

  #table(node: XmlNode): void {
    this.#flushCode();
    const rows = rowsOf(node);
    const only = rows.length === 1 && rows[0]?.cells.length === 1 ? rows[0].cells[0] : undefined;
    if (only !== undefined) {
      this.#readInside(only);
      return;
    }
    const { element, attached, breaks } = readTable(rows, this.#story);
    this.#turnPages(breaks.before);
    const title = titleOf(rows, element.rows);
    if (title !== undefined) this.#out.add({ kind: 'caption', text: title });
    this.#out.add(
      title === undefined ? element : { ...element, rows: element.rows.slice(1), headerRows: Math.max(1, element.headerRows - 1) },
    );
    this.#place(attached);
    this.#turnPages(breaks.after);
  }
}
