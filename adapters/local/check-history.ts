import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What one check measured. */
const Entry = z.object({ at: z.number(), metrics: z.record(z.string(), z.number()) });

/** Checks that are remembered. */
const MOST = 1000;

export type CheckHistory = {
  /** What former checks measured, oldest first. */
  of(metric: string): readonly number[];
  add(metrics: Record<string, number>, at: number): Promise<void>;
};

/** What checks of one file measured, in the data directory: a line for each, which a half-written last one does not spoil. */
export async function openCheckHistory(dataDir: string, file: string): Promise<CheckHistory> {
  const folder = path.join(dataDir, 'checks');
  const at = path.join(folder, `${createHash('sha256').update(path.resolve(file)).digest('hex').slice(0, 32)}.jsonl`);
  const entries = (await linesOf(at)).flatMap((line) => {
    const parsed = Entry.safeParse(line);
    return parsed.success ? [parsed.data] : [];
  });
  return {
    of: (metric) => entries.slice(-MOST).flatMap(({ metrics }) => metrics[metric] ?? []),
    async add(metrics, time) {
      await mkdir(folder, { recursive: true });
      await appendFile(at, `\n${JSON.stringify({ at: time, metrics })}`);
    },
  };
}

async function linesOf(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}
