import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { SluiceError } from '../../errors.ts';
import type { Ports } from '../../ports/index.ts';
import { type Redacting, redactedText } from '../redacted-text.ts';
import type { Finding } from '../screen-text.ts';
import { findInstructions } from '../screening/find-instructions.ts';
import { worstPassage } from '../screening/screen-content.ts';
import { windowsOf } from '../windows.ts';
import { judgePassage, readOpinion } from './prompt.ts';

/** Characters of a passage that the model sees, and how many passages of a document it is asked about: what a document may cost. */
const LONGEST = 3_000;
const MOST = 3;
/** A model that does not answer as it is told has perhaps obeyed the passage: somebody should look. */
const UNCLEAR = 0.5;
/** An opinion weighs no more than a strong rule. */
const WEIGHT = 0.9;

type Needs = Pick<Ports, 'judge' | 'pii' | 'keys' | 'findings'>;

/**
 * What a model says of the passages that the rules are not sure of: those whose risk lies between `from` and a hold. It can
 * only add to the risk, since whoever can talk to a judge can talk it into an acquittal. All personal data is redacted
 * first, whatever the policy keeps.
 */
export async function judgeFindings(
  extracted: Extracted,
  risk: number,
  { screening, ...redacting }: Pick<Config, 'screening'> & Redacting,
  needs: Needs,
): Promise<Finding[]> {
  const { judge: choice, hold, default: mode, allow } = screening;
  if (choice === undefined || mode === 'off' || risk < choice.from || risk >= hold) return [];
  const { judge, keys } = needs;
  if (!judge) throw new SluiceError('invalid-config', 'screening: screening.judge names a model, and this function has no such service');
  const text = await redactedText(extracted, redacting, needs);
  const passages = windowsOf(text, LONGEST)
    .map((passage) => ({ passage, risk: worstPassage(findInstructions(passage, { allow })).score }))
    .filter((one) => one.risk >= choice.from)
    .sort((a, b) => b.risk - a.risk)
    .slice(0, MOST);
  const answers = await Promise.all(
    passages.map(({ passage }) => judge.ask(judgePassage(passage, keys.hash('judge', passage).slice(0, 16)), choice)),
  );
  const scores = answers.map((answer) => {
    const opinion = readOpinion(answer);
    if (!opinion) return { rule: 'judge-unclear', score: UNCLEAR };
    return { rule: 'judge', score: opinion.attack ? WEIGHT * opinion.confidence : 0 };
  });
  return [
    ...Map.groupBy(
      scores.filter(({ score }) => score > 0),
      ({ rule }) => rule,
    ),
  ].map(([rule, all]) => ({
    rule,
    score: Number(Math.max(...all.map(({ score }) => score)).toFixed(4)),
    count: all.length,
  }));
}
