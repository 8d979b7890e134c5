import { once } from 'node:events';
import { SluiceError } from '#core/errors.ts';

/** Writes to stdout and waits while the reader is slower. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

export const printJson = (value: unknown): Promise<void> => print(`${JSON.stringify(value)}\n`);

/** File names and texts are hostile: what would steer a terminal, or turn its writing around, is shown as a mark. */
const forTerminals = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');

/** A name in one line: with a line break in it, a file could seem to be something that is said of another. */
export const inOneLine = (name: string): string => name.replace(/[\t\n\v\f\r\u0085\u2028\u2029]/g, '\uFFFD');

/** Writes what a person reads to stdout. */
export const printText = (text: string): Promise<void> => print(forTerminals(text));

/** `1 chunk`, `2 chunks`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Logs, progress and warnings: never on stdout. */
export const note = (text: string): void => {
  process.stderr.write(`${forTerminals(text)}\n`);
};

/** An error as `--json` and JSON lines show it. */
export function errorRecord(error: unknown): { code: string; message: string } {
  if (error instanceof SluiceError) return { code: error.code, message: error.message };
  return { code: 'bug', message: error instanceof Error ? error.message : String(error) };
}
