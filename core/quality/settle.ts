import type { RuleScore } from '#schemas/records/review.ts';
import { Held, type HeldFacts, RuledOut } from '../errors.ts';
import type { Assessment, Result } from './check.ts';

export const checksOf = ({ results }: Assessment): Record<string, number> =>
  Object.assign({}, ...results.map(({ rule, score, parts }) => ({ [rule]: score, ...parts })));

export const scoresOf = (results: readonly Result[]): RuleScore[] => results.map(({ rule, score }) => ({ rule, score }));

/** Throws what holds or rejects a document; answers the rules that warn. `what` was judged: its quality, or the file. */
export function settle(assessment: Assessment, what: string, facts: Pick<HeldFacts, 'preview' | 'identifiers'> = {}): RuleScore[] {
  const { score, outcome, fired } = assessment;
  const scores = scoresOf(fired);
  const told = fired.map((result) => `${result.rule} ${result.score.toFixed(2)} (${result.message})`).join('; ');
  const message = `${what} ${score.toFixed(2)}: ${told}`;
  if (outcome === 'reject') throw new RuledOut(message, scores);
  if (outcome === 'hold')
    throw new Held(
      scores.map(({ rule }) => rule),
      score,
      message,
      { checks: checksOf(assessment), ...facts },
    );
  return scores;
}
