import picomatch from 'picomatch';
import type { Quality } from '#schemas/quality.ts';

export type Ruleset = Quality['rulesets'][number];

/** Whether a ruleset is about a file: by its path, or by its name alone where the pattern names no folder. */
export const isAbout = ({ files }: Ruleset, path: string): boolean => picomatch(files, { basename: true, dot: true, flags: 's' })(path);

/** What judges a table that is made of several files: the rulesets that are about every one of them. */
export const rulesetsAbout = (rulesets: readonly Ruleset[], paths: readonly string[]): Ruleset[] =>
  paths.length === 0 ? [] : rulesets.filter((ruleset) => paths.every((path) => isAbout(ruleset, path)));
