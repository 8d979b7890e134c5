import type { Boilerplate } from '../html/block-writer.ts';
import { attribute, type HtmlDocument, type HtmlElement, type HtmlNode, type HtmlParent, isElement, isText, rawText } from '../html/dom.ts';

/** Whether the element is how a mail program marks the message that is answered. */
function isQuote(element: HtmlElement): boolean {
  const id = attribute(element, 'id') ?? '';
  const className = attribute(element, 'class') ?? '';
  if (element.tagName === 'blockquote' && (attribute(element, 'type') === 'cite' || className.includes('gmail_quote'))) return true;
  if (/\b(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra)\b/.test(className)) return !isForward(element);
  return /^(?:appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION)$/.test(id) && !isForward(element);
}

const isForward = (element: HtmlElement): boolean => /^\s*-{5,}\s*Forwarded message/i.test(rawText(element).slice(0, 200));

/** Flags what an HTML body repeats at its end of an earlier message; a quote with an answer below it is content. */
export function quotesOf(document: HtmlDocument): (node: HtmlNode) => Boilerplate | undefined {
  const quoted = new Set<HtmlNode>();
  let answered = false;
  // From the end upwards, as only what trails is repeated.
  const walk = (parent: HtmlParent): void => {
    for (const child of parent.childNodes.toReversed()) {
      if (answered) return;
      if (isText(child)) answered = child.value.trim() !== '';
      else if (isElement(child) && isQuote(child)) mark(child, quoted);
      else if (isElement(child) && child.tagName !== 'style' && child.tagName !== 'head') walk(child);
    }
  };
  walk(document);
  return answered ? (node) => (quoted.has(node) ? 'quoted' : undefined) : () => undefined;
}

function mark(element: HtmlElement, quoted: Set<HtmlNode>): void {
  quoted.add(element);
  for (const child of element.childNodes) {
    if (isElement(child)) mark(child, quoted);
    else quoted.add(child);
  }
}
