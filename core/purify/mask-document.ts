import type { Config } from '#schemas/config.ts';
import type { DocumentMetadata, Element, Extracted } from '#schemas/records/extracted.ts';
import type { Span } from '../ports/pii.ts';
import { findPersonalData } from './find-personal-data.ts';
import { maskSpans } from './mask-text.ts';

type Change = (text: string) => string;

const changedElement = (element: Element, change: Change): Element =>
  element.kind === 'table' ? { ...element, rows: element.rows.map((row) => row.map(change)) } : { ...element, text: change(element.text) };

const changedMetadata = (metadata: DocumentMetadata, change: Change): DocumentMetadata =>
  Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, Array.isArray(value) ? value.map(change) : change(value)]));

/** The document with each of its texts changed, in an order that is always the same: elements, then what the file says of itself. */
function changed(extracted: Extracted, change: Change): Extracted {
  const elements = extracted.elements.map((element) => changedElement(element, change));
  return { ...extracted, elements, metadata: changedMetadata(extracted.metadata, change) };
}

/** Every text of a document that may hold personal data. */
export function textsOf(extracted: Extracted): string[] {
  const texts: string[] = [];
  changed(extracted, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** The document with personal data replaced, and how many of each type there were. `spans`: those of each of `textsOf`. */
export function maskDocument(
  extracted: Extracted,
  strategy: Config['pii']['default'],
  spans: readonly (readonly Span[])[] = textsOf(extracted).map((text) => findPersonalData(text)),
): { masked: Extracted; found: Record<string, number> } {
  if (strategy === 'keep') return { masked: extracted, found: {} };
  const found: Record<string, number> = {};
  let at = 0;
  const masked = changed(extracted, (text) => {
    const own = spans[at++] ?? [];
    for (const { type } of own) found[type] = (found[type] ?? 0) + 1;
    return maskSpans(text, own, strategy);
  });
  return { masked, found };
}
