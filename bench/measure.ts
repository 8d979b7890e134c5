import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all below it took. Memory and processor time are undefined where there is no /proc. */
type Tree = {
  /** Greatest sum of resident memory. */
  peakMb: number | undefined;
  /** Processor time, of all cores; it says less about who else used the machine than the clock does. */
  cpu: number | undefined;
};

export type Measured = Tree & { seconds: number; output: string };

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

const TICKS_PER_SECOND = 100;

function usageOf(pid: number): { kb: number; ticks: number } {
  const status = orNothing(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '';
  const stat = orNothing(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? '';
  // Behind the name: user, system, and both again of children that have ended.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { kb: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0), ticks };
}

function watchTree(pid: number): () => Tree {
  let kb = 0;
  let ticks = 0;
  let looks = 0;
  let known: number[] = [pid];
  const timer = setInterval(() => {
    if (looks++ % TREE_EVERY === 0) known = treeOf(pid);
    const usages = known.map(usageOf);
    kb = Math.max(
      kb,
      usages.reduce((sum, usage) => sum + usage.kb, 0),
    );
    ticks = Math.max(
      ticks,
      usages.reduce((sum, usage) => sum + usage.ticks, 0),
    );
  }, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return { peakMb: kb > 0 ? kb / 1_024 : undefined, cpu: kb > 0 ? ticks / TICKS_PER_SECOND : undefined };
  };
}

/** Runs Node on `args` and measures the process from its start to its end; `env` is set besides this process's own. */
export async function measure(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = watchTree(child.pid ?? 0);
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
  const tree = stop();
  if (code !== 0) throw new Error(`node ${args.join(' ')}: exit code ${code}\n${complaints}${output}`);
  return { ...tree, seconds, output };
}
