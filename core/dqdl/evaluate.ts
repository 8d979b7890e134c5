import { SluiceError } from '../errors.ts';
import type { Tables } from '../ports/table-engine.ts';
import type { Label, Rule, Ruleset, SimpleRule } from './ast.ts';
import { withConstants } from './constants.ts';
import { type FailingRow, failingRows } from './failing-rows.ts';
import { type Judged, judge } from './judge.ts';
import { measure, metricName } from './measures.ts';
import { type History, NoHistory } from './numbers.ts';
import { printRule } from './print.ts';
import { RuleFault } from './sql.ts';
import { statisticsOf } from './statistics.ts';

export type RuleOutcome = {
  /** The rule as the language writes it. */
  rule: string;
  outcome: 'pass' | 'fail' | 'error';
  /** What was measured: a number, or the share of the rows that meet the rule. */
  measured?: number;
  message?: string;
  /** The rows that fail: all are counted, the first are named. */
  failing?: { count: number; rows: FailingRow[] };
  labels: Record<string, string>;
};

export type Report = {
  outcomes: RuleOutcome[];
  /** What the analyzers measured. */
  statistics: Record<string, number>;
  /** Every number that was measured, by its name: the history of later runs. */
  metrics: Record<string, number>;
  /** The share of the rules that pass; 1 without rules. */
  score: number;
};

export type EvaluationOptions = {
  /** Milliseconds since 1970. */
  now: number;
  history: (metric: string) => History;
  /** Whether composites join the outcomes of their parts, or what each row meets. */
  composite: 'column' | 'row';
  /** Failing rows that are named. */
  namedRows: number;
};

/** Holds a table against a ruleset. A rule that cannot be judged is an outcome; `invalid-rules` is thrown for constants that do not fit. */
export async function evaluateRules(ruleset: Ruleset, tables: Tables, options: EvaluationOptions): Promise<Report> {
  const { rules, analyzers, defaultLabels } = withConstants(ruleset);
  const metrics: Record<string, number> = {};
  const outcomes: RuleOutcome[] = [];
  for (const [i, rule] of rules.entries()) {
    const outcome = await outcomeOf(rule, { tables, options, metrics });
    const told = await withRows(outcome, tables, options);
    outcomes.push({ rule: printRule(ruleset.rules[i] ?? rule), ...told, labels: labelsOf([...defaultLabels, ...rule.labels]) });
  }
  const statistics = await statisticsOf(analyzers, tables);
  const passed = outcomes.filter(({ outcome }) => outcome === 'pass').length;
  return { outcomes, statistics, metrics: { ...metrics, ...statistics }, score: outcomes.length === 0 ? 1 : passed / outcomes.length };
}

const labelsOf = (labels: readonly Label[]): Record<string, string> => Object.fromEntries(labels.map(({ key, value }) => [key, value]));

export type Run = { tables: Tables; options: EvaluationOptions; metrics: Record<string, number> };

async function outcomeOf(rule: Rule, run: Run): Promise<Judged> {
  if (rule.kind !== 'rule') return compositeOutcome(rule, run);
  try {
    return await judge(rule, run);
  } catch (error) {
    if (error instanceof NoHistory) return noHistory(rule, run);
    if (error instanceof RuleFault) return { outcome: 'error', message: error.message };
    if (error instanceof SluiceError && error.code === 'invalid-rules') return { outcome: 'error', message: error.message };
    throw error;
  }
}

/** The first run of a dynamic rule measures, so that later ones can compare. */
async function noHistory(rule: SimpleRule, { tables, metrics }: Run): Promise<Judged> {
  const measured = await measure(rule, tables);
  if (measured !== undefined) metrics[metricName(rule)] = measured;
  return {
    outcome: 'pass',
    ...(measured !== undefined && { measured }),
    message: 'nothing was measured before: there is nothing to compare with',
  };
}

async function compositeOutcome(rule: Exclude<Rule, SimpleRule>, run: Run): Promise<Judged> {
  const parts: Judged[] = [];
  for (const part of rule.rules) parts.push(await outcomeOf(part, run));
  const fault = parts.find(({ outcome }) => outcome === 'error');
  if (fault) return { outcome: 'error', message: fault.message ?? 'a part of it is in error' };
  const passes = (part: Judged): boolean => part.outcome === 'pass';
  const joined = rule.kind === 'and' ? parts.every(passes) : parts.some(passes);
  const judgesRows = parts.some((part) => part.predicate !== undefined);
  // A part that judges the table as a whole counts for every row alike.
  const predicates = parts.map((part) => part.predicate ?? String(passes(part)));
  const predicate = `(${predicates.join(rule.kind === 'and' ? ' AND ' : ' OR ')})`;
  if (!judgesRows) return { outcome: joined ? 'pass' : 'fail' };
  if (run.options.composite === 'column') return { outcome: joined ? 'pass' : 'fail', predicate };
  const failing = await failingRows(predicate, [], run.tables, { namedRows: 0 });
  return { outcome: failing.count === 0 ? 'pass' : 'fail', predicate };
}

/** Names the rows that a rule fails for. */
async function withRows({ predicate, columns = [], ...judged }: Judged, tables: Tables, options: EvaluationOptions) {
  if (predicate === undefined || judged.outcome === 'error') return judged;
  const failing = await failingRows(predicate, columns, tables, options);
  return failing.count === 0 ? judged : { ...judged, failing };
}
