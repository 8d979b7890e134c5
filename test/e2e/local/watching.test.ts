import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openReader, type Reader } from '#adapters/local/reader.ts';
import { descendants, isAlive, jsonOf, launch, page, type Running, run, until, workspace, write } from './helpers.ts';

/** A started owner that watches the inbox, and a reader beside it. */
async function started(inbox: string, dataDir: string, ...more: (string | { cwd: string })[]): Promise<Running & { reader: Reader }> {
  const args = more.filter((one) => typeof one === 'string');
  const options = more.find((one) => typeof one === 'object') ?? {};
  const running = launch(['start', inbox, '--port', '0', '--data-dir', dataDir, '--set', 'parsing.processes=1', ...args], options);
  await until('it watches', () => {
    if (running.child.exitCode !== null) throw new Error(`it ended: ${running.stderr()}`);
    return running.stderr().includes('watching ');
  });
  return { ...running, reader: await openReader(dataDir) };
}

const found = async (reader: Reader, query: string): Promise<string[]> => {
  const { hits } = await reader.search({ query, top: 50, mode: 'keyword', filters: [], principals: [] });
  return [...new Set(hits.map(({ uri }) => path.basename(uri)))].sort();
};
const finds = (reader: Reader, query: string, names: readonly string[]): Promise<true> =>
  until(`${query} finds ${names.join(', ') || 'nothing'}`, async () => (await found(reader, query)).join() === [...names].sort().join());

async function stop({ child, ended, reader }: Running & { reader: Reader }): Promise<void> {
  await reader.close();
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
}

describe('while it runs', () => {
  test('what is dropped, changed, renamed, moved, described and deleted is followed, hidden files and links are not', async () => {
    const { folder, inbox, dataDir } = workspace({ 'first.md': `# Zebra\n\n${page('x', 1)}` });
    write(folder, {
      'outside/secret.md': `# Zebra secret\n\n${page('x', 2)}`,
      'tree/one.md': `# Gnu\n\n${page('x', 3)}`,
      'tree/deep/two.md': `# Gnu\n\n${page('x', 4)}`,
    });
    const running = await started(inbox, dataDir);
    const { reader } = running;
    await finds(reader, 'zebra', ['first.md']);

    write(inbox, { 'second.md': `# Zebra\n\n${page('x', 5)}` });
    await finds(reader, 'zebra', ['first.md', 'second.md']);
    write(inbox, { 'first.md': `# Walrus\n\n${page('x', 1)}` });
    await finds(reader, 'zebra', ['second.md']);
    await finds(reader, 'walrus', ['first.md']);

    renameSync(path.join(inbox, 'first.md'), path.join(inbox, 'First.md'));
    await finds(reader, 'walrus', ['First.md']);
    renameSync(path.join(folder, 'tree'), path.join(inbox, 'tree'));
    await finds(reader, 'gnu', ['one.md', 'two.md']);
    renameSync(path.join(inbox, 'tree'), path.join(inbox, 'forest'));
    await until('the tree has moved', async () => {
      const { hits } = await reader.search({ query: 'gnu', top: 50, mode: 'keyword', filters: [], principals: [] });
      return hits.length > 0 && hits.every(({ uri }) => uri.includes('/forest/'));
    });

    // An editor's way to save: a new file aside, renamed over the old one.
    writeFileSync(path.join(inbox, '.second.md.swp'), 'x');
    writeFileSync(path.join(inbox, 'second.md~'), `# Ibex\n\n${page('x', 6)}`);
    renameSync(path.join(inbox, 'second.md~'), path.join(inbox, 'second.md'));
    rmSync(path.join(inbox, '.second.md.swp'));
    await finds(reader, 'ibex', ['second.md']);

    // Who may read it follows at once, and embeds nothing.
    const embedded = async () => (await reader.all('SELECT count(*) AS count FROM embeddings'))[0]?.count;
    const before = await embedded();
    write(inbox, { 'second.md.metadata.json': JSON.stringify({ access: ['group:hr'] }) });
    await finds(reader, 'ibex', []);
    rmSync(path.join(inbox, 'second.md.metadata.json'));
    await finds(reader, 'ibex', ['second.md']);
    expect(await embedded()).toBe(before);

    symlinkSync(path.join(folder, 'outside'), path.join(inbox, 'link'));
    write(inbox, { '.hidden/inner.md': `# Zebra hidden\n\n${page('x', 7)}`, 'seen.md': `# Okapi\n\n${page('x', 8)}` });
    await finds(reader, 'okapi', ['seen.md']);
    write(inbox, { '.hidden/later.md': `# Zebra hidden\n\n${page('x', 9)}`, 'seen.md': `# Tapir\n\n${page('x', 8)}` });
    await finds(reader, 'tapir', ['seen.md']);
    await finds(reader, 'zebra', []);

    rmSync(path.join(inbox, 'forest'), { recursive: true });
    await finds(reader, 'gnu', []);
    for (const name of ['First.md', 'second.md', 'seen.md']) rmSync(path.join(inbox, name));
    await finds(reader, 'okapi', []);
    await until('the emptied inbox is followed', async () => {
      const [row] = await reader.all('SELECT count(*) AS count FROM heads WHERE present = 1');
      return row?.count === 0;
    });
    await stop(running);
    const status = jsonOf<{ deadLetters: unknown[]; documents: Record<string, number> }>(
      await run(['status', '--data-dir', dataDir, '--json']),
    );
    expect(status).toMatchObject({ deadLetters: [], documents: { failed: 0, processing: 0, rejected: 0 } });
  });

  test('an inbox that is taken away and comes back, or is made anew, is watched again', async () => {
    const { folder, inbox, dataDir } = workspace({ 'a.md': `# Puffin\n\n${page('x', 1)}` });
    const running = await started(inbox, dataDir, '--set', 'watch.sweepSeconds=3600');
    const { reader } = running;
    renameSync(inbox, path.join(folder, 'away'));
    mkdirSync(inbox);
    await until('it is said', () => running.stderr().includes('not the folder that it was'));
    write(inbox, { 'b.md': `# Raven\n\n${page('x', 2)}` });
    await finds(reader, 'raven', ['b.md']);
    await finds(reader, 'puffin', ['a.md']);
    renameSync(inbox, path.join(folder, 'other'));
    renameSync(path.join(folder, 'away'), inbox);
    await finds(reader, 'raven', []);
    write(inbox, { 'a.md': `# Osprey\n\n${page('x', 3)}` });
    await finds(reader, 'osprey', ['a.md']);
    await stop(running);
  });

  test('sources within the inbox are followed by their own rules, and the index in it is not', async () => {
    const { folder, inbox } = workspace({ 'hr/pay.md': `# Lapwing\n\n${page('x', 1)}` });
    const dataDir = path.join(inbox, 'index');
    write(folder, { 'sluice.config.mjs': `export default { sources: [{ name: 'hr', path: 'inbox/hr', access: ['group:hr'] }] };\n` });
    const running = await started(inbox, dataDir, { cwd: folder });
    const { reader } = running;
    const hits = async (principals: string[]) => {
      const { hits: all } = await reader.search({ query: 'lapwing', top: 50, mode: 'keyword', filters: [], principals });
      return [...new Set(all.map(({ uri }) => path.basename(uri)))].sort().join();
    };
    await until('the first is there', async () => (await hits(['group:hr'])) === 'pay.md');
    write(inbox, { 'hr/new.md': `# Lapwing\n\n${page('x', 2)}`, 'open.md': `# Lapwing\n\n${page('x', 3)}` });
    await until('both are followed', async () => (await hits(['group:hr'])) === 'new.md,open.md,pay.md');
    expect(await hits([])).toBe('open.md');
    rmSync(path.join(inbox, 'hr'), { recursive: true });
    // A source's own folder that is missing is never taken for emptied.
    await until('it is said', () => running.stderr().includes(`${path.join(inbox, 'hr')}: source-unavailable`));
    expect(await hits(['group:hr'])).toBe('new.md,open.md,pay.md');
    await stop(running);
  });

  test('a storm of two thousand files ends in the right state', async () => {
    const { inbox, dataDir } = workspace({ 'before.md': page('Before', 1) });
    const running = await started(inbox, dataDir);
    const { reader } = running;
    for (let i = 0; i < 2_000; i++) {
      if (i % 100 === 0) mkdirSync(path.join(inbox, `folder${i / 100}`));
      writeFileSync(
        path.join(inbox, `folder${Math.floor(i / 100)}`, `file${i}.txt`),
        `The lamp number ${i} stands beside the old oak door of the house.`,
      );
    }
    rmSync(path.join(inbox, 'folder3'), { recursive: true });
    const count = async (): Promise<unknown> =>
      (await reader.all("SELECT count(*) AS count FROM heads WHERE state = 'indexed' AND present = 1"))[0]?.count;
    await until('all are indexed', async () => (await count()) === 1_901, 60_000);
    await stop(running);
  }, 60_000);
});

describe('starting and stopping', () => {
  test('what happened while it was stopped is found at the next start, unless nothing is left', async () => {
    const { inbox, dataDir } = workspace({
      'a.md': `# Puffin\n\n${page('x', 1)}`,
      'b.md': `# Puffin\n\n${page('x', 2)}`,
      'c.md': `# Puffin\n\n${page('x', 3)}`,
    });
    const first = await started(inbox, dataDir);
    await finds(first.reader, 'puffin', ['a.md', 'b.md', 'c.md']);
    await stop(first);
    rmSync(path.join(inbox, 'a.md'));
    renameSync(path.join(inbox, 'b.md'), path.join(inbox, 'bb.md'));
    write(inbox, { 'c.md': `# Raven\n\n${page('x', 3)}`, 'd.md': `# Puffin\n\n${page('x', 4)}` });
    const second = await started(inbox, dataDir);
    expect(await found(second.reader, 'puffin')).toEqual(['bb.md', 'd.md']);
    expect(await found(second.reader, 'raven')).toEqual(['c.md']);
    await stop(second);

    // Emptied while it was stopped: not believed, not even by a later sweep.
    for (const name of ['bb.md', 'c.md', 'd.md']) rmSync(path.join(inbox, name));
    const third = await started(inbox, dataDir, '--set', 'watch.sweepSeconds=0.05');
    await until('it was swept a few times', () => (third.stderr().match(/nothing in it was taken for deleted/g) ?? []).length > 3);
    expect(await found(third.reader, 'puffin')).toEqual(['bb.md', 'd.md']);
    await stop(third);
  });

  test('a sweep while watching counts how far source and ledger are apart', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1) });
    const running = await started(inbox, dataDir, '--set', 'watch.sweepSeconds=0.05');
    const counted = await until('it was counted', async () => {
      const rows = await running.reader.all("SELECT dimensions, sum(sum) AS drift FROM metrics WHERE name = 'Drift' GROUP BY dimensions");
      return rows.length > 0 && rows;
    });
    expect(counted).toEqual([{ dimensions: '{"source":"files"}', drift: 0 }]);
    await stop(running);
  });

  test('SIGTERM in the middle of the first pass ends cleanly, and the next start goes on', async () => {
    const { inbox, dataDir } = workspace(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}.md`, page(`Page ${i}`, i)])));
    const running = launch(['start', inbox, '--port', '0', '--data-dir', dataDir]);
    await until('work has begun', () => descendants(running.child.pid ?? 0).length > 0);
    const children = descendants(running.child.pid ?? 0);
    running.child.kill('SIGTERM');
    const { code, stderr } = await running.ended;
    expect(stderr).not.toMatch(/bug|conflict|crashed/);
    expect(code).toBe(0);
    await until('no child is left', () => children.every((child) => !isAlive(child)));
    const done = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(done.code).toBe(0);
    expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json']))).toMatchObject({ documents: { indexed: 100 }, deadLetters: [] });
  });

  test('no child outlives an owner that was killed', async () => {
    const { inbox, dataDir } = workspace(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}.md`, page(`Page ${i}`, i)])));
    const running = launch(['start', inbox, '--port', '0', '--data-dir', dataDir]);
    const children = await until('it has children', () => {
      const all = descendants(running.child.pid ?? 0);
      return all.length > 0 && all;
    });
    running.child.kill('SIGKILL');
    await running.ended;
    await until('no child is left', () => children.every((child) => !isAlive(child)));
  });

  test('a port that is taken ends it with exit code 2, and frees the index', async () => {
    const { inbox, folder, dataDir } = workspace({ 'a.md': page('A', 1) });
    const first = await started(inbox, dataDir, '--json');
    const port = /127\.0\.0\.1:(\d+)/.exec(first.stderr())?.[1] ?? '';
    const second = await run(['start', inbox, '--port', port, '--data-dir', path.join(folder, 'other')]);
    expect(second).toMatchObject({ code: 2, stderr: expect.stringContaining('unavailable') });
    await stop(first);
    expect(jsonOf(await first.ended)).toMatchObject({ indexed: 1, failed: 0 });
  });
});
