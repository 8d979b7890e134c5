import { z } from 'zod';
import { Verdict } from './review.ts';

/** What the ledger says of rules and reviewers; counted page by page, and added up. */

const count = z.int().nonnegative();

export const SourceTally = z.object({
  source: z.string(),
  /** Documents that have been judged, as they stand now. */
  documents: count,
  passed: count,
  /** Of those that passed, how many with a warning. */
  warned: count,
  held: count,
  rejected: count,
  /** Sum of quality scores, and of how many documents. */
  scores: z.number(),
  scored: count,
});
export type SourceTally = z.infer<typeof SourceTally>;

export const RuleTally = z.object({
  rule: z.string(),
  stage: z.string(),
  /** Documents of which it spoke, whatever came of it. */
  fired: count,
  /** What the rule gave when a reviewer agreed with it (rejected), and when they did not (released). */
  agreed: z.array(z.number()),
  disagreed: z.array(z.number()),
});
export type RuleTally = z.infer<typeof RuleTally>;

/** A passage that a person decided about, as reviewers saw it: what a classifier may be trained on again. */
export const ReviewedPassage = z.object({ source: z.string(), rule: z.string(), quote: z.string(), verdict: Verdict, at: z.number() });
export type ReviewedPassage = z.infer<typeof ReviewedPassage>;

export const QualityTally = z.object({ sources: z.array(SourceTally), rules: z.array(RuleTally), passages: z.array(ReviewedPassage) });
export type QualityTally = z.infer<typeof QualityTally>;

export type RuleFigures = {
  rule: string;
  stage: string;
  fired: number;
  /** Decisions of reviewers that had this rule before them, and how many of them it was right by. */
  decided: number;
  agreed: number;
  /** The share of decisions that agreed; null: there were none. */
  precision: number | null;
  /**
   * The score that parts what reviewers rejected from what they released best: documents `below` it (of the screen, which gives a
   * risk: `from` it on) should be held. Null: too few decisions, or no score parts them better than holding all or none.
   */
  suggested: { holds: 'below' | 'from'; score: number } | null;
};

export type SourceFigures = Omit<SourceTally, 'scores' | 'scored'> & {
  /** Averages, 0..1; null: nothing was judged. */
  passRate: number | null;
  score: number | null;
};

/** `passages`: the newest ones. */
export type QualityReport = { sources: SourceFigures[]; rules: RuleFigures[]; passages: ReviewedPassage[] };
