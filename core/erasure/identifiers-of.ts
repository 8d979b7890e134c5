import type { Extracted } from '#schemas/records/extracted.ts';
import type { Keys } from '../ports/index.ts';
import { localSpans } from '../purify/local-spans.ts';
import { piecesOf } from '../purify/pieces.ts';
import type { MaskPolicy } from '../purify/policy.ts';
import { identifiersIn } from './identifiers.ts';

/** Keyed hashes of all personal data in a document that waits unmasked: by them its people are found before a decision. */
export function identifiersOf(extracted: Extracted, keys: Keys, policy: MaskPolicy): string[] {
  const pieces = piecesOf(extracted);
  const texts = pieces.map(({ text }) => text);
  return identifiersIn(keys, texts, localSpans(pieces, policy));
}
