import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { decodeText } from './encoding.ts';
import { htmlElements } from './html/elements.ts';
import type { ParseContext } from './index.ts';
import { markdownElements } from './markdown/elements.ts';
import { splitFrontMatter } from './markdown/front-matter.ts';
import { withoutGrounding } from './markdown/grounding.ts';
import { fullParser } from './markdown/inline.ts';

/** CommonMark with GFM's tables, and the header that static site generators read. The first top heading is the title, if none is named. */
export function parseMarkdown(bytes: Uint8Array, context: ParseContext): Extracted {
  const { text, broken } = decodeText(bytes, context.name);
  const { metadata, body } = splitFrontMatter(withoutGrounding(text.replaceAll('\r\n', '\n')));
  const elements = markdownBlocks(body, context);
  const title = metadata.title ?? elements.find((element) => element.kind === 'heading' && element.level === 1 && !element.hidden);
  if (typeof title === 'object' && title.kind === 'heading') metadata.title = title.text;
  return {
    format: 'md',
    metadata,
    elements,
    warnings: broken > 0 ? [{ code: 'broken-characters', message: `${broken} unreadable characters` }] : [],
  };
}

/** HTML may open in one block and close in another, so a text that holds any is read as the page it would become. */
export const markdownBlocks = (body: string, context: Pick<ParseContext, 'limits' | 'active' | 'link'>): Element[] =>
  markdownElements(body, context.link) ?? htmlElements(fullParser.render(body), context);
