import { once } from 'node:events';
import { SluiceError } from '#core/errors.ts';

/** Writes to stdout and waits while the reader is slower. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

export const printJson = (value: unknown): Promise<void> => print(`${JSON.stringify(value)}\n`);

/** Logs, progress and warnings: never on stdout. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** An error as `--json` and JSON lines show it. */
export function errorRecord(error: unknown): { code: string; message: string } {
  if (error instanceof SluiceError) return { code: error.code, message: error.message };
  return { code: 'bug', message: error instanceof Error ? error.message : String(error) };
}
