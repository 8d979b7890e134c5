import type { HarmCategory } from '#schemas/harm.ts';

/**
 * One thing that a guardrail would block: which of its rules, and how sure it is (0..1). `category`: it is harm, which the
 * thresholds of its category judge; what has none is a risk.
 */
export type GuardrailOpinion = { rule: string; score: number; category?: HarmCategory };

/** A policy for content that an account keeps outside the pipeline. It is given masked text only. */
export type Guardrail = {
  /** What it would block in each of the texts; the caller cuts what is longer than `LONGEST_JUDGED`. */
  judge(texts: readonly string[], guardrail: { id: string; version: string }): Promise<GuardrailOpinion[][]>;
};

/** Characters that one call may hold. */
export const LONGEST_JUDGED = 10_000;
