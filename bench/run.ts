import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contenders, ROOT } from './contenders/index.ts';
import { manyUnchanged, runContender, warmUp } from './ingest.ts';
import { load } from './machine.ts';
import { RESULTS, readOptions } from './options.ts';
import { Results } from './results.ts';
import { headline, report } from './table.ts';

/** The peers are no dependency of the product: they are installed when they are first compared. */
function installPeers(): void {
  if (existsSync(path.join(ROOT, 'bench/node_modules/llamaindex/package.json'))) return;
  console.error('installing the peers into bench/node_modules');
  const { status } = spawnSync('npm', ['ci', '--prefix', path.join(ROOT, 'bench')], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`npm ci in bench: exit code ${status}`);
}

/** The page about benchmarks shows what was measured last. */
function showIn(page: string, table: string): void {
  const text = readFileSync(page, 'utf8');
  const [from, to] = ['<!-- latest -->', '<!-- /latest -->'].map((mark) => text.indexOf(mark));
  if (from === undefined || to === undefined || from < 0 || to < from)
    throw new Error(`writing ${page}: it has no place for the latest table`);
  writeFileSync(page, `${text.slice(0, from)}<!-- latest -->\n${table}\n${text.slice(to)}`);
}

const options = readOptions(process.argv.slice(2));
installPeers();
const chosen = contenders().filter(({ id }) => options.only.length === 0 || options.only.includes(id));
if (chosen.length === 0) throw new Error(`--only ${options.only.join(',')}: there is no such contender`);
const space = mkdtempSync(path.join(tmpdir(), 'sluice-bench-'));
const results = new Results();
try {
  for (let run = 1; run <= options.runs; run++) {
    for (const contender of chosen) {
      if (run === 1) await warmUp(contender, space);
      const outcomes = await runContender(contender, space, options.files);
      results.add(contender.id, outcomes, load());
      const told = outcomes.map(({ step, seconds }) => `${step} ${seconds.toFixed(2)} s`).join(', ');
      console.error(`run ${run} of ${options.runs}, ${contender.id}: ${told}; load ${load().toFixed(1)}`);
    }
  }
  const many = options.many > 0 && chosen.some(({ id }) => id === 'sluice') ? await manyUnchanged(space, options.many, options.runs) : [];
  const all = { contenders: chosen, results, many, options };
  const text = report(all);
  console.log(text);
  if (options.out !== undefined) {
    mkdirSync(path.dirname(options.out), { recursive: true });
    writeFileSync(options.out, text);
    if (options.out === RESULTS) showIn(path.join(ROOT, 'docs/benchmarks.md'), headline(all));
  }
} finally {
  if (options.keep) console.error(`left in ${space}`);
  else rmSync(space, { recursive: true, force: true });
}
