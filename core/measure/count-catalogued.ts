import type { Metrics } from '../ports/metrics.ts';
import { resultOf } from '../quality/check.ts';
import { checkOf } from '../quality/ruleset-names.ts';
import type { Ruleset } from '../quality/rulesets-about.ts';
import { countRulesets } from './count-event.ts';

/** How a table that a catalogue outside knows fared under one ruleset: rules that pass, of how many. */
export type CataloguedResult = { source: string; ruleset: Ruleset; passed: number; of: number };

/** Counts it as what `assess` judges itself: the same limits say whether it passes. */
export function countCatalogued({ source, ruleset, passed, of }: CataloguedResult, metrics: Metrics): void {
  const { name, weight, warn, hold, reject } = ruleset;
  const score = { score: of === 0 ? 0 : passed / of, message: '' };
  const { rule, outcome, score: rounded } = resultOf(checkOf(name), score, { weight, warn, hold, reject });
  metrics.record('CheckPassRate', outcome === 'pass' ? 1 : 0, { rule });
  countRulesets({ [rule]: rounded }, source, metrics);
}
