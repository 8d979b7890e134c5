import type { HtmlText } from '../dom.ts';
import { type Box, boxesOf, isBox, linkDensity, weightOf } from './box.ts';

const FURNITURE: ReadonlySet<string> = new Set('nav footer aside form fieldset select button'.split(' '));
const LEAVES: ReadonlySet<string> = new Set('p pre h1 h2 h3 h4 h5 h6 blockquote table math ul ol dl figure'.split(' '));

/** Parts of a page that read like content by themselves: running text, headings, tables and lists that are not all links. */
export function plausibleParts(box: Box): Box[] {
  return boxesOf(box).flatMap((child) => {
    if (FURNITURE.has(child.tag) || weightOf(child) < 0) return [];
    const inner = LEAVES.has(child.tag) ? [] : plausibleParts(child);
    if (inner.length > 0 || child.counts.letters === 0) return inner;
    return linkDensity(child) < 0.25 ? [child] : [];
  });
}

export function textsOf(box: Box): HtmlText[] {
  return box.children.flatMap((child) => (isBox(child) ? textsOf(child) : [child]));
}
