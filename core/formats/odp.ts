import { SluiceError } from '#core/errors.ts';
import type { Element } from '#schemas/records/extracted.ts';
import { type Collector, collector } from './collect.ts';
import type { Parse, ParseContext } from './index.ts';
import { openOdf } from './odf.ts';
import { OdtReader } from './odt/blocks.ts';
import type { OdtStyles } from './odt/styles.ts';
import { attributeOf, childOf, descendantsOf, eachSubtree, elementsOf, textOf, type XmlNode } from './xml-tree.ts';

type Slide = { styles: OdtStyles; context: ParseContext; flags: { slide: number; hidden?: string }; out: Collector };

/** An OpenDocument presentation: its slides in order, each with its speaker notes after it; hidden slides flagged. */
export const parseOdp: Parse = async (bytes, context) => {
  const out = collector(context);
  const { content, styles, metadata } = await openOdf(bytes, context, out);
  let slides = 0;
  const isSlide = (name: string, ancestors: readonly string[]): boolean => name === 'page' && ancestors.at(-1) === 'presentation';
  const whole = eachSubtree(
    content,
    isSlide,
    (page) => {
      slides += 1;
      const isHidden = styles.get(attributeOf(page, 'style-name')).invisible;
      readSlide(page, { styles, context, flags: { slide: slides, ...(isHidden && { hidden: 'hidden-slide' }) }, out });
    },
    context,
  );
  if (slides === 0) throw new SluiceError('type-mismatch', `reading ${context.name}: an OpenDocument file, but no presentation`);
  if (!whole) out.warn('malformed-xml', 'the content is cut off; what stands before the break is kept');
  return { format: 'odp', metadata, elements: out.elements, pages: slides, warnings: out.warnings };
};

const isTitle = (shape: XmlNode): boolean => attributeOf(shape, 'class') === 'title';

function readSlide(page: XmlNode, slide: Slide): void {
  const shapes = elementsOf(page);
  for (const shape of [...shapes.filter(isTitle), ...shapes.filter((s) => !isTitle(s))]) readShape(shape, slide);
  for (const text of notesOf(page, slide)) slide.out.add({ kind: 'note', text, ...slide.flags });
}

const FURNITURE: Readonly<Record<string, 'header' | 'footer' | 'page-number'>> = {
  header: 'header',
  footer: 'footer',
  'date-time': 'footer',
  'page-number': 'page-number',
};
const SHAPES = new Set(['custom-shape', 'rect', 'ellipse', 'circle', 'polygon', 'polyline', 'path', 'line', 'connector', 'caption']);

function readShape(shape: XmlNode, slide: Slide): void {
  const { styles, context, flags, out } = slide;
  if (shape.name === 'g') {
    for (const child of elementsOf(shape)) readShape(child, slide);
    return;
  }
  if (shape.name === 'annotation') {
    out.add({ kind: 'note', text: linesOf([shape], slide).join('\n'), ...flags });
    return;
  }
  if (shape.name !== 'frame' && !SHAPES.has(shape.name)) return;
  const boilerplate = FURNITURE[attributeOf(shape, 'class') ?? ''];
  if (isTitle(shape)) {
    const text = linesOf(contentsOf(shape), slide).join(' ');
    out.add({ kind: 'heading', level: 2, text, ...flags });
    return;
  }
  // A placeholder that nobody filled in shows its prompt to the author alone.
  if (attributeOf(shape, 'placeholder') === 'true') return;
  const reader = new OdtReader(styles, context, out, { ...flags, ...(boilerplate !== undefined && { boilerplate }) });
  for (const content of contentsOf(shape)) {
    if (content.name === 'table') reader.read(content);
    else reader.readAll(content);
  }
  addPicture(shape, slide);
}

/** The text box or table of a frame; a shape holds its text itself. */
const contentsOf = (shape: XmlNode): XmlNode[] =>
  shape.name === 'frame' ? elementsOf(shape).filter((child) => child.name === 'text-box' || child.name === 'table') : [shape];

function addPicture(shape: XmlNode, { flags, out }: Slide): void {
  const described = ['desc', 'title'].map((name) => textOf(childOf(shape, name)).trim()).find((text) => text !== '');
  const isPicture = childOf(shape, 'image') !== undefined && contentsOf(shape).length === 0;
  if (isPicture || described !== undefined) out.add({ kind: 'image', text: described ?? '', ...flags });
}

/** What the speaker wrote: neither the slide's picture nor the furniture of the notes page. */
function notesOf(page: XmlNode, slide: Slide): string[] {
  const notes = childOf(page, 'notes');
  if (notes === undefined) return [];
  const boxes = elementsOf(notes).filter(
    (frame) =>
      frame.name === 'frame' && FURNITURE[attributeOf(frame, 'class') ?? ''] === undefined && attributeOf(frame, 'placeholder') !== 'true',
  );
  return [boxes.flatMap((frame) => linesOf([...descendantsOf(frame, 'text-box')], slide)).join('\n')].filter((text) => text !== '');
}

function linesOf(contents: readonly XmlNode[], { styles, context }: Slide): string[] {
  const own = collector(context);
  for (const content of contents) new OdtReader(styles, context, own).readAll(content);
  return own.elements.flatMap((element: Element) => (element.kind === 'table' || element.hidden !== undefined ? [] : [element.text]));
}
