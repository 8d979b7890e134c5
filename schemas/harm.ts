import { z } from 'zod';

/** Kinds of content that hurts people. `misconduct` (help with a crime) is what a guardrail tells; the others are looked for here, too. */
export const HARMS = ['hate', 'insult', 'sexual', 'violence', 'bias', 'misinformation', 'misconduct'] as const;
export type HarmCategory = (typeof HARMS)[number];

const share = z.number().min(0).max(1);

/** From which score (0..1) a category speaks. */
const HarmLimits = z.strictObject({ warn: share.exactOptional(), hold: share.exactOptional() });
export type HarmLimits = z.infer<typeof HarmLimits>;

export const HarmSetting = z.union([z.literal('off'), HarmLimits]);
export const Harm = z.partialRecord(z.enum(HARMS), HarmSetting);
