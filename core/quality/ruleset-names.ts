/** What a ruleset is called among the checks of a document. */
export const checkOf = (ruleset: string): string => `rules:${ruleset}`;
export const isRuleset = (check: string): boolean => check.startsWith(checkOf(''));

/** The warning that nobody judged a document by a ruleset which is about it. */
export const notJudged = (ruleset: string): string => `not-judged:${ruleset}`;
export const isNotJudged = (rule: string): boolean => rule.startsWith(notJudged(''));
