import type { TableElement, TextElement } from '#schemas/records/extracted.ts';
import type { Collector } from '../collect.ts';
import { alternativeText, bodyText, drawingTable, paragraphText } from '../drawing.ts';
import { attributeOf, childOf, childrenOf, descendantsOf, elementsOf, prefixedAttributeOf, type XmlNode } from '../xml-tree.ts';
import { inheritedBullet, ownBullet, type Placeholder, placeholderOf, propertiesOf } from './placeholders.ts';
import { hiddenShape, isTiny, type SlideSize } from './visibility.ts';

export type SlideContext = {
  slide: number;
  /** Why nobody sees the slide. */
  hidden?: string;
  size: SlideSize | undefined;
  layout: XmlNode | undefined;
  master: XmlNode | undefined;
  /** Charts and diagrams by relation id. */
  graphics: ReadonlyMap<string, readonly (TableElement | TextElement)[]>;
};

type Flags = { slide: number; hidden?: string; boilerplate?: 'header' | 'footer' | 'page-number' };

const FURNITURE: Readonly<Record<string, Flags['boilerplate']>> = { ftr: 'footer', dt: 'footer', hdr: 'header', sldNum: 'page-number' };

const isTitle = (placeholder: Placeholder | undefined): boolean => placeholder?.type === 'title' || placeholder?.type === 'ctrTitle';

/** The shapes of a slide's tree in the order in which they are read: the title first, then as they are stacked. */
export function readShapes(tree: XmlNode | undefined, context: SlideContext, out: Collector): void {
  const shapes = tree === undefined ? [] : elementsOf(tree);
  const titles = shapes.filter((shape) => shape.name === 'sp' && isTitle(placeholderOf(shape)));
  for (const shape of [...titles, ...shapes.filter((s) => !titles.includes(s))]) readShape(shape, context, out);
}

function readShape(shape: XmlNode, context: SlideContext, out: Collector): void {
  const drawn = childOf(propertiesOf(shape), 'cNvPr');
  const hidden = context.hidden ?? hiddenShape(shape, context.size);
  const flags: Flags = { slide: context.slide, ...(hidden !== undefined && { hidden }) };
  switch (shape.name) {
    case 'sp':
    case 'cxnSp':
      readText(shape, flags, context, out);
      break;
    case 'grpSp':
      for (const child of elementsOf(shape))
        readShape(child, { ...context, size: undefined, ...(hidden !== undefined && { hidden }) }, out);
      return;
    case 'AlternateContent': {
      const first = elementsOf(shape)[0];
      for (const child of first === undefined ? [] : elementsOf(first)) readShape(child, context, out);
      return;
    }
    case 'pic':
      out.add({ kind: 'image', text: alternativeText(drawn), ...flags });
      break;
    case 'graphicFrame':
      readFrame(shape, flags, context, out);
      break;
    default:
  }
}

function readFrame(frame: XmlNode, flags: Flags, context: SlideContext, out: Collector): void {
  for (const table of descendantsOf(frame, 'tbl')) out.add({ ...drawingTable(table), ...flags });
  for (const reference of [...descendantsOf(frame, 'chart'), ...descendantsOf(frame, 'relIds')]) {
    const id = prefixedAttributeOf(reference, reference.name === 'chart' ? 'id' : 'dm') ?? '';
    for (const element of context.graphics.get(id) ?? []) out.add({ ...element, ...flags });
  }
}

function readText(shape: XmlNode, flags: Flags, context: SlideContext, out: Collector): void {
  const body = childOf(shape, 'txBody');
  const placeholder = placeholderOf(shape);
  const boilerplate = placeholder === undefined ? undefined : FURNITURE[placeholder.type];
  if (boilerplate !== undefined) {
    out.add({ kind: 'paragraph', text: bodyText(body), ...flags, boilerplate });
    return;
  }
  if (placeholder !== undefined && isTitle(placeholder)) {
    const level = placeholder.type === 'ctrTitle' ? 1 : 2;
    out.add({ kind: 'heading', level, text: bodyText(body).replace(/\s+/g, ' '), ...flags });
    return;
  }
  const counts: number[] = [];
  for (const paragraph of childrenOf(body, 'p')) {
    const text = paragraphText(paragraph).trim();
    const properties = childOf(paragraph, 'pPr');
    const level = Math.min(8, Math.max(0, Number(attributeOf(properties, 'lvl') ?? 0) || 0));
    const own = ownBullet(properties, childOf(body, 'lstStyle'), level);
    const bullet = own ?? (placeholder === undefined ? false : inheritedBullet(placeholder, level, context.layout, context.master));
    if (text === '') continue;
    counts.length = Math.min(counts.length, level + 1);
    const marker = bullet ? numberOf(properties, level, counts) : undefined;
    const shown = { ...(isTiny(paragraph) && { hidden: 'tiny-text' }), ...flags };
    if (bullet) out.add({ kind: 'list-item', level: level + 1, ...(marker !== undefined && { marker }), text, ...shown });
    else out.add({ kind: 'paragraph', text, ...shown });
  }
}

/** The number of an automatically numbered paragraph, counted per level within its shape. */
function numberOf(properties: XmlNode | undefined, level: number, counts: number[]): string | undefined {
  const scheme = childOf(properties, 'buAutoNum');
  if (scheme === undefined) return undefined;
  const n = (counts[level] ?? (Number(attributeOf(scheme, 'startAt') ?? 1) || 1) - 1) + 1;
  counts[level] = n;
  const type = attributeOf(scheme, 'type') ?? '';
  const letter = String.fromCharCode(97 + ((n - 1) % 26));
  const text = type.startsWith('alphaLc') ? letter : type.startsWith('alphaUc') ? letter.toUpperCase() : String(n);
  return type.endsWith('ParenBoth') ? `(${text})` : type.endsWith('ParenR') ? `${text})` : type.endsWith('Plain') ? text : `${text}.`;
}
