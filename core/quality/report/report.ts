import type { QualityReport, QualityTally, RuleFigures, RuleTally, SourceFigures, SourceTally } from '#schemas/records/quality-report.ts';

/** Fewer decisions are chance. */
const ENOUGH = 5;

const share = (part: number, of: number): number | null => (of === 0 ? null : Number((part / of).toFixed(4)));

/**
 * The score that parts two sets with the fewest mistakes: what reviewers rejected should lie below it, what they released from
 * it on. Undefined when no score does better than the best of holding all and holding none.
 */
function parting(low: readonly number[], high: readonly number[]): number | undefined {
  const values = [...new Set([...low, ...high])].sort((a, b) => a - b);
  const right = (score: number): number => low.filter((one) => one < score).length + high.filter((one) => one >= score).length;
  let best: { score: number; right: number } | undefined;
  for (const [i, value] of values.entries()) {
    const next = values[i + 1];
    if (next === undefined) break;
    const score = (value + next) / 2;
    if (!best || right(score) > best.right) best = { score, right: right(score) };
  }
  return best && best.right > Math.max(low.length, high.length) ? Number(best.score.toFixed(2)) : undefined;
}

/** A screen gives a risk: the more, the worse. Everything else gives a quality. */
const isRisk = ({ stage }: RuleTally): boolean => stage === 'screen';

function suggestion(tally: RuleTally): RuleFigures['suggested'] {
  const { agreed, disagreed } = tally;
  if (agreed.length + disagreed.length < ENOUGH) return null;
  const score = isRisk(tally) ? parting(disagreed, agreed) : parting(agreed, disagreed);
  return score === undefined ? null : { holds: isRisk(tally) ? 'from' : 'below', score };
}

const ruleFigures = (tally: RuleTally): RuleFigures => {
  const { rule, stage, fired, agreed, disagreed } = tally;
  const decided = agreed.length + disagreed.length;
  return { rule, stage, fired, decided, agreed: agreed.length, precision: share(agreed.length, decided), suggested: suggestion(tally) };
};

const sourceFigures = ({ scores, scored, ...counts }: SourceTally): SourceFigures => ({
  ...counts,
  passRate: share(counts.passed, counts.documents),
  score: share(scores, scored),
});

/** What rules did and how right reviewers found them: those that spoke most first. */
export const reportOf = ({ sources, rules, passages }: QualityTally): QualityReport => ({
  sources: sources.map(sourceFigures).sort((a, b) => (a.source < b.source ? -1 : 1)),
  rules: rules.map(ruleFigures).sort((a, b) => b.fired - a.fired || (a.rule < b.rule ? -1 : 1)),
  passages,
});
