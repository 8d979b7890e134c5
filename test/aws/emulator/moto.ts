import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { installMoto } from './venv.ts';

/** One emulator process. It answers one request at a time. */
export type Moto = { port: number; stop(): Promise<void> };

const LAST_LINES = 20;

/** The port that the server prints when it listens. */
async function portOf(child: ChildProcess, errors: readonly string[]): Promise<number> {
  if (!child.stdout) throw new Error('moto was started without a pipe');
  for await (const line of createInterface({ input: child.stdout })) return Number(line);
  throw new Error(`moto ended before it listened: ${errors.join('\n')}`);
}

export async function startMoto(): Promise<Moto> {
  const python = path.join(await installMoto(), 'bin/python');
  // Its standard input is a pipe that ends with this process, and the emulator with it.
  const child = spawn(python, [path.join(import.meta.dirname, 'serve.py')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', MOTO_S3_DEFAULT_KEY_BUFFER_SIZE: `${64 << 20}` },
  });
  const errors: string[] = [];
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      errors.push(line);
      if (errors.length > LAST_LINES) errors.shift();
    });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await portOf(child, errors);
  return {
    port,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
