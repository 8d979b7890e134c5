import type { TableElement } from '#schemas/records/extracted.ts';
import type { Collector } from '../collect.ts';
import { padRows } from '../tables.ts';
import { attributeOf, childOf, childrenOf, elementsOf, type XmlNode } from '../xml-tree.ts';
import { type Attached, type InlineContext, type Piece, readInline } from './inline.ts';
import type { Numbering } from './numbering.ts';
import { isOn, type Role, roleOf, type Style } from './styles.ts';

/** What readers of blocks need of the rest of the document. */
export type Story = InlineContext & {
  numbering: Numbering;
  /** Content that stands in a part of its own: a note, a comment, a chart, a diagram. */
  attach(attached: Exclude<Attached, { kind: 'box' | 'picture' | 'hidden' }>, out: Collector): void;
  /** Marks all that is read as repeated furniture. */
  boilerplate?: 'header' | 'footer';
};

/** No page is wider; a span that says more is an attack. */
const MAX_COLUMNS = 1_000;
const CODE_SIGNS = /[{}();=<>[\]#$]/;

const joined = (pieces: readonly Piece[], keep: (piece: Piece) => boolean): string =>
  pieces
    .filter(keep)
    .map((p) => p.text)
    .join('');

const visibleText = (pieces: readonly Piece[]): string => joined(pieces, (p) => p.hidden === undefined);

/** What is there but cannot be seen, one item per reason. */
const hiddenIn = (pieces: readonly Piece[]): Attached[] =>
  [...new Set(pieces.map((p) => p.hidden))].flatMap((reason) => {
    const text = joined(pieces, (p) => p.hidden === reason).trim();
    return reason === undefined || text === '' ? [] : [{ kind: 'hidden', reason, text }];
  });

type Paragraph = { role: Role; pieces: Piece[]; attached: Attached[]; list?: { level: number; marker: string } };

/**
 * Reads the blocks of one story (body, text box, note) in order. `onPaper` says that its ground is the white page, so
 * that white text is invisible.
 */
export function blockReader(story: Story, out: Collector, onPaper = true) {
  const furniture = story.boilerplate === undefined ? {} : { boilerplate: story.boilerplate };
  /** Text of paragraphs whose mark is deleted: it runs on into the next paragraph. */
  let carried: Piece[] = [];
  let code: string[] = [];

  function flushCode(): void {
    if (code.length > 0) out.add({ kind: 'code', text: code.join('\n'), ...furniture });
    code = [];
  }

  function read(node: XmlNode): void {
    switch (node.name) {
      case 'p':
        paragraph(node);
        break;
      case 'tbl':
        table(node);
        break;
      case 'sdt':
        contentControl(node);
        break;
      case 'AlternateContent': {
        const first = elementsOf(node)[0];
        if (first !== undefined) elementsOf(first).forEach(read);
        break;
      }
      case 'customXml':
      case 'ins':
      case 'moveTo':
      case 'sdtContent':
        elementsOf(node).forEach(read);
        break;
      case 'oMathPara':
      case 'oMath':
        paragraph({ name: 'p', prefix: '', attributes: {}, children: [node] });
        break;
      default:
    }
  }

  function contentControl(node: XmlNode): void {
    const content = childOf(node, 'sdtContent');
    if (content === undefined) return;
    const gallery = attributeOf(childOf(node, 'sdtPr', 'docPartObj', 'docPartGallery'), 'val') ?? '';
    if (!/table of contents/i.test(gallery)) {
      elementsOf(content).forEach(read);
      return;
    }
    flushCode();
    for (const p of childrenOf(content, 'p')) {
      const text = visibleText(readInline(p, story.styles.normal, onPaper, story).pieces).trim();
      out.add({ kind: 'paragraph', text, boilerplate: 'navigation' });
    }
  }

  function understand(node: XmlNode): Paragraph {
    const properties = childOf(node, 'pPr');
    const styleId = attributeOf(childOf(properties, 'pStyle'), 'val');
    const style = story.styles.get(styleId);
    const outline = attributeOf(childOf(properties, 'outlineLvl'), 'val');
    const inline = readInline(node, style, onPaper && childOf(properties, 'shd') === undefined, story);
    const pieces = [...carried, ...inline.pieces];
    carried = [];
    const list = visibleText(pieces).trim() === '' ? undefined : listOf(properties, style, styleId);
    return {
      role: roleOf(style, outline === undefined ? undefined : Number(outline)),
      pieces,
      attached: inline.attached,
      ...(list !== undefined && { list }),
    };
  }

  function listOf(properties: XmlNode | undefined, style: Style, styleId: string | undefined): Paragraph['list'] {
    const own = childOf(properties, 'numPr');
    const numId = attributeOf(childOf(own, 'numId'), 'val') ?? style.numId;
    if (numId === undefined || numId === '0') return undefined;
    const byStyle = styleId === undefined ? undefined : story.numbering.levelOfStyle(numId, styleId);
    const level = Number(attributeOf(childOf(own, 'ilvl'), 'val') ?? byStyle ?? style.listLevel ?? 0);
    if (!(level >= 0 && level <= 8)) return undefined;
    const item = story.numbering.next(numId, level);
    return item === undefined ? undefined : { level: level + 1, marker: item.marker };
  }

  function paragraph(node: XmlNode): void {
    const read = understand(node);
    if (childOf(node, 'pPr', 'rPr', 'del') !== undefined) {
      carried = read.pieces;
      place(read.attached);
      return;
    }
    const text = visibleText(read.pieces);
    if (isCode(read, text)) code.push(text.replace(/\s+$/, ''));
    else if (text.trim() !== '') {
      flushCode();
      emit(read, text.trim());
    }
    const after = [...hiddenIn(read.pieces), ...read.attached];
    if (after.length > 0) flushCode();
    place(after);
  }

  function isCode({ role, pieces }: Paragraph, text: string): boolean {
    if (text.trim() === '') return code.length > 0 && role.kind === 'code';
    return (
      role.kind === 'code' || (role.kind === 'body' && CODE_SIGNS.test(text) && pieces.every((p) => p.monospaced || p.text.trim() === ''))
    );
  }

  function emit({ role, list }: Paragraph, text: string): void {
    if (role.kind === 'heading')
      out.add({ kind: 'heading', level: role.level, text: numbered(text, list?.marker).replace(/\s+/g, ' '), ...furniture });
    else if (role.kind === 'caption') out.add({ kind: 'caption', text, ...furniture });
    else if (role.kind === 'navigation') out.add({ kind: 'paragraph', text, boilerplate: 'navigation' });
    else if (list !== undefined)
      out.add({ kind: 'list-item', level: list.level, ...(list.marker !== '' && { marker: list.marker }), text, ...furniture });
    else out.add({ kind: 'paragraph', text, ...furniture });
  }

  function place(attached: readonly Attached[]): void {
    for (const item of attached) {
      if (item.kind === 'picture') out.add({ kind: 'image', text: item.text, ...furniture });
      else if (item.kind === 'box') {
        readInside(item.content);
      } else if (item.kind === 'hidden') out.add({ kind: 'paragraph', text: item.text, hidden: item.reason, ...furniture });
      else story.attach(item, out);
    }
  }

  function readInside(node: XmlNode): void {
    const box = blockReader(story, out, false);
    elementsOf(node).forEach(box.read);
    box.end();
  }

  function table(node: XmlNode): void {
    flushCode();
    const rows = rowsOf(node);
    const only = rows.length === 1 && rows[0]?.cells.length === 1 ? rows[0].cells[0] : undefined;
    if (only !== undefined) {
      readInside(only);
      return;
    }
    const { element, attached } = readTable(rows, story);
    out.add({ ...element, ...furniture });
    place(attached);
  }

  return {
    read,
    /** Closes what is open; to be called once after the last block. */
    end(): void {
      flushCode();
      const rest = visibleText(carried).trim();
      if (rest !== '') out.add({ kind: 'paragraph', text: rest, ...furniture });
      carried = [];
    },
  };
}

const numbered = (text: string, marker: string | undefined): string => (marker === undefined || marker === '' ? text : `${marker} ${text}`);

type Row = { node: XmlNode; cells: XmlNode[] };

/** Rows and cells also stand inside content controls and markup of insertions. */
function within(node: XmlNode, name: string): XmlNode[] {
  return elementsOf(node).flatMap((child) => {
    if (child.name === name) return [child];
    return ['sdt', 'sdtContent', 'customXml', 'ins', 'moveTo'].includes(child.name) ? within(child, name) : [];
  });
}

const rowsOf = (table: XmlNode): Row[] =>
  within(table, 'tr')
    .filter((row) => childOf(row, 'trPr', 'del') === undefined)
    .map((node) => ({ node, cells: within(node, 'tc').filter((cell) => childOf(cell, 'tcPr', 'cellDel') === undefined) }));

const count = (node: XmlNode | undefined): number => Math.min(MAX_COLUMNS, Math.max(0, Number(attributeOf(node, 'val') ?? 0) || 0));

function readTable(rows: readonly Row[], story: Story): { element: TableElement; attached: Attached[] } {
  const attached: Attached[] = [];
  const texts = rows.map(({ node, cells }) => {
    const row: string[] = Array(count(childOf(node, 'trPr', 'gridBefore'))).fill('');
    for (const cell of cells) {
      const properties = childOf(cell, 'tcPr');
      const merge = childOf(properties, 'vMerge');
      const continues = merge !== undefined && attributeOf(merge, 'val') !== 'restart';
      row.push(continues ? '' : cellText(cell, story, attached));
      const span = count(childOf(properties, 'gridSpan'));
      for (let i = 1; i < span && row.length < MAX_COLUMNS; i++) row.push('');
    }
    return row;
  });
  const marked = rows.findIndex(({ node }) => !isOn(childOf(node, 'trPr', 'tblHeader')));
  const headerRows = marked > 0 ? marked : rows.length > 1 ? 1 : 0;
  return { element: { kind: 'table', rows: padRows(texts), headerRows }, attached };
}

/** A cell as one text. What cannot stand in a cell (notes, pictures, boxes) comes after the table. */
function cellText(cell: XmlNode, story: Story, attached: Attached[]): string {
  const lines: string[] = [];
  const visit = (node: XmlNode): void => {
    if (node.name === 'p') {
      const style = story.styles.get(attributeOf(childOf(node, 'pPr', 'pStyle'), 'val'));
      const inline = readInline(node, style, false, story);
      attached.push(...hiddenIn(inline.pieces), ...inline.attached);
      lines.push(visibleText(inline.pieces).trim());
    } else if (node.name === 'tbl') {
      for (const row of readNested(node, story, attached)) lines.push(row);
    } else if (!['tcPr', 'del', 'moveFrom'].includes(node.name)) elementsOf(node).forEach(visit);
  };
  elementsOf(cell).forEach(visit);
  return lines.filter((line) => line !== '').join('\n');
}

function readNested(node: XmlNode, story: Story, attached: Attached[]): string[] {
  const nested = readTable(rowsOf(node), story);
  attached.push(...nested.attached);
  return nested.element.rows.map((row) => row.filter((text) => text !== '').join(' '));
}
