import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type IndexedChunk, openSluice, type Sluice } from '#apps/cli/library.ts';
import type { UserConfig } from '#schemas/config.ts';

const SLUICE = fileURLToPath(new URL('../../../apps/cli/sluice.js', import.meta.url));

/** A folder of the test's own, gone when the test is. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'sluice-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** An inbox with these files, and a place for its index. */
export function workspace(files: Record<string, string | Uint8Array> = {}): { folder: string; inbox: string; dataDir: string } {
  const folder = temporaryFolder();
  const inbox = path.join(folder, 'inbox');
  mkdirSync(inbox);
  write(inbox, files);
  return { folder, inbox, dataDir: path.join(folder, 'data') };
}

export function write(folder: string, files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

const WORDS =
  'river valve pump winter report garden letter engine market signal bridge harbour teacher morning window copper forest meadow station lantern compass harvest village kitchen library journey mountain painter railway sailor thunder orchard blanket candle feather glacier hammer island jacket kettle ladder mirror needle ocean pepper quarry ribbon saddle timber'.split(
    ' ',
  );

/** Readable sentences that are different for each seed. */
export function prose(seed: number, sentences = 6): string {
  let state = seed * 2_654_435_761 + 1;
  const word = (): string => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return WORDS[(state >>> 8) % WORDS.length] ?? 'river';
  };
  return Array.from(
    { length: sentences },
    () => `The ${word()} by the ${word()} was moved to the ${word()} because the ${word()} and the ${word()} were closed.`,
  ).join(' ');
}

export const page = (title: string, seed: number, paragraphs = 2): string =>
  `# ${title}\n\n${Array.from({ length: paragraphs }, (_, i) => prose(seed * 100 + i)).join('\n\n')}\n`;

export type Finished = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };
export type Running = { child: ChildProcess; ended: Promise<Finished>; stderr(): string };

/** Starts one command line in a process of its own; what is left of it at the end of the test is killed. */
export function launch(
  args: readonly string[],
  { input, cwd, uid, env }: { input?: string | Uint8Array; cwd?: string; uid?: number; env?: Record<string, string> } = {},
): Running {
  const child = spawn(process.execPath, [SLUICE, ...args], {
    cwd,
    ...(env && { env: { ...process.env, ...env } }),
    ...(uid !== undefined && { uid, gid: uid }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const ended = new Promise<Finished>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr })));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended, stderr: () => stderr };
}

export const run = (args: readonly string[], options: Parameters<typeof launch>[1] = {}): Promise<Finished> => launch(args, options).ended;

/** The one JSON value on stdout. */
export function jsonOf<T = Record<string, unknown>>({ stdout, stderr, code }: Finished): T {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`not one JSON value (exit ${code}): ${stdout.slice(0, 300)} ${stderr.slice(-1_000)}`);
  }
}

export const linesOf = <T = Record<string, unknown>>({ stdout }: Finished): T[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

type Nothing = false | null | undefined;

/** Waits until something holds, looking every few milliseconds, and fails when it never does. */
export async function until<T>(what: string, look: () => Promise<T | Nothing> | T | Nothing, withinMs = 20_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** An index in this process, closed when the test ends. */
export async function open(dataDir: string, config: UserConfig = {}): Promise<Sluice> {
  const sluice = await openSluice({ dataDir, config: { parsing: { processes: 1 }, ...config } });
  onTestFinished(() => sluice.close());
  return sluice;
}

export async function chunksOf(sluice: Sluice): Promise<IndexedChunk[]> {
  const chunks: IndexedChunk[] = [];
  for await (const chunk of sluice.chunks()) chunks.push(chunk);
  return chunks;
}

/** Names of the files that have chunks, sorted. */
export const indexedFiles = async (sluice: Sluice, inbox: string): Promise<string[]> =>
  [...new Set((await chunksOf(sluice)).map(({ uri }) => path.relative(inbox, uri.slice('file://'.length))))].sort();

/** Names of the files that a search finds, best first. */
export const foundFiles = async (sluice: Sluice, query: string, principals: string[] = []): Promise<string[]> => [
  ...new Set((await sluice.search(query, { principals })).hits.map(({ uri }) => path.basename(uri))),
];

/** Process ids of all that descends from a process (Linux). */
export function descendants(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return children.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}

export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
