import type { Boilerplate } from './html/block-writer.ts';
import { attribute, descendants, type HtmlDocument, type HtmlNode } from './html/dom.ts';

/** Takes up a link, by its target as the file writes it. */
export type TellLink = (target: string) => void;

/** A page with more of them is a directory. */
const MOST = 500;
const LONGEST = 2_000;

/** Keeps each target once. */
export function linkCollector(): { tell: TellLink; links(): { links?: string[] } } {
  const targets = new Set<string>();
  return {
    tell(target) {
      const trimmed = target.trim();
      if (targets.size < MOST && trimmed.length <= LONGEST && trimmed !== '' && !trimmed.startsWith('#')) targets.add(trimmed);
    },
    links: () => (targets.size > 0 ? { links: [...targets] } : {}),
  };
}

/** Tells of a page's links but for those of its furniture, which every page of a site has. */
export function tellHtmlLinks(
  document: HtmlDocument,
  tell: TellLink | undefined,
  boilerplateOf?: (node: HtmlNode) => Boilerplate | undefined,
): void {
  if (tell === undefined) return;
  for (const element of descendants(document)) {
    const target = element.tagName === 'a' ? attribute(element, 'href') : undefined;
    const [shown] = element.childNodes;
    if (target !== undefined && shown !== undefined && boilerplateOf?.(shown) === undefined) tell(target);
  }
}
