import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Scan } from '#adapters/local/folder/scan-thread.ts';
import { overview } from '#adapters/local/inspect.ts';
import { openReader } from '#adapters/local/reader.ts';
import { openWorld, type World } from '#adapters/local/world.ts';
import { compileConfig } from '#apps/cli/configuration.ts';
import { indexedFiles, jsonOf, open, page, run, workspace, write } from './helpers.ts';

const FILES = { 'a.md': page('A', 1), 'sub/b.md': page('B', 2), 'sub/c.md': page('C', 3) };

const FOLDERS = ['a.md', 'sub'];
const empty = (inbox: string): void => {
  for (const name of FOLDERS) rmSync(path.join(inbox, name), { recursive: true });
};

/** A world of this process, and how many of its documents are served. */
async function opened(dataDir: string): Promise<{ world: World; counts(): Promise<{ indexed: number; removed: number; dead: number }> }> {
  const world = await openWorld({ dataDir, config: compileConfig({ parsing: { processes: 1 }, bus: { backoffMs: 1 } }) });
  onTestFinished(() => world.close());
  const reader = await openReader(dataDir);
  onTestFinished(() => reader.close());
  const counts = async () => {
    const { documents, deadLetters } = await overview(reader);
    return { indexed: documents.indexed, removed: documents.removed, dead: deadLetters.length };
  };
  return { world, counts };
}

async function sweep(world: World, inbox: string, allowEmpty: boolean | 'watched'): Promise<Scan> {
  const scan = await world.sweep(inbox, { allowEmpty });
  await world.idle();
  return scan;
}

describe('what never means deletion', () => {
  test('a missing or emptied folder: it is said, and all that was in it stays until --allow-empty', async () => {
    const { folder, inbox, dataDir } = workspace(FILES);
    const pass = (...more: string[]) => run(['ingest', inbox, '--data-dir', dataDir, '--json', ...more]);
    await pass();
    renameSync(inbox, path.join(folder, 'elsewhere'));
    const missing = await pass();
    expect(missing.code).toBe(2);
    expect(jsonOf(missing)).toMatchObject({ error: { code: 'source-unavailable' } });

    mkdirSync(inbox);
    // Folders alone are as good as empty: a file system often leaves its mount points behind.
    mkdirSync(path.join(inbox, 'sub'));
    const emptied = await pass();
    expect(emptied.code).toBe(1);
    expect(emptied.stderr).toContain('nothing in it was taken for deleted');
    expect(jsonOf(emptied)).toMatchObject({ removed: 0 });
    expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json']))).toMatchObject({ documents: { indexed: 3, removed: 0 } });

    rmSync(inbox, { recursive: true });
    const believed = await pass('--allow-empty');
    expect(believed.code).toBe(0);
    expect(jsonOf(believed)).toMatchObject({ removed: 3, failed: 0 });
    expect((await run(['export', '--data-dir', dataDir])).stdout).toBe('');
  });

  test('a folder that is another one than it was, while its owner lives; its emptying before the owner is followed', async () => {
    const { folder, inbox, dataDir } = workspace(FILES);
    const { world, counts } = await opened(dataDir);
    await sweep(world, inbox, false);
    empty(inbox);
    await sweep(world, inbox, 'watched');
    expect(await counts()).toEqual({ indexed: 0, removed: 3, dead: 0 });
    write(inbox, FILES);
    await sweep(world, inbox, 'watched');
    expect(await counts()).toEqual({ indexed: 3, removed: 0, dead: 0 });

    renameSync(inbox, path.join(folder, 'unmounted'));
    mkdirSync(inbox);
    write(inbox, { 'stray.md': page('Stray', 7) });
    const scan = await sweep(world, inbox, 'watched');
    expect(scan.unreadable).toEqual([{ path: inbox, reason: expect.stringContaining('not the folder that it was') }]);
    expect(await counts()).toEqual({ indexed: 4, removed: 0, dead: 0 });

    rmSync(inbox, { recursive: true });
    renameSync(path.join(folder, 'unmounted'), inbox);
    expect((await sweep(world, inbox, 'watched')).unreadable).toEqual([]);
    expect(await counts()).toEqual({ indexed: 3, removed: 1, dead: 0 });
  });

  test('a folder that was empty when it was taken up, however often it is looked at', async () => {
    const { inbox, dataDir } = workspace(FILES);
    const first = await open(dataDir);
    await first.ingest([inbox]);
    await first.close();
    empty(inbox);
    const { world, counts } = await opened(dataDir);
    for (const allowEmpty of [false, 'watched', 'watched'] as const) {
      expect((await sweep(world, inbox, allowEmpty)).unreadable).toEqual([{ path: inbox, reason: 'empty' }]);
    }
    expect(await counts()).toEqual({ indexed: 3, removed: 0, dead: 0 });
  });
});

/** Root may read everything, so the pass is run as somebody else, who has to reach the sources for that: in `/root` nobody does. */
const SOMEBODY = process.getuid?.() === 0 ? 65_534 : undefined;
const isOpen = (folder: string): boolean =>
  (statSync(folder).mode & 0o001) !== 0 && (folder === path.dirname(folder) || isOpen(path.dirname(folder)));
const CANNOT_BE_SHOWN = process.platform === 'win32' || (SOMEBODY !== undefined && !isOpen(import.meta.dirname));

test.skipIf(CANNOT_BE_SHOWN)('what cannot be read is reported, and nothing of it is taken for deleted', async () => {
  const { folder, inbox, dataDir } = workspace({ ...FILES, 'locked.md': page('Locked', 4), 'sub/deep/d.md': page('D', 5) });
  if (SOMEBODY !== undefined) execFileSync('chown', ['-R', String(SOMEBODY), folder]);
  const options = SOMEBODY === undefined ? {} : { uid: SOMEBODY };
  const pass = () => run(['ingest', inbox, '--data-dir', dataDir, '--json'], options);
  expect(jsonOf(await pass())).toMatchObject({ indexed: 5 });

  chmodSync(path.join(inbox, 'sub'), 0);
  write(inbox, { 'locked.md': page('Locked', 6), 'new.md': page('New', 7) });
  chmodSync(path.join(inbox, 'locked.md'), 0);
  rmSync(path.join(inbox, 'a.md'));
  const blind = await pass();
  expect(blind.code).toBe(1);
  expect(jsonOf(blind)).toMatchObject({ indexed: 1, removed: 1, failed: 0 });
  for (const name of ['sub', 'locked.md']) expect(blind.stderr).toContain(`${path.join(inbox, name)}: source-unavailable: EACCES`);
  expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json'], options))).toMatchObject({
    documents: { indexed: 5, removed: 1 },
    deadLetters: [],
  });

  chmodSync(path.join(inbox, 'sub'), 0o755);
  chmodSync(path.join(inbox, 'locked.md'), 0o644);
  const seeing = await pass();
  expect(jsonOf(seeing)).toMatchObject({ indexed: 1, unchanged: 4, removed: 0 });
  expect(seeing.code).toBe(0);
});

test.skipIf(CANNOT_BE_SHOWN)('an index in a folder that may not be written to is read', async () => {
  const { folder, inbox, dataDir } = workspace(FILES);
  if (SOMEBODY !== undefined) execFileSync('chown', ['-R', String(SOMEBODY), folder]);
  const options = SOMEBODY === undefined ? {} : { uid: SOMEBODY };
  const asked = (...args: string[]) => run([...args, '--data-dir', dataDir, '--json'], options);
  expect(jsonOf(await asked('ingest', inbox))).toMatchObject({ indexed: 3 });
  chmodSync(dataDir, 0o500);
  onTestFinished(() => chmodSync(dataDir, 0o700));
  expect(jsonOf<{ hits: object[] }>(await asked('search', 'river valve')).hits.length).toBeGreaterThan(0);
  expect(jsonOf(await asked('status'))).toMatchObject({ documents: { indexed: 3 } });
  expect(jsonOf<object[]>(await asked('export')).length).toBeGreaterThan(2);
  expect((await asked('ingest', inbox)).code).toBe(2);
});

test('a single file that is named and missing is not taken for deleted', async () => {
  const { inbox, dataDir } = workspace(FILES);
  const sluice = await open(dataDir);
  await sluice.ingest([path.join(inbox, 'a.md'), path.join(inbox, 'sub')]);
  rmSync(path.join(inbox, 'a.md'));
  await expect(sluice.ingest([path.join(inbox, 'a.md')])).rejects.toMatchObject({ code: 'source-unavailable' });
  expect(await indexedFiles(sluice, inbox)).toEqual(['a.md', 'sub/b.md', 'sub/c.md']);
  expect(await sluice.ingest([inbox])).toMatchObject({ removed: 1, unchanged: 2 });
});

test('an index that lies in the folder is no document, and as the folder itself it is refused', async () => {
  const { inbox } = workspace(FILES);
  const within = await open(path.join(inbox, 'index'));
  expect(await within.ingest([inbox])).toMatchObject({ indexed: 3, rejected: 0 });
  expect(await within.ingest([inbox])).toMatchObject({ unchanged: 3, removed: 0 });
  await within.close();
  const itself = await open(inbox);
  await expect(itself.ingest([inbox])).rejects.toMatchObject({ code: 'invalid-input' });
});
