import type { Prompt } from '../vision/prompts.ts';

/** A picture as it is, in a form that services take. */
export type Sight = { name: string; format: 'png' | 'jpg'; bytes: Uint8Array };

/** What is seen on a picture, by its name and those of what it is a kind of, and how sure the service is (0..1). */
export type Label = { name: string; kinds: readonly string[]; confidence: number };

/**
 * Looks at pictures as such. It sees the original, in which nothing is masked: callers ask `core/vision/policy.ts` first.
 * Throws `too-large` for a picture that is more than it takes, a retryable error when a service throttles or is down.
 */
export type Vision = {
  /** The surest first; none for a picture of nothing in particular. */
  labels(picture: Sight): Promise<Label[]>;
  /** What a model answers to a prompt; `by` names the model. An empty answer means that the model declined. */
  ask(picture: Sight, prompt: Prompt): Promise<{ text: string; by: string }>;
};
