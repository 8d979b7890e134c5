import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { PartCache } from '../part-cache.ts';
import { findInstructions } from './find-instructions.ts';
import { withoutPassages } from './keep-out.ts';
import { heavyHits } from './screen-content.ts';
import { wholeText } from './screen-document.ts';

/** Where the source wants it: the document without the passages that would hold it. What is left is screened like any other. */
export function neutralised(
  extracted: Extracted,
  { default: mode, neutralise, allow, hold }: Config['screening'],
  cache?: PartCache,
): { extracted: Extracted; isChanged: boolean } {
  if (!neutralise || mode === 'off') return { extracted, isChanged: false };
  const whole = wholeText(extracted);
  const heavy = heavyHits(findInstructions(whole.text, { unseen: whole.unseen, code: whole.code, allow, cache }), hold);
  if (heavy.length === 0) return { extracted, isChanged: false };
  // The classifier's windows begin before a passage and end behind it.
  const told = heavy.filter(({ rule }) => rule !== 'classifier');
  const { document, count } = withoutPassages(extracted, whole, told.length > 0 ? told : heavy);
  return { extracted: document, isChanged: count > 0 };
}
