import type { Negation } from './negation.ts';

/** A rule that is words in a row (`../phrase.ts`); a rule may have several lines, and the weightiest that fits counts. */
export type PhraseRule = {
  rule: string;
  /** How sure a hit alone makes us that this text is aimed at a model, 0..1. */
  weight: number;
  says: string;
  /** Words right behind it with which it means something else, in the same notation. */
  unless?: string;
  /** How the languages that it is written in forbid what it asks for. */
  negations?: readonly Negation[];
};

/** A rule that is a pattern over the text as it is written. */
export type PatternRule = { rule: string; weight: number; pattern: RegExp; negations?: readonly Negation[] };
