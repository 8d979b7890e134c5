import type { Speech, Transcript } from '#core/ports/speech.ts';
import { type MemoryJobs, memoryJobs } from './memory-jobs.ts';

/** Writes down what it was told that a recording of a name says. */
export function memorySpeech(said: (name: string) => Transcript): Speech & { jobs: MemoryJobs<Transcript> } {
  const jobs = memoryJobs<Transcript>();
  return {
    jobs,
    start: async ({ token, content: { name } }) => jobs.start(token, async () => said(name)),
    result: jobs.result,
  };
}
