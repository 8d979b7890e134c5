import type { JobState } from '#core/ports/jobs.ts';

/** Jobs that end when somebody says so. */
export type MemoryJobs<T> = {
  /** Those that were begun, by their tokens. */
  readonly tokens: readonly string[];
  start(token: string, work: () => Promise<T>): string;
  result(job: string): Promise<JobState<T>>;
  end(token: string): void;
  /** The job failed for no fault of its document. */
  lose(token: string): void;
};

export function memoryJobs<T>(): MemoryJobs<T> {
  const jobs = new Map<string, { state: 'running' | 'lost' | 'done'; work: () => Promise<T> }>();
  const tokens: string[] = [];
  const to = (token: string, state: 'lost' | 'done'): void => {
    const job = jobs.get(token);
    if (!job) throw new Error(`no job ${token}`);
    job.state = state;
  };
  return {
    tokens,
    start(token, work) {
      if (!jobs.has(token)) {
        jobs.set(token, { state: 'running', work });
        tokens.push(token);
      }
      return token;
    },
    async result(token) {
      const job = jobs.get(token);
      if (!job) return { state: 'lost', reason: 'the job is not known' };
      if (job.state === 'lost') return { state: 'lost', reason: 'it was lost' };
      return job.state === 'running' ? { state: 'running' } : { state: 'done', value: await job.work() };
    },
    end: (token) => to(token, 'done'),
    lose: (token) => to(token, 'lost'),
  };
}
