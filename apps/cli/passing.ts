import type { Listener, PassResult, Pipeline } from '#core/ports/pipeline.ts';
import type { Summary } from '#core/tally.ts';
import { flag, type Values } from './command.ts';
import { counted, note, print, printJson } from './output.ts';
import { withPipeline } from './pipeline.ts';
import { progress } from './progress.ts';

const WORDS: [keyof Summary, string][] = [
  ['indexed', 'indexed'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['removed', 'removed'],
  ['rejected', 'rejected'],
  ['held', 'held for review'],
  ['failed', 'failed'],
];
/** Problems that are told; `status` lists all. */
const TOLD = 20;

export function summaryText(summary: Summary): string {
  const parts = WORDS.filter(([field]) => summary[field] > 0).map(([field, word]) => `${summary[field]} ${word}`);
  const chunks = `${counted(summary.chunksEmbedded, 'chunk')} embedded, ${summary.chunksReused} reused`;
  return `${parts.join(', ') || 'nothing to do'}; ${chunks}; ${summary.seconds.toFixed(1)} s\n`;
}

/** Runs documents through a pipeline with a progress bar, tells what became of them, and answers the exit code. */
export async function tellPass(values: Values, run: (pipeline: Pipeline, listener: Listener) => Promise<PassResult>): Promise<number> {
  const bar = progress();
  const { summary, problems, isWhole } = await withPipeline(values, (pipeline) => run(pipeline, bar));
  bar.end();
  for (const problem of problems.slice(0, TOLD)) note(problem);
  if (problems.length > TOLD) note(`and ${problems.length - TOLD} more: \`sluice status\` lists them`);
  if (flag(values, 'json')) await printJson(summary);
  else await print(summaryText(summary));
  return summary.rejected + summary.failed > 0 || !isWhole ? 1 : 0;
}
