import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contenders, ROOT } from './contenders/index.ts';
import { manyUnchanged, runContender, warmUp } from './ingest.ts';
import { load } from './machine.ts';
import { readOptions } from './options.ts';
import { Results } from './results.ts';
import { report } from './table.ts';

/** The peers are no dependency of the product: they are installed when they are first compared. */
function installPeers(): void {
  if (existsSync(path.join(ROOT, 'bench/node_modules/llamaindex/package.json'))) return;
  console.error('installing the peers into bench/node_modules');
  const { status } = spawnSync('npm', ['ci', '--prefix', path.join(ROOT, 'bench')], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`npm ci in bench: exit code ${status}`);
}

const options = readOptions(process.argv.slice(2));
installPeers();
const chosen = contenders().filter(({ id }) => options.only.length === 0 || options.only.includes(id));
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
  const text = report({ contenders: chosen, results, many, options });
  console.log(text);
  if (options.out !== undefined) {
    mkdirSync(path.dirname(options.out), { recursive: true });
    writeFileSync(options.out, text);
  }
} finally {
  if (options.keep) console.error(`left in ${space}`);
  else rmSync(space, { recursive: true, force: true });
}
