import { z } from 'zod';
import { ContentHash, WorkKey } from './ids.ts';

/** A rule that spoke about a document, and the score (0..1) that it gave. */
export const RuleScore = z.object({ rule: z.string(), score: z.number() });
export type RuleScore = z.infer<typeof RuleScore>;

export const Verdict = z.enum(['release', 'reject']);
export type Verdict = z.infer<typeof Verdict>;

/** What waits for a person: which stage set it aside, by which rules, and where it goes on. */
export const Hold = z.object({
  stage: z.string(),
  rules: z.array(RuleScore),
  /** What the stage was given; absent where it was the file itself. */
  elements: WorkKey.exactOptional(),
  quality: z.number(),
  /** Rules that warned before. */
  warned: z.array(RuleScore).exactOptional(),
  /** The beginning of the text with personal data redacted, for whoever decides. */
  preview: z.string().exactOptional(),
});
export type Hold = z.infer<typeof Hold>;

/** What a person said about a document's content, and what they had before them. Times are ms. */
export const Decision = z.object({
  verdict: Verdict,
  /** It holds for these bytes alone: the next version is judged anew. */
  contentHash: ContentHash,
  stage: z.string(),
  rules: z.array(RuleScore),
  generation: z.int().positive(),
  note: z.string().exactOptional(),
  /** The principal that decided, where a token says who it is. */
  by: z.string().exactOptional(),
  at: z.number(),
});
export type Decision = z.infer<typeof Decision>;

export const NOTE_CHARACTERS = 2_000;

/** By id, address or path. */
export const ReviewRequest = z.strictObject({
  document: z.string().min(1).max(2_000),
  verdict: Verdict,
  note: z.string().max(NOTE_CHARACTERS).optional(),
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;
