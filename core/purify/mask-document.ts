import type { Element, Extracted } from '#schemas/records/extracted.ts';
import type { Span } from '../ports/pii.ts';
import { summaryOfChanged } from '../tables/summary.ts';
import { localSpans } from './local-spans.ts';
import { maskSpans } from './mask-text.ts';
import { changedPieces, mapped, piecesOf } from './pieces.ts';
import type { MaskPolicy } from './policy.ts';

/** The document with personal data replaced, and how many of each type were. `spans`: those of each of `piecesOf`. */
export function maskDocument(
  extracted: Extracted,
  policy: MaskPolicy,
  spans: readonly (readonly Span[])[] = localSpans(piecesOf(extracted), policy),
): { masked: Extracted; found: Record<string, number> } {
  const found: Record<string, number> = {};
  let at = 0;
  const masked = changedPieces(extracted, ({ text }) => {
    const own = spans[at++] ?? [];
    for (const { type } of own) if (policy.strategyOf(type) !== 'keep') found[type] = (found[type] ?? 0) + 1;
    return maskSpans(text, own, policy);
  });
  return { masked: { ...masked, elements: withSummaries(extracted.elements, masked.elements) }, found };
}

/** What a summary says of a column that was masked is told by the masked values: its header stands over the cells alone. */
const withSummaries = (before: readonly Element[], masked: Element[]): Element[] =>
  mapped(masked, (element, i) => {
    if (element.kind !== 'summary') return element;
    const [table, was] = [masked[i - 1], before[i - 1]];
    if (table?.kind !== 'table' || was?.kind !== 'table') return element;
    return { ...element, text: summaryOfChanged(element.text, was.rows, table) };
  });
