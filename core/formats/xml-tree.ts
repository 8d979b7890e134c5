import { Parser } from 'htmlparser2';
import { SluiceError } from '#core/errors.ts';
import type { ParseContext } from './index.ts';

/** An element of office XML. Names are local: producers choose prefixes freely, and the strict variants other namespaces. */
export type XmlNode = {
  readonly name: string;
  readonly prefix: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlNode | string)[];
};

type XmlHandler = {
  open?(name: string, attributes: Readonly<Record<string, string>>, prefix: string): void;
  close?(name: string): void;
  text?(text: string): void;
};

/**
 * Text of an XML part by its byte order mark or declaration; the standards say UTF-8 otherwise. A declaration of UTF-16
 * that can be read byte by byte is wrong.
 */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0x3c && bytes[1] === 0) return new TextDecoder('utf-16le').decode(bytes);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^(?:ï»¿)?<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
  try {
    return new TextDecoder(declared === undefined || /^(utf-?16|ucs|iso-10646)/i.test(declared) ? 'utf-8' : declared).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Walks XML without building it. Entities of a DOCTYPE are never expanded (they stay as written). Answers whether the
 * markup was whole: false when elements were left open, which is how a cut-off part shows.
 * Throws `too-complex` beyond the depth limit and `corrupt` when there is no element at all.
 */
function scanXml(text: string, handler: XmlHandler, { name, limits }: ParseContext): boolean {
  let depth = 0;
  let seen = false;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        seen = true;
        depth += 1;
        if (depth > limits.maxDepth) throw new SluiceError('too-complex', `reading ${name}: XML nested deeper than ${limits.maxDepth}`);
        handler.open?.(localName(tag), attributes, tag.slice(0, Math.max(0, tag.indexOf(':'))));
      },
      onclosetag(tag) {
        depth -= 1;
        handler.close?.(localName(tag));
      },
      ontext(data) {
        handler.text?.(data);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(text);
  const whole = depth === 0;
  parser.end();
  if (!seen) throw new SluiceError('corrupt', `reading ${name}: a part that should be XML holds none`);
  return whole;
}

/** Nodes of one subtree: a table of 100,000 cells has a million. More would not fit a parser's memory. */
const MAX_NODES = 2_500_000;

/**
 * Builds one subtree at a time, of the elements that `isRoot` picks by local name and the names above it, and hands
 * each over when it closes: memory holds one block of a long document, not all of it.
 */
export function eachSubtree(
  text: string,
  isRoot: (name: string, ancestors: readonly string[]) => boolean,
  visit: (node: XmlNode, ancestors: readonly string[]) => void,
  context: ParseContext,
): boolean {
  const ancestors: string[] = [];
  const building: XmlNode[] = [];
  let nodes = 0;
  return scanXml(
    text,
    {
      open(name, attributes, prefix) {
        const parent = building.at(-1);
        if (parent !== undefined || isRoot(name, ancestors)) {
          nodes = parent === undefined ? 1 : nodes + 1;
          if (nodes > MAX_NODES)
            throw new SluiceError('too-complex', `reading ${context.name}: a block of more than ${MAX_NODES} XML elements`);
          const node: XmlNode = { name, prefix, attributes, children: [] };
          parent?.children.push(node);
          building.push(node);
        } else ancestors.push(name);
      },
      close() {
        const node = building.pop();
        if (node === undefined) ancestors.pop();
        else if (building.length === 0) visit(node, ancestors);
      },
      text(data) {
        const children = building.at(-1)?.children;
        const last = children?.at(-1);
        if (children !== undefined && typeof last === 'string') children[children.length - 1] = last + data;
        else children?.push(data);
      },
    },
    context,
  );
}

const EMPTY: XmlNode = { name: '', prefix: '', attributes: {}, children: [] };

/** The whole tree under the root element. */
export function parseXmlTree(text: string, context: ParseContext): XmlNode {
  let root = EMPTY;
  eachSubtree(
    text,
    () => true,
    (node) => {
      if (root === EMPTY) root = node;
    },
    context,
  );
  return root;
}

export const elementsOf = (node: XmlNode): XmlNode[] => node.children.filter((child) => typeof child !== 'string');

export const childrenOf = (node: XmlNode | undefined, name: string): XmlNode[] =>
  node === undefined ? [] : elementsOf(node).filter((child) => child.name === name);

export const childOf = (node: XmlNode | undefined, ...path: string[]): XmlNode | undefined => {
  let found = node;
  for (const name of path) found = found?.children.find((child): child is XmlNode => typeof child !== 'string' && child.name === name);
  return found;
};

/** An attribute by its local name, with or without a prefix. */
export function attributeOf(node: XmlNode | undefined, name: string): string | undefined {
  if (node === undefined) return undefined;
  const plain = node.attributes[name];
  if (plain !== undefined) return plain;
  const key = Object.keys(node.attributes).find((k) => k.endsWith(name) && k[k.length - name.length - 1] === ':');
  return key === undefined ? undefined : node.attributes[key];
}

/** An attribute that must have a prefix, as `r:id` beside a plain `id`. */
export function prefixedAttributeOf(node: XmlNode | undefined, name: string): string | undefined {
  const key = node === undefined ? undefined : Object.keys(node.attributes).find((k) => k.endsWith(`:${name}`));
  return key === undefined ? undefined : node?.attributes[key];
}

/** Elements of that name at any depth, in document order; does not look inside a match. */
export function* descendantsOf(node: XmlNode, name: string): Generator<XmlNode> {
  for (const child of node.children) {
    if (typeof child === 'string') continue;
    if (child.name === name) yield child;
    else yield* descendantsOf(child, name);
  }
}

/** All text under a node. */
export const textOf = (node: XmlNode | undefined): string =>
  node === undefined ? '' : node.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
