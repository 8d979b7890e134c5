import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './contenders/index.ts';
import { load, machine } from './machine.ts';
import { measure } from './measure.ts';

/** How long a ruleset and a profile take on a table of a million rows and on one of a gigabyte, and in how much memory: `node bench/tables.ts`. */

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

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-tables-'));
const lines: string[] = [];
try {
  writeFileSync(path.join(folder, 'rules.dqdl'), RULES);
  for (const [name, isEnough] of [
    ['a million rows', (rows: number) => rows >= 1_000_000],
    ['a gigabyte', (_: number, bytes: number) => bytes >= 1_000_000_000],
  ] as const) {
    const file = path.join(folder, 'table.csv');
    const rows = await table(file, isEnough);
    const size = Math.round(statSync(file).size / 1_000_000);
    for (const [command, ...more] of [['check', '--rules', 'rules.dqdl', '--rows', '3'], ['profile']]) {
      const { seconds, cpu, peakMb } = await measure(
        [path.join(ROOT, 'apps/cli/sluice.js'), command ?? '', file, ...more, '--data-dir', 'data', '--json'],
        folder,
      );
      lines.push(
        `| ${name}: ${rows} rows, ${size} MB | \`sluice ${command}\` | ${seconds.toFixed(1)} | ${cpu?.toFixed(1) ?? '–'} | ${peakMb?.toFixed(0) ?? '–'} |`,
      );
      console.log(lines.at(-1));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const text = [
  '# Tables',
  '',
  `\`node bench/tables.ts\`, ${machine()}, load ${load().toFixed(1)}, ${new Date().toISOString().slice(0, 10)}. Nine columns, ten rules; memory is resident, of the whole process.`,
  '',
  '| CSV | command | seconds | processor seconds | peak MB |',
  '| --- | --- | ---: | ---: | ---: |',
  ...lines,
  '',
].join('\n');
writeFileSync(path.join(ROOT, 'bench/results/tables.md'), text);
