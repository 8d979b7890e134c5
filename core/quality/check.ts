import type { CheckLimits, CheckName, CheckSetting } from '#schemas/quality.ts';

export const OUTCOMES = ['pass', 'warn', 'hold', 'reject'] as const;
/** What a rule, and all of them together, say of a document. */
export type Outcome = (typeof OUTCOMES)[number];

/** A rule's answer. `message` tells what it saw, without content; `parts` what the rules gave that it is made of, where it has some. */
export type Score = { score: number; message: string; parts?: Readonly<Record<string, number>> };

export type Limits = Required<CheckLimits>;

/** One small rule. `judge` answers undefined where it has nothing to say of such a document. */
export type Check<In, Name extends string = CheckName> = {
  name: Name;
  /** How it counts unless a source says otherwise. */
  limits: Limits;
  /** Runs when it is switched on alone. */
  isOptional?: true;
  /** It looks for a defect: that there is none says nothing of how good a document is, and does not count. */
  isDefect?: true;
  judge(subject: In): Score | undefined;
};

/** What a rule said, and what follows from it. */
export type Result = Score & { rule: string; weight: number; outcome: Outcome };

const QUIET: Limits = { weight: 1, warn: 0, hold: 0, reject: 0 };
export const limits = (own: CheckLimits): Limits => ({ ...QUIET, ...own });

export const worst = (outcomes: readonly Outcome[]): Outcome => OUTCOMES.findLast((outcome) => outcomes.includes(outcome)) ?? 'pass';

export const rounded = (score: number): number => Number(Math.min(1, Math.max(0, score)).toFixed(4));

export function resultOf(rule: string, { score, message, parts }: Score, { weight, warn, hold, reject }: Limits): Result {
  const outcome = score < reject ? 'reject' : score < hold ? 'hold' : score < warn ? 'warn' : 'pass';
  return { rule, score: rounded(score), message, weight, outcome, ...(parts && { parts }) };
}

/** Runs the checks that are on, each with the limits that the source gives it. */
export function runChecks<In, Name extends CheckName>(
  checks: readonly Check<In, Name>[],
  subject: In,
  settings: Readonly<Partial<Record<CheckName, CheckSetting>>>,
): Result[] {
  return checks.flatMap((check) => {
    const setting = settings[check.name] ?? (check.isOptional ? 'off' : 'on');
    if (setting === 'off') return [];
    const score = check.judge(subject);
    if (!score) return [];
    const own = { ...check.limits, ...(typeof setting === 'object' ? setting : {}) };
    return [resultOf(check.name, score, check.isDefect && score.score === 1 ? { ...own, weight: 0 } : own)];
  });
}

export type Assessment = {
  /** Weighted mean of all that was said; 1 where nothing was. */
  score: number;
  outcome: Outcome;
  results: Result[];
  /** Rules that did not pass, the weightiest first. */
  fired: Result[];
};

/** What rules say together: the weighted mean, held against the threshold, and the worst that one of them says by itself. */
export function combined(results: readonly Result[], threshold: number): Assessment {
  const weight = results.reduce((sum, result) => sum + result.weight, 0);
  const mean = weight === 0 ? 1 : results.reduce((sum, result) => sum + result.score * result.weight, 0) / weight;
  const score = rounded(mean);
  const isLow = score < threshold;
  const outcome = worst([...results.map((result) => result.outcome), isLow ? 'hold' : 'pass']);
  const told = results.filter((result) => result.outcome !== 'pass' || (isLow && result.weight > 0 && result.score < 1));
  const rank = (result: Result): number => OUTCOMES.indexOf(result.outcome) * 100 - result.score;
  return { score, outcome, results: [...results], fired: told.sort((a, b) => rank(b) - rank(a)) };
}
