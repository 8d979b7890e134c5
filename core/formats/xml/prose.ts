import { elementsOf, textOf, type XmlNode } from '../xml-tree.ts';
import { CELLS, ESCAPED_HTML, ITEMS, isNamedBlock, isSkipped, LISTS, nameOf, PARAGRAPHS, ROWS } from './names.ts';

/**
 * What lies under a node: all letters, those that stand in running text, those that document markup holds (paragraphs,
 * lists, tables, text with marks in it), and whether any block is named as one.
 */
export type Measure = { letters: number; prose: number; marked: number; hasBlocks: boolean };

/** Words that follow each other like those of a sentence: a name, a code or a date is shorter. */
function isProse(text: string): boolean {
  const letters = countLetters(text);
  if (letters < 40) return false;
  const words = text.trim().split(/\s+/).length;
  return words >= 8 || (words < letters / 20 && /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{10}/.test(text));
}

const countLetters = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

export const hasOwnText = (node: XmlNode): boolean => node.children.some((child) => typeof child === 'string' && child.trim() !== '');

/** Long unbroken runs of base64 are pictures and fonts, not text. */
export const isEncoded = (text: string): boolean =>
  text.length > 200 && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) && !/[A-Za-z]{1,20} [A-Za-z]{1,20} /.test(text);

export type Measures = ReadonlyMap<XmlNode, Measure>;

/** Measures every node that holds other elements; those with text of their own count as one stretch. */
export function measure(root: XmlNode): Measures {
  const measures = new Map<XmlNode, Measure>();
  const visit = (node: XmlNode, parent: string): Measure => {
    const isText = hasOwnText(node) || PARAGRAPHS.has(nameOf(node)) || isPlainCell(node, parent);
    const result = isSkipped(node) ? { ...NOTHING } : isText ? stretch(node, parent) : { ...NOTHING };
    if (!isText) {
      for (const child of elementsOf(node)) {
        const inner = visit(child, nameOf(node));
        result.letters += inner.letters;
        result.prose += inner.prose;
        result.marked += inner.marked;
        result.hasBlocks ||= inner.hasBlocks || isNamedBlock(child);
      }
    }
    measures.set(node, result);
    return result;
  };
  visit(root, '');
  return measures;
}

const NOTHING: Measure = { letters: 0, prose: 0, marked: 0, hasBlocks: false };

function stretch(node: XmlNode, parent: string): Measure {
  const text = textOf(node);
  if (isEncoded(text)) return { ...NOTHING };
  const letters = countLetters(text);
  const prose = isProse(text) || PARAGRAPHS.has(nameOf(node)) ? letters : 0;
  return { letters, prose, marked: isMarked(node, parent, prose > 0 && text) ? letters : 0, hasBlocks: false };
}

const isPlainCell = (node: XmlNode, parent: string): boolean => ROWS.has(parent) && CELLS.has(nameOf(node)) && elementsOf(node).length <= 1;

function isMarked(node: XmlNode, parent: string, prose: string | false): boolean {
  const name = nameOf(node);
  if (PARAGRAPHS.has(name) || (LISTS.has(parent) && ITEMS.has(name)) || isPlainCell(node, parent)) return true;
  return prose !== false && (elementsOf(node).length > 0 || ESCAPED_HTML.test(prose));
}

/** A part that holds names, codes and dates only. */
export const isData = (measured: Measure | undefined): boolean =>
  measured !== undefined && (measured.letters === 0 || measured.prose < measured.letters * 0.1);
