import type { Boilerplate } from '../html/block-writer.ts';
import {
  attribute,
  descendants,
  type HtmlDocument,
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  isElement,
  isText,
  rawText,
} from '../html/dom.ts';

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
  for (const element of descendants(document)) if (attribute(element, 'id') === 'divRplyFwdMsg') markRest(element, quoted);
  return answered ? (node) => (quoted.has(node) ? 'quoted' : undefined) : () => undefined;
}

/** Outlook puts the answered message not into its separator, but after it. */
function markRest(separator: HtmlElement, quoted: Set<HtmlNode>): void {
  for (let at: HtmlElement | undefined = separator; at?.parentNode && 'childNodes' in at.parentNode; ) {
    const siblings: readonly HtmlNode[] = at.parentNode.childNodes;
    for (const sibling of siblings.slice(siblings.indexOf(at) + (at === separator ? 0 : 1))) {
      if (isElement(sibling)) mark(sibling, quoted);
      else quoted.add(sibling);
    }
    at = 'tagName' in at.parentNode ? at.parentNode : undefined;
  }
}

function mark(element: HtmlElement, quoted: Set<HtmlNode>): void {
  quoted.add(element);
  for (const child of element.childNodes) {
    if (isElement(child)) mark(child, quoted);
    else quoted.add(child);
  }
}
