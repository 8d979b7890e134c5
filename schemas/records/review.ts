import { z } from 'zod';
import { ContentHash, WorkKey } from './ids.ts';

/** A rule that spoke about a document, and the score (0..1) that it gave. */
export const RuleScore = z.object({ rule: z.string(), score: z.number() });
export type RuleScore = z.infer<typeof RuleScore>;

/**
 * A passage that spoke against a document: at most 120 characters of it with personal data redacted, and its keyed hash with
 * the source and the rule, by which the same passage is known again.
 */
export const Evidence = z.object({ rule: z.string(), quote: z.string(), key: z.string() });
export type Evidence = z.infer<typeof Evidence>;

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
  /** The passages that weigh most. */
  evidence: z.array(Evidence).exactOptional(),
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
  evidence: z.array(Evidence).exactOptional(),
  generation: z.int().positive(),
  note: z.string().exactOptional(),
  /** The principal that decided, where a token says who it is. */
  by: z.string().exactOptional(),
  at: z.number(),
  /** When what it taught was taken back. */
  forgotten: z.number().exactOptional(),
});
export type Decision = z.infer<typeof Decision>;

export const NOTE_CHARACTERS = 2_000;

/** What a person may ask for: `forget` takes back what the releases of a document taught its source, and leaves the document as it is. */
export const ReviewAction = z.enum([...Verdict.options, 'forget']);
export type ReviewAction = z.infer<typeof ReviewAction>;

/** By id, address or path. */
export const ReviewRequest = z.strictObject({
  document: z.string().min(1).max(2_000),
  verdict: ReviewAction,
  note: z.string().max(NOTE_CHARACTERS).optional(),
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;
