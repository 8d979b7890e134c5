/** Raised when what the judge is asked, or how its answer is read, changes. */
export const JUDGE_VERSION = 1;
