import type { Element } from '#schemas/records/extracted.ts';
import { tellActiveHtml } from '../active/markup.ts';
import type { ParseContext, ParseLimits } from '../index.ts';
import { tellHtmlLinks } from '../links.ts';
import { blocksOf } from './blocks.ts';
import { parseDom } from './dom.ts';

type Options = Pick<ParseContext, 'active' | 'link'> & { limits: Pick<ParseLimits, 'maxDepth'> };

/** The elements of a page or a fragment, in reading order, hidden ones flagged; nothing is taken for boilerplate. */
export function htmlElements(html: string, { limits, active, link }: Options): Element[] {
  const document = parseDom(html, limits);
  tellActiveHtml(document, active);
  tellHtmlLinks(document, link);
  return blocksOf(document, { limits });
}
