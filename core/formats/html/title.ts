import { descendants, type HtmlDocument, type HtmlElement, type HtmlParent, type HtmlText, isElement, isText, rawText } from './dom.ts';
import { hiddenReason } from './visibility.ts';

/** What the page calls itself; a drawing in it may have a title, too. */
export function pageTitle(document: HtmlDocument): string | undefined {
  for (const element of descendants(document)) if (element.tagName === 'title' && element.namespaceURI === HTML) return rawText(element);
  return undefined;
}

const HTML = 'http://www.w3.org/1999/xhtml';

/** How many of a heading's words the page's title must repeat for the heading to be that title. */
const SHARED_WORDS = 0.75;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The texts of the heading that says the page's title, which often stands above the content. */
export function titleTexts(document: HtmlDocument, body: HtmlElement): HtmlText[] {
  const known = new Set(wordsOf(pageTitle(document) ?? ''));
  for (const heading of descendants(body)) {
    if (heading.tagName !== 'h1' || hiddenReason(heading) !== undefined) continue;
    const words = wordsOf(rawText(heading));
    if (words.length > 0 && words.filter((word) => known.has(word)).length >= words.length * SHARED_WORDS) return textsIn(heading);
  }
  return [];
}

const textsIn = (parent: HtmlParent): HtmlText[] =>
  parent.childNodes.flatMap((child) => (isText(child) ? [child] : isElement(child) ? textsIn(child) : []));
