import { z } from 'zod';

/** What a token stands for, as it was first written in a document. */
export const Detokenised = z.object({
  token: z.string(),
  /** Null: nothing is kept of it. */
  value: z.string().nullable(),
  /** Id of the key that it was made with; empty: the store key, or nothing is kept of it. */
  key: z.string(),
});
export type Detokenised = z.infer<typeof Detokenised>;

/** That somebody looked. */
export const VaultRead = z.object({ at: z.string(), by: z.string(), reason: z.string(), token: z.string(), found: z.boolean() });
export type VaultRead = z.infer<typeof VaultRead>;

const REASON = z.string().trim().min(1).max(500);
const TOKEN = z.string().min(3).max(200);

/** Tokens that a deployed pipeline is asked about at once. */
export const MOST_TOKENS = 100;

/** What is sent to a deployed pipeline. */
export const DetokeniseRequest = z.strictObject({ tokens: z.array(TOKEN).min(1).max(MOST_TOKENS), reason: REASON });
export const DetokeniseAnswer = z.object({ values: z.array(Detokenised) });
export const VaultReadsRequest = z.strictObject({ cursor: z.string().max(200).optional() });
export const VaultReadsAnswer = z.object({ reads: z.array(VaultRead), next: z.string().optional() });
