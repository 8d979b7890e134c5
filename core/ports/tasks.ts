import type { Detail } from '#schemas/events/index.ts';
import type { JobRequest, JobState } from './jobs.ts';

/** Runs a document's extractor outside of functions, with more memory and time: the same code, on the same event. */
export type Tasks = {
  /** The same token is the same task. */
  start(request: JobRequest & { detail: Detail<'document.validated'> }): Promise<string>;
  /** `done` when it ended well; then its stage has published what follows. */
  state(task: string): Promise<JobState<undefined>>;
};
