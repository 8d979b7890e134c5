import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { RuleScore } from '#schemas/records/review.ts';
import type { PartCache } from '../part-cache.ts';
import { findInstructions } from './find-instructions.ts';
import { withoutPassages } from './keep-out.ts';
import { heavyHits, worstPassage } from './screen-content.ts';
import { wholeText } from './screen-document.ts';

/** The rule that warns of what was kept out, in the document's record: its score is the risk of the worst passage. */
const NEUTRALISED = 'neutralised';

/** Where the source wants it: the document without the passages that would hold it. What is left is screened like any other. */
export function neutralised(
  extracted: Extracted,
  { default: mode, neutralise, allow, hold }: Config['screening'],
  cache?: PartCache,
): { extracted: Extracted; isChanged: boolean; keptOut: RuleScore[] } {
  const asItIs = { extracted, isChanged: false, keptOut: [] };
  if (!neutralise || mode === 'off') return asItIs;
  const whole = wholeText(extracted);
  const hits = findInstructions(whole.text, { unseen: whole.unseen, code: whole.code, allow, cache });
  const heavy = heavyHits(hits, hold);
  if (heavy.length === 0) return asItIs;
  // The classifier's windows begin before a passage and end behind it.
  const told = heavy.filter(({ rule }) => rule !== 'classifier');
  const { document, count } = withoutPassages(extracted, whole, told.length > 0 ? told : heavy);
  if (count === 0) return asItIs;
  const score = Number(worstPassage(hits).score.toFixed(4));
  return { extracted: document, isChanged: true, keptOut: [{ rule: NEUTRALISED, score }] };
}
