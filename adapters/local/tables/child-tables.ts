import { type ChildProcess, fork } from 'node:child_process';
import { siblingModule } from '#adapters/parsing/sibling-module.ts';
import { isErrorCode, SluiceError } from '#core/errors.ts';
import type { TableEngine, Tables } from '#core/ports/table-engine.ts';
import type { TableAnswer, TableRequest } from './table-child.ts';

/** After this a process that nothing was asked ends. */
const IDLE_MS = 10_000;

export type ChildTables = TableEngine & {
  /** Ends what is in work: it is `unavailable`. */
  close(): void;
};

const toError = ({ code, message }: { code: string; message: string }): Error =>
  isErrorCode(code) ? new SluiceError(code, message) : new Error(message);

/** What the engine needs of the environment; secrets that stand there are none of its business. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['NODE_COMPILE_CACHE', 'PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'].flatMap((name) =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  );

function start(): ChildProcess {
  const child = fork(siblingModule(import.meta.url, './table-child'), [], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    execArgv: ['--max-semi-space-size=2'],
    env: inherited(),
  });
  return child.on('error', () => child.kill('SIGKILL'));
}

/** An answer, or why there will be none. */
function ask(child: ChildProcess, request: TableRequest, gone: () => SluiceError): Promise<TableAnswer> {
  return new Promise((resolve, reject) => {
    const end = (): void => void child.off('message', onMessage).off('exit', onExit);
    const onMessage = (answer: TableAnswer): void => {
      end();
      if ('error' in answer) reject(toError(answer.error));
      else resolve(answer);
    };
    const onExit = (): void => {
      end();
      reject(gone());
    };
    child.on('message', onMessage).on('exit', onExit);
    child.send(request, (error) => error && onExit());
  });
}

/**
 * The table engine in a process of its own, one table at a time: it is native code that hostile files are read by, and what it
 * needed for a large one goes with it.
 */
export function childTables(): ChildTables {
  let idle: { child: ChildProcess; timer: NodeJS.Timeout } | undefined;
  let busy: ChildProcess | undefined;
  let isClosed = false;
  let turn: Promise<unknown> = Promise.resolve();

  const take = (): ChildProcess => {
    const known = idle;
    idle = undefined;
    clearTimeout(known?.timer);
    const child = known?.child.connected && known.child.exitCode === null ? known.child : start();
    child.ref();
    child.channel?.ref();
    return child;
  };
  /** Keeps no process alive by waiting for more. */
  const give = (child: ChildProcess): void => {
    child.unref();
    child.channel?.unref();
    const timer = setTimeout(() => {
      idle = undefined;
      if (child.connected) child.disconnect();
    }, IDLE_MS).unref();
    idle = { child, timer };
  };
  const gone = (): SluiceError =>
    isClosed
      ? new SluiceError('unavailable', 'reading a table: the table engine is shut down')
      : new SluiceError('parser-crashed', 'reading a table: the table engine crashed');

  const run: TableEngine['open'] = async (inputs, use) => {
    if (isClosed) throw gone();
    const child = take();
    busy = child;
    let reusable = false;
    try {
      const opened = await ask(child, { open: inputs }, gone);
      if (!('facts' in opened)) throw new Error('the table engine answered what was not asked');
      let asked: Promise<unknown> = Promise.resolve();
      const query: Tables['query'] = (sql) => {
        const answer = asked.then(() => ask(child, { query: sql }, gone));
        asked = answer.catch(() => undefined);
        return answer.then((told) => ('rows' in told ? told.rows : []));
      };
      const answer = await use({ tables: new Map(opened.facts), query });
      const closed = await ask(child, 'close', gone);
      reusable = 'closed' in closed && !closed.ends;
      return answer;
    } finally {
      busy = undefined;
      if (reusable && !isClosed) give(child);
      else if (child.connected) child.disconnect();
    }
  };
  return {
    open(inputs, use) {
      const answer = turn.then(() => run(inputs, use));
      turn = answer.catch(() => undefined);
      return answer;
    },
    close() {
      isClosed = true;
      clearTimeout(idle?.timer);
      for (const child of [busy, idle?.child]) if (child?.connected) child.disconnect();
      idle = undefined;
    },
  };
}
