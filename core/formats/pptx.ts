import { SluiceError } from '#core/errors.ts';
import { type Collector, collector } from './collect.ts';
import { bodyText } from './drawing.ts';
import { readGraphics } from './graphics.ts';
import type { Parse } from './index.ts';
import { coreProperties, type OfficePackage, openPackage, related } from './ooxml.ts';
import { placeholderOf } from './pptx/placeholders.ts';
import { readShapes, type SlideContext } from './pptx/shapes.ts';
import { type SlideSize, slideSize } from './pptx/visibility.ts';
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  elementsOf,
  parseXmlTree,
  prefixedAttributeOf,
  textOf,
  type XmlNode,
} from './xml-tree.ts';

/** A presentation: its slides in the order in which they are shown, each with its speaker notes and comments after it. */
export const parsePptx: Parse = async (bytes, context) => {
  const out = collector(context);
  const office = await openPackage(bytes, context, 'ppt/presentation.xml', out);
  const root = parseXmlTree(await office.requiredText(office.mainPart), context);
  if (root.name !== 'presentation') {
    throw new SluiceError('type-mismatch', `reading ${context.name}: the main part is <${root.name}>, not a presentation`);
  }
  const relations = await office.relations(office.mainPart);
  const slides = childrenOf(childOf(root, 'sldIdLst'), 'sldId').map((node) =>
    relations.find((r) => r.id === prefixedAttributeOf(node, 'id')),
  );
  const pages = pageReader(office);
  const size = slideSize(root);
  for (const [index, relation] of slides.entries()) {
    if (relation === undefined || relation.external) out.warn('broken-part', `slide ${index + 1} is not in the file`);
    else await readSlide(office, { path: relation.target, slide: index + 1, size }, pages, out);
  }
  return { format: 'pptx', metadata: await coreProperties(office), elements: out.elements, pages: slides.length, warnings: out.warnings };
};

type Pages = Pick<SlideContext, 'layout' | 'master'>;
type PageReader = (layoutPath: string | undefined) => Promise<Pages>;

/** What a slide shows of its layout and master: text that is no prompt for the author. */
const backgroundOf = ({ layout, master }: Pages): string[] =>
  [layout, master].flatMap((page) => {
    const tree = childOf(page, 'cSld', 'spTree');
    const shapes = tree === undefined ? [] : [...descendantsOf(tree, 'sp')];
    return shapes.filter((shape) => placeholderOf(shape) === undefined).map((shape) => bodyText(childOf(shape, 'txBody')));
  });

/** The text of backgrounds, once for all slides that show it. */
function addBackground(pages: Pages, slide: number, out: Collector): void {
  for (const text of backgroundOf(pages)) {
    const isKnown = out.elements.some((e) => e.kind === 'paragraph' && e.boilerplate === 'header' && e.text === text);
    if (!isKnown) out.add({ kind: 'paragraph', text, slide, boilerplate: 'header' });
  }
}

/** Layouts and masters, each read once however many slides take after it. */
function pageReader(office: OfficePackage): PageReader {
  const known = new Map<string, Promise<Pages>>();
  const read = async (path: string): Promise<Pages> => ({
    layout: await office.tree(path),
    master: await office.tree(related(await office.relations(path), 'slideMaster')),
  });
  return (path) => {
    if (path === undefined) return Promise.resolve({ layout: undefined, master: undefined });
    const pages = known.get(path) ?? read(path);
    known.set(path, pages);
    return pages;
  };
}

type Slide = { path: string; slide: number; size: SlideSize | undefined };

async function readSlide(office: OfficePackage, { path, slide, size }: Slide, pages: PageReader, out: Collector): Promise<void> {
  const root = await office.tree(path);
  if (root === undefined) return;
  const relations = await office.relations(path);
  const isHidden = /^(0|false)$/.test(attributeOf(root, 'show') ?? '');
  const background = await pages(related(relations, 'slideLayout'));
  const context: SlideContext = {
    slide,
    size,
    ...background,
    graphics: await readGraphics(office, relations),
    ...(isHidden && { hidden: 'hidden-slide' }),
  };
  addBackground(background, slide, out);
  readShapes(childOf(root, 'cSld', 'spTree'), context, out);
  const flags = { slide, ...(isHidden && { hidden: 'hidden-slide' }) };
  for (const text of [
    ...notesIn(await office.tree(related(relations, 'notesSlide'))),
    ...commentsIn(await office.tree(related(relations, 'comments'))),
  ]) {
    out.add({ kind: 'note', text, ...flags });
  }
}

/** What the speaker wrote: neither the slide's picture nor the furniture of the notes page. */
function notesIn(root: XmlNode | undefined): string[] {
  const texts: string[] = [];
  const visit = (node: XmlNode): void => {
    if (node.name === 'grpSp') elementsOf(node).forEach(visit);
    const type = placeholderOf(node)?.type;
    if (node.name === 'sp' && (type === undefined || type === 'body')) texts.push(bodyText(childOf(node, 'txBody')));
    if (node.name === 'graphicFrame') for (const cell of descendantsOf(node, 'tc')) texts.push(bodyText(childOf(cell, 'txBody')));
  };
  const tree = childOf(root, 'cSld', 'spTree');
  if (tree !== undefined) elementsOf(tree).forEach(visit);
  return texts.filter((text) => text !== '');
}

/** Comments of both kinds: a plain text, or since 2021 a text body. */
const commentsIn = (root: XmlNode | undefined): string[] =>
  root === undefined
    ? []
    : ['cm', 'reply']
        .flatMap((name) => [...descendantsOf(root, name)])
        .map((node) => bodyText(childOf(node, 'txBody')) || textOf(childOf(node, 'text')).trim());
