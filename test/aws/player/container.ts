import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LambdaFunction } from '../graph/inputs.ts';

export type Invocation = { id: string; event: unknown; deadline: number; aheadMs: number };
export type Answer = { id: string; result: unknown } | { id: string; error: string };

/** Why an invocation has no result: the function threw, took too long, used too much memory, or its process ended. */
export type Failure = { kind: 'thrown' | 'timeout' | 'memory' | 'ended'; message: string };
export type Outcome = { result: unknown } | { failure: Failure };

export type Container = {
  /** Its access key, by which the record of calls names it. */
  name: string;
  /** `aheadMs`: how much later it is for the function than for the test. */
  invoke(event: unknown, aheadMs?: number): Promise<Outcome>;
  readonly isAlive: boolean;
  kill(): void;
};

const RUNTIME = path.join(import.meta.dirname, 'runtime.ts');
/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html: the init phase. */
const INIT_MS = 10_000;
const LOOK_MS = 100;

/** Resident memory of a process and of what it started, in MB. */
function residentMb(pid: number): number {
  try {
    const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '),
    );
    return children.filter(Boolean).reduce((sum, child) => sum + residentMb(Number(child)), own);
  } catch {
    return 0;
  }
}

/** What Lambda puts into a function's environment by itself, as far as code asks for it; nothing of this machine's. */
const lambdaVariables = ({ name, memorySize }: LambdaFunction, folder: string, scratch: string): Record<string, string> => ({
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '1',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  LAMBDA_TASK_ROOT: folder,
  TZ: ':UTC',
  TMPDIR: scratch,
});

export type ContainerOptions = {
  of: LambdaFunction;
  name: string;
  /** The unpacked bundle. */
  folder: string;
  /** Region, credentials and the address of AWS. */
  environment: Record<string, string>;
  onLog: (line: string) => void;
};

/** Starts one execution environment: a process that serves one invocation at a time, within the function's time and memory. */
export async function startContainer({ of, name, folder, environment, onLog }: ContainerOptions): Promise<Container> {
  const [file = '', exported = 'handler'] = of.handler.split('.');
  const scratch = mkdtempSync(path.join(tmpdir(), 'sluice-lambda-'));
  const child = fork(RUNTIME, [path.join(folder, `${file}.mjs`), exported], {
    cwd: folder,
    env: { ...of.environment.variables, ...lambdaVariables(of, folder, scratch), ...environment },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n').filter(Boolean)) onLog(line);
    });
  }
  let isAlive = true;
  const ended = new Promise<Failure>((resolve) =>
    child.once('exit', (code, signal) => {
      isAlive = false;
      rmSync(scratch, { recursive: true, force: true });
      resolve({ kind: 'ended', message: `Runtime exited (${signal ?? code})` });
    }),
  );
  await Promise.race([message(child, (sent) => sent === 'ready'), ended.then(fail), late(INIT_MS, 'init took more than 10 s').then(fail)]);

  return {
    name,
    get isAlive() {
      return isAlive;
    },
    kill: () => void child.kill('SIGKILL'),
    async invoke(event, aheadMs = 0) {
      const id = randomUUID();
      const over = limits(child, of);
      child.send({ id, event, deadline: Date.now() + of.timeout * 1000, aheadMs } satisfies Invocation);
      const answered = message(child, (sent) => isAnswer(sent) && sent.id === id);
      const outcome = await Promise.race([answered, ended, over.reached]);
      over.stop();
      if (isAnswer(outcome))
        return 'error' in outcome ? { failure: { kind: 'thrown', message: outcome.error } } : { result: outcome.result };
      child.kill('SIGKILL');
      await ended;
      return { failure: outcome };
    },
  };
}

const isAnswer = (sent: unknown): sent is Answer => typeof sent === 'object' && sent !== null && 'id' in sent;

function fail(failure: Failure): never {
  throw new Error(failure.message);
}

const late = (ms: number, message: string): Promise<Failure> =>
  new Promise((resolve) => setTimeout(() => resolve({ kind: 'timeout', message }), ms).unref());

function message(child: ChildProcess, wanted: (sent: unknown) => boolean): Promise<Answer> {
  return new Promise((resolve) => {
    const listen = (sent: unknown): void => {
      if (!wanted(sent)) return;
      child.off('message', listen);
      resolve(sent as Answer);
    };
    child.on('message', listen);
  });
}

/** Resolves when an invocation has taken more time or memory than its function has. */
function limits(child: ChildProcess, { timeout, memorySize }: LambdaFunction): { reached: Promise<Failure>; stop(): void } {
  let looking: NodeJS.Timeout | undefined;
  let ending: NodeJS.Timeout | undefined;
  const reached = new Promise<Failure>((resolve) => {
    ending = setTimeout(() => resolve({ kind: 'timeout', message: `Task timed out after ${timeout} seconds` }), timeout * 1000);
    looking = setInterval(() => {
      const used = residentMb(child.pid ?? 0);
      if (used > memorySize) resolve({ kind: 'memory', message: `${Math.round(used)} MB used of ${memorySize}` });
    }, LOOK_MS);
  });
  const stop = (): void => {
    clearTimeout(ending);
    clearInterval(looking);
  };
  return { reached, stop };
}
