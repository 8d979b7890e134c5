import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { documentText, elementText, isContent } from '../document-text.ts';
import { maskDocument } from '../purify/mask-document.ts';
import type { MaskPolicy } from '../purify/policy.ts';

const CHARACTERS = 400;
/** More is masked than is shown: what is cut off at its end would not be known for what it is. */
const MASKED = CHARACTERS * 4;
/** Rows by which the columns of a table are known for what they hold. */
const ROWS = 250;

/** No more of an element than is masked for a preview. */
function cut(element: Element): Element {
  if (element.kind !== 'table') return { ...element, text: element.text.slice(0, MASKED) };
  return { ...element, rows: element.rows.slice(0, ROWS).map((cells) => cells.map((cell) => cell.slice(0, MASKED))) };
}

/** The elements with which a text begins; none follows one that was cut. */
function beginning(elements: readonly Element[]): Element[] {
  const first: Element[] = [];
  let characters = 0;
  for (const element of elements) {
    if (characters >= MASKED) break;
    if (!isContent(element)) continue;
    const next = cut(element);
    first.push(next);
    characters += elementText(next).length;
    if (element.kind === 'table' && element.rows.length > ROWS) break;
  }
  return first;
}

/** The beginning of a document's text as a reviewer may see it. `policy`: one that redacts what it finds. */
export function previewOf({ format, metadata, elements }: Pick<Extracted, 'format' | 'metadata' | 'elements'>, policy: MaskPolicy): string {
  const { masked } = maskDocument({ format, metadata, elements: beginning(elements), warnings: [] }, policy);
  const { text } = documentText(masked.elements);
  return text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)} …` : text;
}
