import { attributeOf, childOf, childrenOf, descendantsOf, type XmlNode } from '../xml-tree.ts';
import { propertiesOf } from './placeholders.ts';

export type SlideSize = { width: number; height: number };

/** A hundredth of a point each; text this small is meant not to be read. */
const TINY = 200;

/** The size of all slides; undefined where the file does not say. */
export function slideSize(presentation: XmlNode): SlideSize | undefined {
  const size = childOf(presentation, 'sldSz');
  const [width = 0, height = 0] = ['cx', 'cy'].map((name) => Number(attributeOf(size, name)));
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** Why nobody sees a shape. `size`: undefined for the shapes of a group, which are placed within it. */
export function hiddenShape(shape: XmlNode, size: SlideSize | undefined): string | undefined {
  if (/^(1|true)$/.test(attributeOf(childOf(propertiesOf(shape), 'cNvPr'), 'hidden') ?? '')) return 'hidden-shape';
  return size !== undefined && isBeside(shape, size) ? 'off-page' : undefined;
}

function isBeside(shape: XmlNode, { width, height }: SlideSize): boolean {
  const place = childOf(shape, 'xfrm') ?? childOf(childOf(shape, 'spPr') ?? childOf(shape, 'grpSpPr'), 'xfrm');
  const number = (node: string, name: string): number => Number(attributeOf(childOf(place, node), name) ?? Number.NaN);
  const [x, y] = [number('off', 'x'), number('off', 'y')];
  return x >= width || y >= height || x + number('ext', 'cx') <= 0 || y + number('ext', 'cy') <= 0;
}

/** Whether all that a paragraph says is too small to be read. */
export function isTiny(paragraph: XmlNode): boolean {
  const runs = childrenOf(paragraph, 'r').filter((run) => [...descendantsOf(run, 't')].length > 0);
  return runs.length > 0 && runs.every((run) => Number(attributeOf(childOf(run, 'rPr'), 'sz') ?? Number.NaN) <= TINY);
}
