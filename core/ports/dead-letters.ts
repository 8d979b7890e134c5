import type { StageName } from '#schemas/routes.ts';

export type LetterCount = { stage: StageName; code: string; count: number };

/** Messages that were given up, wherever they are kept. */
export type DeadLetters = {
  /**
   * Puts up to `most` letters of a stage (of all of them: undefined) back into the queues that they came from, each to be
   * tried as if for the first time. A letter is in a queue before it leaves the dead letters, so a crash doubles it at worst.
   */
  redrive(stage: StageName | undefined, most: number): Promise<{ moved: LetterCount[]; left: boolean }>;
};
