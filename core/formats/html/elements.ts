import type { Element } from '#schemas/records/extracted.ts';
import type { ParseLimits } from '../index.ts';
import { blocksOf } from './blocks.ts';
import { parseDom } from './dom.ts';

/** The elements of a page or a fragment, in reading order, hidden ones flagged; nothing is taken for boilerplate. */
export const htmlElements = (html: string, options: { limits: Pick<ParseLimits, 'maxDepth'> }): Element[] =>
  blocksOf(parseDom(html, options.limits), options);
