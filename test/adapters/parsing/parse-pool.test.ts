import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ParsePoolOptions, parsePool } from '#adapters/parsing/parse-pool.ts';
import { descendants, isAlive, temporaryFolder, until, write } from '#test/e2e/local/helpers.ts';

const entry = new URL('../../fixtures/parsers/tricky.ts', import.meta.url);

function pool(options: Partial<ParsePoolOptions> = {}) {
  const made = parsePool({ size: 1, memoryMb: 150, timeoutSeconds: 10, entry, ...options });
  onTestFinished(() => made.close());
  /** Answers the id of the process that parsed it. */
  const parse = async (name: string): Promise<number> => {
    const { elements } = await made.parse({ name, size: 1, withFile: (use) => use('/nowhere') });
    const [first] = elements;
    return Number(first && 'text' in first ? first.text : Number.NaN);
  };
  return { parse, close: () => made.close() };
}

describe('a parser that', () => {
  test('hangs is killed, and the next document is parsed', async () => {
    const { parse } = pool({ timeoutSeconds: 1.5 });
    await expect(parse('hang')).rejects.toMatchObject({ code: 'parse-timeout' });
    await expect(parse('fine')).resolves.toBeGreaterThan(0);
  });

  test('waits for ever without work is killed as well', async () => {
    await expect(pool({ timeoutSeconds: 0.4 }).parse('sleep')).rejects.toMatchObject({ code: 'parse-timeout' });
  });

  test('tells of pages that it has read gets time for them, and no more than that', async () => {
    const read = async (name: string, bounds: Partial<ParsePoolOptions>): Promise<number> => {
      const { parse } = pool(bounds);
      // Its start is none of what is timed here.
      await parse('fine');
      return parse(name);
    };
    await expect(read('reads-on', { timeoutSeconds: 1.5 })).resolves.toBeGreaterThan(0);
    await expect(read('reads-and-sleeps', { timeoutSeconds: 1.5 })).rejects.toMatchObject({ code: 'parse-timeout' });
    await expect(read('reads-on', { timeoutSeconds: 1.5, mostSeconds: 1.5 })).rejects.toMatchObject({ code: 'parse-timeout' });
  });

  test.each(['eat-buffers', 'eat-heap'])('eats memory (%s) is killed, and the next document is parsed', async (name) => {
    const { parse } = pool();
    await expect(parse(name)).rejects.toMatchObject({ code: 'parse-memory' });
    await expect(parse('fine')).resolves.toBeGreaterThan(0);
  });

  test.each(['exit', 'abort', 'throw'])('ends by itself (%s) costs its document alone', async (name) => {
    const { parse } = pool();
    await expect(parse(name)).rejects.toMatchObject({ code: expect.stringMatching(/^parse/) });
    await expect(parse('fine')).resolves.toBeGreaterThan(0);
  });

  test('rejects a document is kept for the next', async () => {
    const { parse } = pool();
    const first = await parse('fine');
    await expect(parse('rejected')).rejects.toMatchObject({ code: 'encrypted', message: 'locked' });
    expect(await parse('fine')).toBe(first);
  });

  test('was spoilt by an earlier document is replaced, and the later one tried again in a new process', async () => {
    const { parse } = pool();
    const first = await parse('poison');
    const second = await parse('victim');
    expect(second).not.toBe(first);
    expect(await parse('fine')).toBe(second);
  });

  test('dies between two documents costs neither', async () => {
    const { parse } = pool();
    for (let i = 0; i < 5; i++) await expect(parse('die-after')).resolves.toBeGreaterThan(0);
  });

  test('crashes at every try ends with a code, not with another try', async () => {
    const { parse } = pool();
    await parse('fine');
    await expect(parse('exit')).rejects.toMatchObject({ code: 'parser-crashed' });
  });
});

describe('the pool', () => {
  test('parses many at once in its processes, and every one is answered', async () => {
    const { parse } = pool({ size: 2 });
    const names = Array.from({ length: 40 }, (_, i) => (i % 10 === 9 ? 'exit' : 'fine'));
    const results = await Promise.allSettled(names.map(parse));
    expect(results.map(({ status }) => status)).toEqual(names.map((name) => (name === 'fine' ? 'fulfilled' : 'rejected')));
  });

  test('gives back what was in work and what waited when it closes', async () => {
    const { parse, close } = pool();
    const inWork = parse('sleep');
    const waiting = parse('fine');
    const both = Promise.allSettled([inWork, waiting]);
    await close();
    for (const result of await both) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
    await expect(parse('fine')).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('leaves no process behind when its owner is killed, not even one in an endless loop', async () => {
    const owner = fork(new URL('../../fixtures/parsers/owner.ts', import.meta.url), { execArgv: [], stdio: 'ignore' });
    onTestFinished(() => void owner.kill('SIGKILL'));
    const pid = await until('it is in its loop', () => descendants(owner.pid ?? 0).find((child) => isBusy(child, 'tricky.ts')));
    onTestFinished(() => {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    });
    owner.kill('SIGKILL');
    await until('it has ended', () => !isAlive(pid));
  });
});

/** Whether a process of this program has spent a fifth of a second on the processor. */
function isBusy(pid: number, program: string): boolean {
  const ticks = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[11]);
  return ticks > 20 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program);
}

test('the real parser says that bytes are no longer those that were observed', async () => {
  const folder = temporaryFolder();
  write(folder, { 'a.md': '# Title\n\nSome words of a short text.\n' });
  const { close, parse } = parsePool({ size: 1, memoryMb: 700, timeoutSeconds: 15 });
  onTestFinished(close);
  const at =
    (file: string) =>
    async <T>(use: (path: string) => Promise<T>): Promise<T> =>
      use(file);
  const file = path.join(folder, 'a.md');
  await expect(parse({ name: 'a.md', size: 40, withFile: at(file), contentHash: '0'.repeat(64) })).rejects.toMatchObject({
    code: 'superseded',
  });
  await expect(parse({ name: 'gone.md', size: 40, withFile: at(`${file}x`), contentHash: '0'.repeat(64) })).rejects.toMatchObject({
    code: 'superseded',
  });
  await expect(parse({ name: 'a.md', size: 40, withFile: at(file) })).resolves.toMatchObject({ format: 'md' });
});
