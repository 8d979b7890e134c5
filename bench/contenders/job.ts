import { STEPS, type Step } from '../settings.ts';

export type Job = { step: Step; files: string; data: string; variant: string };

/** What a contender's process was asked to do. */
function jobOf([step, files, data, variant = '']: string[]): Job {
  const known = STEPS.find((name) => name === step);
  if (!known || files === undefined || data === undefined) throw new Error(`usage: <${STEPS.join('|')}> <files> <data> [variant]`);
  return { step: known, files, data, variant };
}

/** Runs a contender and says how long it worked, its imports not counted. */
export async function work(run: (job: Job) => Promise<void>): Promise<void> {
  const started = performance.now();
  await run(jobOf(process.argv.slice(2)));
  process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - started) / 1_000 })}\n`);
}
