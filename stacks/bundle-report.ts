import { execFile } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type ProgramName, TASK } from '#schemas/functions.ts';
import type { Bundle } from './bundle.ts';

/** `initMs`: processor time of the import in a fresh Node; undefined for the task, which does its work when it is imported. */
export type Measured = { name: string; bytes: number; initMs: number | undefined };

/** What is deployed may grow by a fifth of what is recorded, within these bounds. */
const BOUNDS = {
  thin: { bytes: 1024 ** 2, initMs: 150 },
  finding: { bytes: 2 * 1024 ** 2, initMs: 250 },
  heavy: { bytes: 60 * 1024 ** 2, initMs: 600 },
};
const GROWTH = 1.2;
const TABLES = 'the lists of names and places, and the numbering plans, by which personal data is found';
/** What carries more than its own code and clients, and what that is. */
const HEAVY: Partial<Record<ProgramName, string>> = {
  'extract-text': 'parsers and the reader of PDFs',
  'extract-table': 'parsers',
  'extract-image': 'detection of formats and languages',
  'extract-media': 'detection of formats and languages',
  [TASK]: 'all of the extractors',
};
const FINDING: Partial<Record<ProgramName, string>> = {
  api: `${TABLES}, for the passages that a release teaches`,
  assess: `${TABLES}, for the preview of what is held`,
  fuse: `${TABLES}, for the preview of a case that is held`,
  screen: `${TABLES}, the weights of the classifier of instructions, and those of words by which subjects are compared`,
  mask: TABLES,
  describe: `${TABLES}, and lists of stop words and of words that sound well or badly`,
};
/** Below this a difference of times says nothing. */
const NOISE_MS = 30;
const ROUNDS = 6;
/** How many times more what seems to start late is measured: on a shared machine a start may take half as long again for a minute. */
const DOUBTS = 5;

const Recorded = z.record(z.string(), z.object({ bytes: z.number(), initMs: z.number().optional() }));
export type Recorded = z.infer<typeof Recorded>;
export const RECORDED = path.resolve(import.meta.dirname, '../.ci/bundles.json');
export const readRecorded = (): Recorded => Recorded.parse(JSON.parse(readFileSync(RECORDED, 'utf8')));

/** The time of the processor, not of the clock: what else the machine does is not counted. */
const PROGRAM = `
const before = process.cpuUsage();
await import(process.argv[1]);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
process.exit(0);`;

async function initMs(folder: string): Promise<number> {
  const args = ['--input-type=module', '--eval', PROGRAM, path.join(folder, 'index.mjs')];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, AWS_REGION: 'us-east-1' } });
  return Number(stdout);
}

function bytesOf(folder: string): number {
  return globSync('**/*', { cwd: folder }).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
}

/** Size and start of each bundle as it lies in its folder. Of several rounds the fastest start counts; a late one is doubted for more rounds. */
export async function measureBundles(bundles: readonly Bundle[], recorded: Recorded): Promise<Measured[]> {
  const fastest = new Map<string, number>();
  const sizes = bundles.map(({ name, folder }) => ({ name, bytes: bytesOf(folder) }));
  const measured = () => sizes.map((one) => ({ ...one, initMs: fastest.get(one.name) }));
  let started = bundles.filter(({ name }) => name !== TASK);
  for (let doubt = 0; doubt <= DOUBTS && started.length > 0; doubt++) {
    for (let round = 0; round < ROUNDS; round++)
      for (const { name, folder } of started)
        fastest.set(name, Math.min(await initMs(folder), fastest.get(name) ?? Number.POSITIVE_INFINITY));
    const late = new Set(
      measured().flatMap((one) => (startProblems(one, recorded, speedOf(measured(), recorded)).length > 0 ? one.name : [])),
    );
    started = started.filter(({ name }) => late.has(name));
  }
  return measured();
}

function boundsOf({ name }: Measured): { bytes: number; initMs: number } {
  if (Object.hasOwn(HEAVY, name)) return BOUNDS.heavy;
  return Object.hasOwn(FINDING, name) ? BOUNDS.finding : BOUNDS.thin;
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
const timesOf = (all: readonly { initMs?: number | undefined }[]): number[] => all.flatMap(({ initMs }) => initMs ?? []);

/** How much slower this machine is than the recorded one. */
const speedOf = (measured: readonly Measured[], recorded: Recorded): number =>
  median(timesOf(measured)) / median(timesOf(Object.values(recorded)));

function startProblems(one: Measured, recorded: Recorded, speed: number): string[] {
  const { name, initMs = 0 } = one;
  const bound = boundsOf(one).initMs;
  const before = recorded[name]?.initMs ?? Number.POSITIVE_INFINITY;
  return [
    ...(initMs > bound * Math.max(1, speed) ? [`${name}: starts in ${initMs.toFixed(0)} ms, at most ${bound}`] : []),
    ...(initMs > Math.max(before * GROWTH, before + NOISE_MS) * speed
      ? [`${name}: starts in ${initMs.toFixed(0)} ms, ${before} are recorded`]
      : []),
  ];
}

function sizeProblems(one: Measured, recorded: Recorded): string[] {
  const { name, bytes } = one;
  const bound = boundsOf(one).bytes;
  const before = recorded[name];
  return [
    ...(bytes > bound ? [`${name}: ${bytes} bytes, at most ${bound}`] : []),
    ...(before ? [] : [`${name}: not recorded: npm run bundle -- --record`]),
    ...(before && bytes > before.bytes * GROWTH ? [`${name}: ${bytes} bytes, ${before.bytes} are recorded`] : []),
  ];
}

/** What is over its bounds, or grew by more than a fifth. Times are compared as parts of their median: machines differ. */
export function problemsOf(measured: readonly Measured[], recorded: Recorded): string[] {
  const speed = speedOf(measured, recorded);
  return measured.flatMap((one) => [...sizeProblems(one, recorded), ...startProblems(one, recorded, speed)]);
}

export const recordOf = (measured: readonly Measured[]): Recorded =>
  Object.fromEntries(
    measured.map(({ name, bytes, initMs }) => [name, { bytes, ...(initMs !== undefined && { initMs: Math.round(initMs) }) }]),
  );

/** A line for each function. */
export const tableOf = (measured: readonly Measured[]): string =>
  [
    `${'function'.padEnd(16)}${'kB'.padStart(8)}${'of'.padStart(8)}${'ms'.padStart(8)}${'of'.padStart(6)}`,
    ...measured.map((one) => {
      const { bytes, initMs } = boundsOf(one);
      const cells = [(one.bytes / 1024).toFixed(0).padStart(8), (bytes / 1024).toFixed(0).padStart(8)];
      const times = [(one.initMs?.toFixed(0) ?? '-').padStart(8), String(initMs).padStart(6)];
      return `${one.name.padEnd(16)}${[...cells, ...times].join('')}`;
    }),
  ].join('\n');
