import path from 'node:path';
import { openWorld } from '#adapters/local/world.ts';
import { SluiceError } from '#core/errors.ts';
import { type Command, flag, text } from '../command.ts';
import { dataDirOf, loadConfig } from '../configuration.ts';
import { note, print, printJson } from '../output.ts';
import { pass, type Summary, Tally, targetsOf } from '../pass.ts';
import { progress } from '../progress.ts';

const WORDS: [keyof Summary, string][] = [
  ['indexed', 'indexed'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['removed', 'removed'],
  ['rejected', 'rejected'],
  ['held', 'held for review'],
  ['failed', 'failed'],
];

export function summaryText(summary: Summary): string {
  const parts = WORDS.filter(([field]) => summary[field] > 0).map(([field, word]) => `${summary[field]} ${word}`);
  const chunks = `${summary.chunksEmbedded} chunks embedded, ${summary.chunksReused} reused`;
  return `${parts.join(', ') || 'nothing to do'}; ${chunks}; ${summary.seconds.toFixed(1)} s\n`;
}

export const ingest: Command = {
  summary: 'bring the index in step with files and folders, in one pass',
  operands: '<path...>',
  options: { 'allow-empty': { type: 'boolean', help: 'believe a missing or empty folder: what was in it is removed' } },
  async run({ values, operands }) {
    const config = await loadConfig(values);
    const named = text(values, 'source');
    const source = config.sources.find(({ name }) => name === named);
    if (named !== undefined && !source) throw new SluiceError('invalid-input', `--source ${named}: the configuration has no such source`);
    const names = operands.length > 0 ? operands : source ? [source.path] : [];
    if (names.length === 0) throw new SluiceError('invalid-input', 'ingest: name at least one file or folder, or a --source');
    const allowEmpty = flag(values, 'allow-empty');
    const targets = targetsOf(names, allowEmpty);
    const tally = new Tally();
    const bar = progress();
    const problems: string[] = [];
    const world = await openWorld({
      dataDir: path.resolve(dataDirOf(values)),
      config,
      onEvent(event) {
        tally.see(event);
        bar.done(tally.outcomes.size);
      },
      onDeadLetter({ stage, code, message, document }) {
        tally.fail(document);
        problems.push(`failed at ${stage}: ${code}: ${message}`);
      },
    });
    try {
      const { files, unreadable } = await pass(world, targets, allowEmpty, bar.total);
      bar.end();
      const summary = tally.summary(files);
      for (const { uri, problem } of await problemsOf(world, tally)) problems.push(`${uri}: ${problem}`);
      for (const { path: where, reason } of unreadable)
        problems.push(
          `${where}: source-unavailable: ${reason}; nothing in it was taken for deleted (--allow-empty believes a missing or empty folder)`,
        );
      for (const problem of problems.slice(0, 20)) note(problem);
      if (problems.length > 20) note(`and ${problems.length - 20} more: \`sluice status\` lists them`);
      if (flag(values, 'json')) await printJson(summary);
      else await print(summaryText(summary));
      return summary.rejected + summary.failed + unreadable.length > 0 ? 1 : 0;
    } finally {
      await world.close();
    }
  },
};

async function problemsOf(world: Awaited<ReturnType<typeof openWorld>>, tally: Tally): Promise<{ uri: string; problem: string }[]> {
  const found: { uri: string; problem: string }[] = [];
  for (const [document, outcome] of tally.outcomes) {
    if (outcome !== 'rejected' && outcome !== 'held') continue;
    if (found.length > 20) break;
    const head = await world.ports.ledger.head(document as Parameters<typeof world.ports.ledger.head>[0]);
    if (head?.problem) found.push({ uri: head.uri, problem: `${outcome}: ${head.problem.code}: ${head.problem.message}` });
  }
  return found;
}
