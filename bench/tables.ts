import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './contenders/index.ts';
import { load, machine } from './machine.ts';
import { type Measured, measure } from './measure.ts';

/**
 * How long a ruleset, a profile and the pipeline take on a table of a million rows and on one of a gigabyte, and in how much memory, beside a
 * streaming parser and DuckDB as it comes: `node bench/tables.ts [million|gigabyte]`.
 */

const RULES = `Rules = [
  RowCount > 1000, IsComplete "customer", IsPrimaryKey "order", ColumnValues "state" in ["open", "paid", "returned"],
  ColumnValues "amount" between 0 and 900 with threshold > 0.5, ColumnValues "email" matches "[^@]+@[^@]+", Mean "amount" between 400 and 600,
  DistinctValuesCount "email" > 10, Entropy "state" > 1, CustomSql "select count(*) from primary where quantity > 19" = 0
]`;
const STATES = ['open', 'paid', 'returned'];
const ANSWERS = ['very satisfied', 'satisfied', 'neutral', 'dissatisfied'];

function row(i: number): string {
  // A linear congruence: the same table on every machine.
  const random = (salt: number, below: number): number => Math.imul(i + salt, 2_654_435_761) % below;
  const pick = (salt: number, below: number): number => Math.abs(random(salt, below));
  const amount = (pick(3, 100_000) / 100).toFixed(2);
  const day = `2024-0${1 + pick(1, 9)}-1${pick(2, 10)}`;
  return `${i},C-${pick(0, 500_000)},${day},${STATES[pick(4, 3)]},${amount},user${pick(5, 1_000_000)}@example.com,"left at the door, number ${i} of the street",${pick(6, 20)},${ANSWERS[pick(7, 4)]}\n`;
}

async function table(file: string, isEnough: (rows: number, bytes: number) => boolean): Promise<number> {
  const out = createWriteStream(file);
  out.write('order,customer,day,state,amount,email,note,quantity,rating\n');
  let rows = 0;
  let bytes = 0;
  while (!isEnough(rows, bytes)) {
    const part = Array.from({ length: 5_000 }, () => row(++rows)).join('');
    bytes += part.length;
    if (!out.write(part)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return rows;
}

const SIZES = {
  million: (rows: number): boolean => rows >= 1_000_000,
  gigabyte: (_: number, bytes: number): boolean => bytes >= 1_000_000_000,
};
const SLUICE = path.join(ROOT, 'apps/cli/sluice.js');
const peer = (name: string): string => path.join(ROOT, 'bench/peers', name);

/** Each in a process of its own, one after the other. */
const contenders = (folder: string, file: string): [name: string, args: string[]][] => [
  ['`sluice check`, ten rules', [SLUICE, 'check', file, '--rules', path.join(folder, 'rules.dqdl'), '--rows', '3']],
  ['`sluice profile`', [SLUICE, 'profile', file]],
  ['`sluice ingest`', [SLUICE, 'ingest', path.dirname(file)]],
  ['Papa Parse, streaming: rows, least, most and mean', [peer('papaparse-columns.ts'), file]],
  ['DuckDB as it comes: `SUMMARIZE`', [peer('duckdb-summarize.ts'), file]],
];

const line = (name: string, { seconds, cpu, peakMb }: Measured, own: Measured): string =>
  `| ${name} | ${seconds.toFixed(1)} | ${cpu?.toFixed(1) ?? '–'} | ${peakMb?.toFixed(0) ?? '–'} | ${cpu && own.cpu ? (cpu / own.cpu).toFixed(2) : '–'} |`;

async function run(size: keyof typeof SIZES): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-tables-'));
  try {
    const file = path.join(folder, 'inbox', 'table.csv');
    mkdirSync(path.dirname(file));
    writeFileSync(path.join(folder, 'rules.dqdl'), RULES);
    const rows = await table(file, SIZES[size]);
    const title = `${rows.toLocaleString('en')} rows, ${Math.round(statSync(file).size / 1_000_000)} MB`;
    const found: [string, Measured][] = [];
    for (const [name, args] of contenders(folder, file)) {
      const own = args[0] === SLUICE ? ['--data-dir', path.join(folder, 'data'), '--json'] : [];
      const measured = await measure([...args, ...own], folder);
      found.push([name, measured]);
      console.log(line(name, measured, measured));
    }
    const profile = found[1]?.[1];
    const lines = found.map(([name, measured]) => line(name, measured, profile ?? measured));
    return [
      `## ${title}`,
      '',
      `${new Date().toISOString().slice(0, 10)}, load ${load().toFixed(1)}.`,
      '',
      "| | seconds | processor seconds | peak MB | processor seconds, times the profile's |",
      '| --- | ---: | ---: | ---: | ---: |',
      ...lines,
      '',
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [only] = process.argv.slice(2);
for (const size of ['million', 'gigabyte'] as const) {
  if (only !== undefined && size !== only) continue;
  const heading = `# Tables\n\n\`node bench/tables.ts ${size}\`, ${machine()}. CSV of nine columns; memory is resident, of the process and all below it.\n`;
  writeFileSync(path.join(ROOT, `bench/results/tables-${size}.md`), `${heading}\n${await run(size)}`);
}
