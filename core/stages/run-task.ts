import type { Detail } from '#schemas/events/index.ts';
import type { Head } from '#schemas/records/head.ts';
import { SluiceError } from '../errors.ts';
import { MAX_TRIES, tokenOf } from '../extraction/job.ts';
import type { Ports } from '../ports/index.ts';
import { type Emitted, follow, stage } from '../stage.ts';
import { currentHead } from './current-head.ts';
import { SHAPES } from './shapes.ts';

/**
 * Hands a document that does not fit a function to a task, which runs the extractor on the same event and publishes what
 * follows itself. Nothing is heard of a task that dies: once it is overdue it is looked at, and begun anew from the file.
 */
export const runTask = stage({
  name: 'run-task',
  ...SHAPES['run-task'],
  on: ['document.validated', 'extraction.resumed'],
  async run(detail, ports: Ports) {
    const head = await currentHead(ports.ledger, detail);
    if (!head?.observation) return [];
    return 'again' in detail ? lookAt(head, detail, ports) : begin(head, detail, ports);
  },
});

const tasksOf = ({ tasks }: Ports): NonNullable<Ports['tasks']> => {
  if (!tasks) throw new Error('run-task: this world has no tasks');
  return tasks;
};

async function until({ clock, policies }: Ports, { revision }: { revision: number }): Promise<number> {
  return clock.now() + (await policies.at(revision)).extraction.jobMinutes * 60_000;
}

async function begin(head: Head, detail: Detail<'document.validated'>, ports: Ports): Promise<Emitted[]> {
  const tries = head.job?.service === 'task' ? head.job.tries : 1;
  const token = tokenOf('run-task', head, String(detail.revision), tries);
  const id = await tasksOf(ports).start({ token, detail });
  const since = ports.clock.now();
  const job = { service: 'task' as const, id, stage: 'run-task', tries, since, until: await until(ports, detail) };
  await ports.ledger.put({ ...head, job, updatedAt: since });
  return [follow(detail, 'extraction.started', { stage: 'run-task', service: 'task' })];
}

async function lookAt(head: Head, detail: Detail<'extraction.resumed'>, ports: Ports): Promise<Emitted[]> {
  const { job, ...rest } = head;
  if (job?.service !== 'task') return [];
  const state = await tasksOf(ports).state(job.id);
  if (state.state === 'done') {
    await ports.ledger.put(rest);
    return [];
  }
  if (state.state === 'running') {
    await ports.ledger.put({ ...head, job: { ...job, until: await until(ports, detail) } });
    return [];
  }
  if (job.tries >= MAX_TRIES) throw new SluiceError('unavailable', `run-task: the task was lost ${job.tries} times: ${state.reason}`);
  const { document, generation, source, revision, lane } = detail;
  await ports.ledger.put({ ...head, job: { ...job, tries: job.tries + 1, until: await until(ports, detail) } });
  await ports.ledger.forgetSteps(document, generation);
  return [{ name: 'document.changed', detail: { v: 1, document, source, generation, revision, lane, hops: 0 } }];
}
