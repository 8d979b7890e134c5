import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { PartCache } from '../part-cache.ts';
import { findInstructions } from './find-instructions.ts';
import { heavyHits } from './screen-content.ts';
import { wholeText, withoutPassages } from './screen-document.ts';

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
  const { document, count } = withoutPassages(extracted, whole, heavy);
  return { extracted: document, isChanged: count > 0 };
}
