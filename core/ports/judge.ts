/** What a model is asked. A text that changes gets a new version: it is part of the stage's fingerprint. */
export type JudgePrompt = { name: string; version: number; system: string; question: string; maxTokens: number };

/**
 * A model that gives an opinion. It is given masked text only. What it answers is text like any other, and may be what a
 * passage talked it into; an empty answer means that it declined. Throws a retryable error when it throttles or is down.
 */
export type Judge = { ask(prompt: JudgePrompt, choice: { model: string; region?: string | undefined }): Promise<string> };
