import { attributeOf, childOf, descendantsOf, textOf, type XmlNode } from '../xml-tree.ts';
import type { OdtStyles } from './styles.ts';

export type Attached =
  | { kind: 'box'; content: XmlNode }
  | { kind: 'picture'; text: string }
  | { kind: 'footnote' | 'note'; content: XmlNode }
  | { kind: 'hidden'; reason: string; text: string };

export type Inline = { text: string; attached: Attached[] };

/** Spaces that a file may ask for in a row; more is padding against a reader. */
const MAX_SPACES = 1_000;

/** Text and attachments of a paragraph or heading. Deleted text is not here: ODF keeps it apart, with the changes. */
export function readInline(paragraph: XmlNode, styles: OdtStyles): Inline {
  const attached: Attached[] = [];

  function walk(node: XmlNode): string {
    let text = '';
    for (const child of node.children) text += typeof child === 'string' ? child.replace(/\s+/g, ' ') : element(child);
    return text;
  }

  function element(node: XmlNode): string {
    switch (node.name) {
      case 's':
        return ' '.repeat(Math.min(MAX_SPACES, Math.max(1, Number(attributeOf(node, 'c') ?? 1) || 1)));
      case 'tab':
        return '\t';
      case 'line-break':
        return '\n';
      case 'span':
        return span(node);
      case 'note':
        attached.push({ kind: 'footnote', content: childOf(node, 'note-body') ?? node });
        return '';
      case 'annotation':
        attached.push({ kind: 'note', content: node });
        return '';
      case 'frame':
      case 'custom-shape':
      case 'rect':
      case 'ellipse':
      case 'g':
        graphic(node);
        return '';
      case 'hidden-text':
      case 'hidden-paragraph':
        attached.push({ kind: 'hidden', reason: 'hidden-text', text: attributeOf(node, 'string-value') ?? textOf(node) });
        return '';
      case 'ruby':
        return walk(childOf(node, 'ruby-base') ?? node);
      case 'tracked-changes':
      case 'annotation-end':
        return '';
      default:
        return walk(node);
    }
  }

  function span(node: XmlNode): string {
    const text = walk(node);
    const { hidden, struck } = styles.get(attributeOf(node, 'style-name'));
    if (struck) return '';
    if (text === '' || !hidden) return text;
    attached.push({ kind: 'hidden', reason: 'vanish', text });
    return '';
  }

  function graphic(node: XmlNode): void {
    const boxes = [...descendantsOf(node, 'text-box')];
    const isShape = node.name !== 'frame' && node.name !== 'g';
    for (const content of isShape ? [node] : boxes) attached.push({ kind: 'box', content });
    const text = ['desc', 'title'].map((name) => textOf([...descendantsOf(node, name)][0]).trim()).find((t) => t !== '') ?? '';
    if (text !== '' || (boxes.length === 0 && !descendantsOf(node, 'image').next().done)) attached.push({ kind: 'picture', text });
  }

  return { text: walk(paragraph), attached };
}
