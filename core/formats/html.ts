import type { Extracted } from '#schemas/records/extracted.ts';
import { tellActiveHtml } from './active/markup.ts';
import { blocksOf } from './html/blocks.ts';
import { parseDom } from './html/dom.ts';
import { decodeHtml } from './html/encoding.ts';
import { furnitureOf } from './html/main-content.ts';
import { htmlMetadata } from './html/metadata.ts';
import type { ParseContext } from './index.ts';
import { tellHtmlLinks } from './links.ts';

export { htmlElements } from './html/elements.ts';

/** A web page: its content, what is hidden in it and its furniture (navigation, banners, comments) flagged. */
export function parseHtml(bytes: Uint8Array, { name, limits, active, link }: ParseContext): Extracted {
  const { text, broken } = decodeHtml(bytes, name);
  const document = parseDom(text, limits);
  tellActiveHtml(document, active);
  const boilerplateOf = furnitureOf(document);
  const elements = blocksOf(document, { limits, boilerplateOf });
  tellHtmlLinks(document, link, boilerplateOf);
  const warnings = broken > 0 ? [{ code: 'broken-characters', message: `${broken} unreadable characters` }] : [];
  const metadata = htmlMetadata(document);
  const heading = elements.find((element) => element.kind === 'heading' && element.level === 1 && !element.hidden);
  if (metadata.title === undefined && heading?.kind === 'heading') metadata.title = heading.text;
  return { format: 'html', metadata, elements, warnings };
}
