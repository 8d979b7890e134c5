import type { Classification, ClassificationRules } from '#schemas/config.ts';
import { strictest } from './strictest.ts';

/** What a document itself says for its classification: the types of personal data in it, and the label that it bears. */
export type Evidence = { found?: readonly string[]; label?: Classification };

/** The strictest of where it came from, what was found in it and what is written on it. */
export function classify(ofSource: Classification, { found = [], label }: Evidence, rules: ClassificationRules): Classification {
  const has = (types: readonly string[]): boolean => found.some((type) => types.includes(type));
  return [
    ...(label !== undefined && rules.labels ? [label] : []),
    ...(has(rules.confidential) ? (['confidential'] as const) : []),
    ...(has(rules.restricted) ? (['restricted'] as const) : []),
  ].reduce(strictest, ofSource);
}
