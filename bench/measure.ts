import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** `peakMb` is the greatest sum of resident memory over the process and all below it; undefined where /proc is absent. */
export type Measured = { seconds: number; peakMb: number | undefined; output: string };

const SAMPLE_MS = 15;
/** The tree is looked up anew this often; between, only known processes are read. */
const TREE_EVERY = 4;

const orNothing = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    // The process ended between two looks at it.
    return undefined;
  }
};

function treeOf(pid: number): number[] {
  const tasks = orNothing(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  const children = tasks.flatMap((task) => {
    const listed = orNothing(() => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')) ?? '';
    return listed.split(' ').filter(Boolean).map(Number);
  });
  return [pid, ...children.flatMap(treeOf)];
}

const residentKb = (pid: number): number => {
  const status = orNothing(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '';
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
};

function watchMemory(pid: number): () => number | undefined {
  let peakKb = 0;
  let looks = 0;
  let known: number[] = [pid];
  const timer = setInterval(() => {
    if (looks++ % TREE_EVERY === 0) known = treeOf(pid);
    peakKb = Math.max(
      peakKb,
      known.reduce((sum, each) => sum + residentKb(each), 0),
    );
  }, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return peakKb > 0 ? peakKb / 1_024 : undefined;
  };
}

/** Runs Node on `args` and measures the process from its start to its end. */
export async function measure(args: readonly string[], cwd: string): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = child.pid === undefined ? () => undefined : watchMemory(child.pid);
  let seconds = 0;
  let output = '';
  let complaints = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    complaints += data;
  });
  child.once('exit', () => {
    seconds = (performance.now() - started) / 1_000;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const peakMb = stop();
  if (code !== 0) throw new Error(`node ${args.join(' ')}: exit code ${code}\n${complaints}${output}`);
  return { seconds, peakMb, output };
}
