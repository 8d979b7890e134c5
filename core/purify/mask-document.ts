import type { Extracted } from '#schemas/records/extracted.ts';
import type { Span } from '../ports/pii.ts';
import { localSpans } from './local-spans.ts';
import { maskSpans } from './mask-text.ts';
import { changedPieces, piecesOf } from './pieces.ts';
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
  return { masked, found };
}
