/** `token`: names the job, so that beginning it twice is beginning it once. */
export type JobRequest = { token: string };

/**
 * Where a job stands. `lost`: it failed for no fault of the document, or is not known (any more), and may be begun anew
 * under another token. A document's own fault is thrown as its reject code.
 */
export type JobState<T> = { state: 'running' } | { state: 'lost'; reason: string } | { state: 'done'; value: T };
