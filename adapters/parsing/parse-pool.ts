import { type ChildProcess, execFile, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { isErrorCode, SluiceError } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from '#core/formats/index.ts';
import type { Picture, RecognisedPage } from '#core/ports/ocr.ts';
import type { Parsable, Parsers } from '#core/ports/parsers.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { ParseAnswer, ParseProgress, ParseRequest } from './parse-child.ts';
import { type Reaper, startReaper } from './reaper.ts';
import { siblingModule } from './sibling-module.ts';
import { withTemporaryFile } from './temporary-file.ts';

export type ParsePoolOptions = {
  /** Child processes at most. */
  size: number;
  /** Resident memory of one child, in MB, above which it is killed. */
  memoryMb: number;
  /** Seconds that a parse may take, before the allowance for size. */
  timeoutSeconds: number;
  /** Seconds that a parse may take at most, whatever the size. */
  mostSeconds?: number;
  limits?: ParseLimits;
  /** The child's entry module; another one shows how a hang or a crash is handled. */
  entry?: URL;
};

/** Half a second for each megabyte on top, so that a large honest file is not taken for a hang. */
const allowanceMs = (size: number): number => (size / 1_000_000) * 500;

/** And as much for each page that was read, for a long document of few bytes; the whole takes ten minutes at most. */
const PAGE_MS = 40;
const MOST_SECONDS = 600;

/** How many times the time of a parse recognising a page may take: letters are looked at one by one. */
const RECOGNISING_SHARE = 8;

/** A document that has waited this long is worth another process; many small ones are not. */
const PATIENCE_MS = 300;

/** What a parser needs of the environment; secrets that stand there are none of its business. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['NODE_COMPILE_CACHE', 'PATH', 'SystemRoot', 'TZ'].flatMap((name) =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  );

/** An idle child that has grown to this share of its bound, or to so many MB, is replaced: it keeps what its last document took. */
const RECYCLE = { share: 0.5, mb: 280 };

/** A child that waits longer for a document takes memory for nothing. */
const IDLE_MS = 10_000;

const SHUT_DOWN: ParseAnswer = { error: { code: 'unavailable', message: 'the parsers are shut down' } };

type Failure = { code: 'parse-timeout' | 'parse-memory' | 'parser-crashed'; message: string };
type Task = { request: ParseRequest; size: number; fresh: boolean; since: number; resolve: (answer: ParseAnswer) => void };
type Child = { process: ChildProcess; used: boolean; rests?: NodeJS.Timeout };

export type ParsePool = Parsers & {
  /** Starts a process now, since there will be something to parse. */
  warm(): void;
  /** The text of a picture, looked at in a process as documents are. */
  recognise(picture: Picture, languages: readonly string[]): Promise<RecognisedPage>;
  close(): Promise<void>;
};

function toError(answer: ParseAnswer, { name }: Parsable): Error {
  if (!('error' in answer)) return new Error(`reading ${name}: the parser answered what was not asked`);
  const { code, message } = answer.error;
  return isErrorCode(code) ? new SluiceError(code, message) : new Error(message);
}

/** Resident memory of a process in MB, 0 when it cannot be told. */
async function residentMb(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  }
  if (process.platform === 'win32') return 0;
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => ({ stdout: '0' }));
  return Number(stdout.trim()) / 1024;
}

/**
 * Reused child processes, one document at a time each, killed on time or memory: no parser can take this process with
 * it. A document that fails in a child that had served others is tried once more in a new one, so that what an earlier
 * document left behind is not held against it.
 */
export function parsePool(options: ParsePoolOptions): ParsePool {
  const idle: Child[] = [];
  const waiting: Task[] = [];
  const all = new Set<ChildProcess>();
  let busy = 0;
  let closed = false;
  let reaper: Reaper | undefined;
  let later: NodeJS.Timeout | undefined;

  const start = (): Child => {
    const child = fork(options.entry ?? siblingModule(import.meta.url, './parse-child'), [], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // As bytes, not as JSON text, which a long document would take three times the memory of.
      serialization: 'advanced',
      execArgv: [
        `--max-old-space-size=${Math.round(options.memoryMb * 0.75)}`,
        // A small young generation: a parser's memory is its document's, not its garbage's.
        '--max-semi-space-size=2',
        // A document that takes over its parser may not write files, start processes or load native code.
        '--permission',
        '--allow-fs-read=*',
      ],
      env: inherited(),
    });
    const { pid } = child;
    if (pid !== undefined) {
      all.add(child);
      reaper ??= startReaper();
      reaper.add(pid);
      child.once('exit', () => {
        all.delete(child);
        reaper?.remove(pid);
      });
    }
    child.on('error', () => child.kill('SIGKILL'));
    return { process: child, used: false };
  };

  const rest = (child: Child, ms = IDLE_MS): void => {
    child.rests = setTimeout(() => {
      const at = idle.indexOf(child);
      if (at >= 0) idle.splice(at, 1)[0]?.process.kill('SIGKILL');
    }, ms).unref();
    idle.push(child);
  };

  const takeIdle = (): Child | undefined => {
    // One that died by itself may not have said so on its channel yet.
    const isAlive = ({ pid, connected, killed, exitCode, signalCode }: ChildProcess): boolean =>
      pid !== undefined && connected && !killed && exitCode === null && signalCode === null;
    for (let child = idle.pop(); child; child = idle.pop()) {
      clearTimeout(child.rests);
      if (isAlive(child.process)) return child;
    }
    return undefined;
  };

  const next = (): void => {
    clearTimeout(later);
    later = undefined;
    while (!closed && waiting.length > 0 && busy < options.size) {
      const [task] = waiting;
      if (!task) return;
      const idleChild = task.fresh ? undefined : takeIdle();
      const waited = performance.now() - task.since;
      if (!idleChild && !task.fresh && busy > 0 && waited < PATIENCE_MS) {
        later ??= setTimeout(next, PATIENCE_MS - waited);
        return;
      }
      waiting.shift();
      busy += 1;
      if (task.fresh) for (const child of idle.splice(0, 1)) child.process.kill('SIGKILL');
      const child = idleChild ?? start();
      void run(child, task.request, task.size).then((result) => settle(child, task, result));
    }
  };

  const settle = (child: Child, task: Task, result: ParseAnswer | Failure): void => {
    busy -= 1;
    const failed = 'code' in result;
    if (closed) task.resolve(failed ? SHUT_DOWN : result);
    else if (failed && child.used) waiting.unshift({ ...task, fresh: true });
    else task.resolve(failed ? { error: result } : result);
    if (!failed) {
      child.used = true;
      rest(child);
    }
    next();
  };

  /** One request in one child; a child that does not answer in bounds is dead when this resolves. */
  const run = (child: Child, request: ParseRequest, size: number): Promise<ParseAnswer | Failure> =>
    new Promise((resolve) => {
      const { process: worker } = child;
      if (worker.pid === undefined) {
        resolve({ error: { code: 'unavailable', message: `reading ${request.name}: this machine starts no more processes` } });
        return;
      }
      const share = request.recognise ? RECOGNISING_SHARE : 1;
      const mostMs = (options.mostSeconds ?? Number.POSITIVE_INFINITY) * 1000;
      const started = performance.now();
      let limitMs = Math.min(options.timeoutSeconds * 1000 * share + allowanceMs(size), mostMs);
      let failure: Failure = { code: 'parser-crashed', message: `reading ${request.name}: its parser crashed` };
      const kill = (because: Failure): void => {
        failure = because;
        worker.kill('SIGKILL');
      };
      const inTime = (): NodeJS.Timeout =>
        setTimeout(
          () => kill({ code: 'parse-timeout', message: `reading ${request.name}: not done after ${Math.round(limitMs / 1000)} s` }),
          limitMs - (performance.now() - started),
        );
      let timer = inTime();
      const grant = (pages: number): void => {
        clearTimeout(timer);
        limitMs = Math.max(limitMs, Math.min(limitMs + pages * PAGE_MS, MOST_SECONDS * 1000, mostMs));
        timer = inTime();
      };
      const watch = setInterval(async () => {
        if ((await residentMb(worker.pid ?? 0)) > options.memoryMb) {
          kill({ code: 'parse-memory', message: `reading ${request.name}: needs more than ${options.memoryMb} MB of memory` });
        }
      }, 50);
      const end = (): void => {
        clearTimeout(timer);
        clearInterval(watch);
        worker.off('message', onMessage).off('exit', onExit);
      };
      const onMessage = (answer: ParseAnswer | ParseProgress): void => {
        if ('pages' in answer) {
          grant(answer.pages);
          return;
        }
        end();
        void residentMb(worker.pid ?? 0).then((mb) => {
          if (mb > Math.min(options.memoryMb * RECYCLE.share, RECYCLE.mb)) worker.kill('SIGKILL');
          resolve(answer);
        });
      };
      const onExit = (_code: number | null, signal: NodeJS.Signals | null): void => {
        end();
        const outOfHeap = signal === 'SIGABRT' || signal === 'SIGTRAP';
        resolve(
          outOfHeap
            ? { code: 'parse-memory', message: `reading ${request.name}: needs more than ${options.memoryMb} MB of memory` }
            : failure,
        );
      };
      worker.on('message', onMessage).on('exit', onExit);
      worker.send(request, (error) => error && worker.kill('SIGKILL'));
    });

  const ask = async (content: Parsable, what: Pick<ParseRequest, 'options' | 'picture' | 'recognise' | 'member'>): Promise<ParseAnswer> => {
    const { name, size, contentHash } = content;
    if (closed) return SHUT_DOWN;
    const limits = options.limits ?? DEFAULT_PARSE_LIMITS;
    const queued = (path: string): Promise<ParseAnswer> =>
      new Promise((resolve) => {
        const request: ParseRequest = { path, name, ...(contentHash && { contentHash }), limits, ...what };
        waiting.push({ request, size, fresh: false, since: performance.now(), resolve });
        next();
      });
    return 'bytes' in content ? withTemporaryFile(content.bytes, queued) : content.withFile(queued);
  };

  return {
    warm() {
      if (!closed && all.size === 0) rest(start(), IDLE_MS / 4);
    },
    async parse(content, how): Promise<Extracted> {
      const answer = await ask(content, { ...(how && { options: how }) });
      if ('extracted' in answer) return answer.extracted;
      throw toError(answer, content);
    },
    async picture(content, page) {
      const answer = await ask(content, { picture: page });
      if ('picture' in answer) return Buffer.from(answer.picture, 'base64');
      throw toError(answer, content);
    },
    async member(content, path) {
      const answer = await ask(content, { member: path });
      if (!('member' in answer)) throw toError(answer, content);
      return answer.member === null ? undefined : Buffer.from(answer.member, 'base64');
    },
    async recognise({ name, bytes, page = 1 }, languages) {
      const content = { name, size: bytes.length, bytes };
      const answer = await ask(content, { recognise: { page, languages } });
      if ('recognised' in answer) return answer.recognised;
      throw toError(answer, content);
    },
    async close() {
      closed = true;
      clearTimeout(later);
      for (const task of waiting.splice(0)) task.resolve(SHUT_DOWN);
      await Promise.all(
        [...all].map((child) => {
          const gone = new Promise((resolve) => child.once('exit', resolve));
          child.kill('SIGKILL');
          return gone;
        }),
      );
      reaper?.close();
    },
  };
}
