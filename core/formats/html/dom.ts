import { type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, defaultTreeAdapter, Parser, type Token } from 'parse5';
import { SluiceError } from '#core/errors.ts';
import type { ParseLimits } from '../index.ts';

export type HtmlDocument = DefaultTreeAdapterTypes.Document;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlText = DefaultTreeAdapterTypes.TextNode;
export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlParent = HtmlDocument | HtmlElement;

/** Browsers nest no deeper than this either: what lies deeper stands beside, not inside, its parent. */
const MAX_DEPTH = 512;
/** Misnested formatting makes a parser create many more elements than there are tags: in honest pages one per 10 characters. */
const elementLimit = (html: string): number => 100_000 + Math.floor(html.length / 3);

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Their content is raw text only if the parser sees their start. */
const RAW = new Set('script style textarea title xmp iframe noembed noframes plaintext template'.split(' '));

/** A standard HTML parser that leaves out the tags (not the text) below a depth, so that the tree can be walked recursively. */
class FlatteningParser extends Parser<DefaultTreeAdapterMap> {
  maxDepth = MAX_DEPTH;
  readonly #leftOut = new Map<string, number>();

  override onStartTag(token: Token.TagToken): void {
    const { tagName } = token;
    if (this.openElements.depth < this.maxDepth || VOID.has(tagName) || RAW.has(tagName)) super.onStartTag(token);
    else if (!token.selfClosing) this.#leftOut.set(tagName, (this.#leftOut.get(tagName) ?? 0) + 1);
  }

  override onEndTag(token: Token.TagToken): void {
    const open = this.#leftOut.get(token.tagName) ?? 0;
    if (open === 0) super.onEndTag(token);
    else this.#leftOut.set(token.tagName, open - 1);
  }
}

/** The tree a browser would build, without running scripts; never deeper than 520 elements. */
export function parseDom(html: string, limits: Pick<ParseLimits, 'maxDepth'>): HtmlDocument {
  let elements = 0;
  const most = elementLimit(html);
  const parser = new FlatteningParser({
    scriptingEnabled: false,
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(tagName, namespace, attrs) {
        elements += 1;
        if (elements > most) throw new SluiceError('too-complex', `reading HTML: more than ${most} elements in ${html.length} characters`);
        return defaultTreeAdapter.createElement(tagName, namespace, attrs);
      },
    },
  });
  parser.maxDepth = Math.min(MAX_DEPTH, limits.maxDepth);
  parser.tokenizer.write(html, true);
  return parser.document;
}

export const isElement = (node: HtmlNode | HtmlParent): node is HtmlElement => 'tagName' in node;
export const isText = (node: HtmlNode): node is HtmlText => node.nodeName === '#text';

export function attribute(element: HtmlElement, name: string): string | undefined {
  for (const attr of element.attrs) if (attr.name === name) return attr.value;
  return undefined;
}

export const childElements = (parent: HtmlParent): HtmlElement[] => parent.childNodes.filter(isElement);

/** Every element below `parent`, in document order. A stack, as nested generators cost their depth for every step. */
export function* descendants(parent: HtmlParent): Generator<HtmlElement> {
  const open = childElements(parent).toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    for (let i = next.childNodes.length - 1; i >= 0; i--) {
      const child = next.childNodes[i];
      if (child && isElement(child)) open.push(child);
    }
  }
}

export function findElement(parent: HtmlParent, tagName: string): HtmlElement | undefined {
  for (const element of descendants(parent)) if (element.tagName === tagName) return element;
  return undefined;
}

/** All text below, whatever shows it, as written. */
export function rawText(node: HtmlParent): string {
  let text = '';
  for (const child of node.childNodes) {
    if (isText(child)) text += child.value;
    else if (isElement(child)) text += child.tagName === 'br' ? '\n' : rawText(child);
  }
  return text;
}
