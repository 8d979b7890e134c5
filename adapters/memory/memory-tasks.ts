import type { Tasks } from '#core/ports/tasks.ts';
import type { Detail } from '#schemas/events/index.ts';
import { type MemoryJobs, memoryJobs } from './memory-jobs.ts';

/** Tasks that somebody else runs: `begun` has what each was begun with. */
export function memoryTasks(): Tasks & { jobs: MemoryJobs<undefined>; begun: Detail<'document.validated'>[] } {
  const jobs = memoryJobs<undefined>();
  const begun: Detail<'document.validated'>[] = [];
  return {
    jobs,
    begun,
    async start({ token, detail }) {
      if (!jobs.tokens.includes(token)) begun.push(detail);
      return jobs.start(token, async () => undefined);
    },
    state: jobs.result,
  };
}
