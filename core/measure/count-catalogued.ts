import type { Metrics } from '../ports/metrics.ts';
import { resultOf } from '../quality/check.ts';
import { checkOf, ruleChecks } from '../quality/ruleset-names.ts';
import type { Ruleset } from '../quality/rulesets-about.ts';
import { countRulesets } from './count-event.ts';

/** How a table that a catalogue outside knows fared under one ruleset: its rules in their order. */
export type CataloguedResult = { source: string; ruleset: Ruleset; rules: readonly { rule: string; passes: boolean }[] };

/** Counts it as what `assess` judges itself: the same limits say whether it passes. */
export function countCatalogued({ source, ruleset, rules }: CataloguedResult, metrics: Metrics): void {
  const { name, weight, warn, hold, reject } = ruleset;
  const passed = rules.filter(({ passes }) => passes).length;
  const score = { score: rules.length === 0 ? 0 : passed / rules.length, message: '' };
  const { rule, outcome, score: rounded } = resultOf(checkOf(name), score, { weight, warn, hold, reject });
  metrics.record('CheckPassRate', outcome === 'pass' ? 1 : 0, { rule });
  countRulesets({ [rule]: rounded, ...ruleChecks(name, rules) }, source, metrics);
}
