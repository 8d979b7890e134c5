import { spawn } from 'node:child_process';

/** Keeps a list of processes, and ends those that are on it when its input ends: with `close`, or with this process. */
const SCRIPT = `trap '' INT TERM HUP
live=' '
while read -r line; do
  case $line in
    +*) live="$live\${line#+} " ;;
    -*) rest=' '; for pid in $live; do [ "$pid" = "\${line#-}" ] || rest="$rest$pid "; done; live=$rest ;;
  esac
done
[ "$live" = ' ' ] || kill -9 $live`;

export type Reaper = { add(pid: number): void; remove(pid: number): void; close(): void };

/**
 * Sees to it that child processes end with this one, even when it is killed. A child hears of that by itself only while
 * it is not in an endless loop. Where there is no shell, that is all there is.
 */
export function startReaper(): Reaper {
  const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'] });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
  return {
    add: (pid) => void shell.stdin.write(`+${pid}\n`),
    remove: (pid) => void shell.stdin.write(`-${pid}\n`),
    close: () => void shell.stdin.end(),
  };
}
