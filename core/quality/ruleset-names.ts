/** What a ruleset is called among the checks of a document. */
export const checkOf = (ruleset: string): string => `rules:${ruleset}`;
/** A ruleset, and one of its rules. */
export const isRuleset = (check: string): boolean => /^rules:[^/]+$/.test(check);
export const isRulesetRule = (check: string): boolean => /^rules:[^/]+\//.test(check);

/** Rules of a ruleset that are told one by one, each of which is a series of a metric. */
const MOST_RULES = 50;

/** What a rule is about, of its text: what else stands in it may be content. */
export const ruleType = (rule: string): string => /\w+/.exec(rule)?.[0] ?? '';

/** Rules of a ruleset by number and type, as `rules:orders/2-IsComplete`: 1 where it passes, 0 where not. */
export const ruleChecks = (ruleset: string, rules: readonly { rule: string; passes: boolean }[]): Record<string, number> =>
  Object.fromEntries(
    rules.slice(0, MOST_RULES).map(({ rule, passes }, i) => [`${checkOf(ruleset)}/${i + 1}-${ruleType(rule)}`, passes ? 1 : 0]),
  );

/** The warning that nobody judged a document by a ruleset which is about it. */
export const notJudged = (ruleset: string): string => `not-judged:${ruleset}`;
export const isNotJudged = (rule: string): boolean => rule.startsWith(notJudged(''));
