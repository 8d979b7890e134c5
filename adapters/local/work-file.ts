import { closeSync, createReadStream, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** A value in a file: what it has but for the items of its lists, which follow one a line, so that it is never one string. */
const Opening = z.object({ value: z.record(z.string(), z.unknown()), lists: z.array(z.tuple([z.string(), z.int()])) });

const BUFFER = 64 * 1024;

function* linesOf(value: object): Generator<string> {
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const emptied = { ...value, ...Object.fromEntries(lists.map(([name]) => [name, []])) };
  yield JSON.stringify({ value: emptied, lists: lists.map(([name, { length }]) => [name, length]) });
  for (const [, items] of lists) for (const item of items) yield JSON.stringify(item);
}

/** Whole or not at all as far as a kill goes; it need not outlive a loss of power. */
export function writeWhole(file: string, value: object): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const out = openSync(`${file}.new`, 'w', 0o600);
  try {
    let text = '';
    for (const line of linesOf(value)) {
      text += `${line}\n`;
      if (text.length < BUFFER) continue;
      writeSync(out, text);
      text = '';
    }
    writeSync(out, text);
  } finally {
    closeSync(out);
  }
  renameSync(`${file}.new`, file);
}

/** Separated by `\n` alone: other ends of lines may stand inside JSON text. */
async function* linesIn(file: string): AsyncGenerator<string> {
  let rest: string[] = [];
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: BUFFER })) {
    const [first = '', ...lines] = String(chunk).split('\n');
    rest.push(first);
    for (const line of lines) {
      yield rest.join('');
      rest = [line];
    }
  }
}

/** What was written; throws a `SyntaxError` or a `ZodError` where the file is torn, and the system's error where it cannot be read. */
export async function readWhole(file: string): Promise<unknown> {
  let opening: z.infer<typeof Opening> | undefined;
  const items: unknown[] = [];
  for await (const line of linesIn(file)) {
    if (opening) items.push(JSON.parse(line));
    else opening = Opening.parse(JSON.parse(line));
  }
  const { value, lists } = Opening.parse(opening);
  let at = 0;
  for (const [name, length] of lists) {
    value[name] = items.slice(at, at + length);
    at += length;
  }
  if (at !== items.length) throw new SyntaxError(`${items.length} items instead of ${at}`);
  return value;
}
