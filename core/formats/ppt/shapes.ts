import type { Element } from '#schemas/records/extracted.ts';
import type { Collector } from '../collect.ts';
import { padRows } from '../tables.ts';
import { type Atom, atomOf, atomsIn, Type } from './records.ts';
import { type SlideText, TextKind, textsOf } from './text.ts';

export type SlideFlags = { slide: number; hidden?: string };
export type Outline = readonly SlideText[];

/** Placeholders ([MS-PPT] 2.13.24) that are furniture. */
const FURNITURE: Readonly<Record<number, 'header' | 'footer' | 'page-number'>> = {
  7: 'footer',
  8: 'page-number',
  9: 'footer',
  10: 'header',
};
/** Where the speaker writes. */
const NOTES_BODY: ReadonlySet<number> = new Set([6, 12]);

const Option = { description: 0x0381, wordArt: 0x00c0, booleans: 0x03bf, table: 0x039f } as const;
const HIDDEN = 0x00020002;
const MAX_DEPTH = 50;

export type Shape = {
  texts: SlideText[];
  placeholder: number;
  description: string;
  wordArt: string;
  isHidden: boolean;
  left: number;
  top: number;
};

/** The properties of a shape by number; long ones stand behind the list, in its order ([MS-ODRAW] 2.3.1). */
function optionsOf(atom: Atom | undefined): Map<number, number | string> {
  const options = new Map<number, number | string>();
  if (atom === undefined) return options;
  const { data, instance } = atom;
  let behind = instance * 6;
  for (let at = 0; at + 6 <= Math.min(data.length, instance * 6); at += 6) {
    const head = data.readUInt16LE(at);
    const value = data.readUInt32LE(at + 2);
    if (head & 0x8000) {
      options.set(head & 0x3fff, data.toString('utf16le', behind, behind + value).replace(/\0+$/, ''));
      behind += value;
    } else options.set(head & 0x3fff, value);
  }
  return options;
}

function shapeOf(atom: Atom, { slide, outline }: { slide: number; outline: Outline }): Shape {
  const options = optionsOf(atomOf(atom, Type.ShapeOptions));
  const box = atomOf(atom, Type.ClientTextbox);
  const reference = atomOf(box, Type.OutlineTextRef);
  const referred = reference === undefined || reference.data.length < 4 ? undefined : outline[reference.data.readUInt32LE()];
  const place = atomOf(atomOf(atom, Type.ClientData), Type.Placeholder);
  const placeholder = place === undefined || place.data.length < 5 ? 0 : place.data.readUInt8(4);
  const anchor = atomOf(atom, Type.ChildAnchor)?.data;
  const hasAnchor = anchor !== undefined && anchor.length >= 8;
  const text = (option: number): string => String(options.get(option) ?? '').trim();
  const booleans = options.get(Option.booleans);
  return {
    texts: withKind(referred === undefined ? textsOf(box, slide) : [referred], placeholder),
    placeholder,
    description: text(Option.description),
    wordArt: text(Option.wordArt),
    isHidden: typeof booleans === 'number' && (booleans & HIDDEN) === HIDDEN,
    left: hasAnchor ? anchor.readInt32LE(0) : 0,
    top: hasAnchor ? anchor.readInt32LE(4) : 0,
  };
}

/** Some programs say only by the placeholder that a text is the slide's title. */
const TITLES: Readonly<Record<number, number>> = { 13: TextKind.Title, 15: TextKind.CenterTitle };

const withKind = (texts: readonly SlideText[], placeholder: number): SlideText[] => {
  const kind = TITLES[placeholder];
  return kind === undefined ? [...texts] : texts.map((text) => ({ ...text, kind }));
};

const isTitle = ({ texts }: Shape): boolean => texts.some(({ kind }) => kind === TextKind.Title || kind === TextKind.CenterTitle);

type Item = { shape: Shape } | { table: Shape[] };

/** Shapes of a drawing in the order in which they are stacked, those of groups in place; a table is a group of its cells. */
function* itemsIn(data: Buffer, context: { slide: number; outline: Outline }, depth = 0): Generator<Item> {
  if (depth > MAX_DEPTH) return;
  for (const atom of atomsIn(data)) {
    if (atom.type === Type.Shape) yield { shape: shapeOf(atom, context) };
    else if (atom.type === Type.Group && isTable(atom)) yield { table: cellsOf(atom, context) };
    else if (atom.isContainer) yield* itemsIn(atom.data, context, depth + 1);
  }
}

const isTable = (group: Atom): boolean => {
  const value = optionsOf(atomOf(atomOf(group, Type.Shape), Type.TertiaryOptions)).get(Option.table);
  return typeof value === 'number' && (value & 1) === 1;
};

const cellsOf = (group: Atom, context: { slide: number; outline: Outline }): Shape[] =>
  [...atomsIn(group.data)]
    .filter((atom) => atom.type === Type.Shape)
    .slice(1)
    .map((atom) => shapeOf(atom, context))
    .filter(({ texts }) => texts.length > 0);

const wordsOf = ({ texts }: Shape): string =>
  texts
    .flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text))
    .filter((text) => text !== '')
    .join('\n');

/** Rows and columns by where the cells begin. */
function tableOf(cells: readonly Shape[]): string[][] {
  const tops = [...new Set(cells.map(({ top }) => top))].sort((a, b) => a - b);
  const lefts = [...new Set(cells.map(({ left }) => left))].sort((a, b) => a - b);
  const rows = tops.map((): string[] => []);
  for (const cell of cells) {
    const row = rows[tops.indexOf(cell.top)];
    const column = lefts.indexOf(cell.left);
    if (row === undefined) continue;
    while (row.length < column) row.push('');
    row[column] = wordsOf(cell);
  }
  return padRows(rows);
}

/** A slide's drawing as elements: the title first, then as the shapes are stacked. */
export function addShapes(drawing: Atom | undefined, outline: Outline, flags: SlideFlags, out: Collector): void {
  if (drawing === undefined) return;
  const items = [...itemsIn(drawing.data, { slide: flags.slide, outline })];
  const isTitleItem = (item: Item): boolean => 'shape' in item && isTitle(item.shape);
  for (const item of [...items.filter(isTitleItem), ...items.filter((i) => !isTitleItem(i))]) {
    if ('shape' in item) addShape(item.shape, flags, out);
    else {
      const rows = tableOf(item.table);
      out.add({ kind: 'table', rows, headerRows: rows.length > 1 ? 1 : 0, ...flags });
    }
  }
}

function addShape(shape: Shape, slideFlags: SlideFlags, out: Collector): void {
  const flags = { ...(shape.isHidden && { hidden: 'hidden-shape' }), ...slideFlags };
  const boilerplate = FURNITURE[shape.placeholder];
  if (boilerplate !== undefined) out.add({ kind: 'paragraph', text: wordsOf(shape), ...flags, boilerplate });
  else for (const text of shape.texts) for (const element of elementsOf(text, flags)) out.add(element);
  if (shape.wordArt !== '') out.add({ kind: 'paragraph', text: shape.wordArt, ...flags });
  if (shape.description !== '') out.add({ kind: 'image', text: shape.description, ...flags });
}

function elementsOf({ kind, paragraphs }: SlideText, flags: SlideFlags): Element[] {
  const said = paragraphs.filter(({ text }) => text !== '');
  if (kind === TextKind.Title || kind === TextKind.CenterTitle) {
    const text = said.map((paragraph) => paragraph.text.replace(/\s+/g, ' ')).join(' ');
    return [{ kind: 'heading', level: kind === TextKind.CenterTitle ? 1 : 2, text, ...flags }];
  }
  return said.map(({ text, level, isBulleted }) =>
    isBulleted ? { kind: 'list-item', level: level + 1, text, ...flags } : { kind: 'paragraph', text, ...flags },
  );
}

/** What the speaker wrote on a notes page: neither the slide's picture nor the page's furniture. */
export function notesIn(drawing: Atom | undefined): string[] {
  if (drawing === undefined) return [];
  return [...itemsIn(drawing.data, { slide: 0, outline: [] })]
    .flatMap((item) => ('shape' in item ? [item.shape] : item.table))
    .filter(({ placeholder, texts }) => NOTES_BODY.has(placeholder) || (placeholder === 0 && texts.length > 0))
    .map(wordsOf)
    .filter((text) => text !== '');
}
