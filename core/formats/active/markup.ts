import { descendants, type HtmlDocument, rawText } from '../html/dom.ts';
import { elementsOf, textOf, type XmlNode } from '../xml-tree.ts';
import type { ActiveKind, TellActive } from './content.ts';

type Tag = { name: string; attributes: readonly { name: string; value: string }[]; text: () => string };

/** Data and templates are kept in script elements as well. */
const SCRIPT_TYPE = /^\s*(?:$|module\b|(?:text|application)\/(?:x-)?(?:java|ecma|j|vb)script)/i;
const SCRIPT_ADDRESS = /^[\s\p{Cc}]*(?:(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|data:text\/html)/iu;
const PLAIN_MEDIA = /^(?:image|audio|video|text)\/|^application\/pdf/i;
const ADDRESSES = new Set(['href', 'xlink:href', 'src', 'action', 'formaction', 'data', 'from', 'to', 'values']);

function* kindsOf({ name, attributes, text }: Tag): Generator<ActiveKind> {
  const value = (wanted: string): string => attributes.find((attribute) => attribute.name.toLowerCase() === wanted)?.value ?? '';
  if (name === 'script' && SCRIPT_TYPE.test(value('type')) && (value('src') || value('href') || text().trim()) !== '')
    yield 'active-script';
  if (name === 'applet' || ((name === 'object' || name === 'embed') && !PLAIN_MEDIA.test(value('type')))) yield 'active-control';
  for (const attribute of attributes) {
    const key = attribute.name.toLowerCase();
    if (/^on[a-z]{3,}$/.test(key) ? attribute.value.trim() !== '' : ADDRESSES.has(key) && SCRIPT_ADDRESS.test(attribute.value))
      yield 'active-handler';
  }
}

/** Tells of the scripts of a page, and of what would start one. */
export function tellActiveHtml(document: HtmlDocument, tell: TellActive | undefined): void {
  if (tell === undefined) return;
  for (const element of descendants(document)) {
    const { tagName: name, attrs: attributes } = element;
    for (const kind of kindsOf({ name, attributes, text: () => rawText(element) })) tell(kind);
  }
}

/** The same for a drawing in SVG, or a page in XHTML: in other XML such names mean something else. */
export function tellActiveXml(root: XmlNode, tell: TellActive | undefined): void {
  if (tell === undefined || !/^(?:svg|html)$/i.test(root.name)) return;
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { name } = node;
    const attributes = Object.entries(node.attributes).map(([key, value]) => ({ name: key, value }));
    const here = node;
    for (const kind of kindsOf({ name: name.toLowerCase(), attributes, text: () => textOf(here) })) tell(kind);
    open.push(...elementsOf(node));
  }
}
