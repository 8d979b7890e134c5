import { attributeOf, childOf, type XmlNode } from '../xml-tree.ts';

/** The colour that letters stand on, in hexadecimal. */
export type Ground = string;

export const PAPER = 'FFFFFF';
/** No letters have it. */
export const UNKNOWN = 'unknown';

/** What a shade or a marker leaves of the ground around. */
export function groundOf(properties: XmlNode | undefined, around: Ground): Ground {
  const marker = attributeOf(childOf(properties, 'highlight'), 'val') ?? 'none';
  if (marker !== 'none') return marker === 'white' ? PAPER : UNKNOWN;
  const shade = childOf(properties, 'shd');
  if (shade === undefined) return around;
  if (!/^(?:clear|nil)$/.test(attributeOf(shade, 'val') ?? 'clear') || attributeOf(shade, 'themeFill') !== undefined) return UNKNOWN;
  const fill = (attributeOf(shade, 'fill') ?? 'auto').toUpperCase();
  return fill === 'AUTO' ? around : fill;
}
