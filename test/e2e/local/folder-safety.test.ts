import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWorld } from '#adapters/local/world.ts';
import { compileConfig } from '#apps/cli/configuration.ts';
import { indexedFiles, jsonOf, open, page, run, workspace, write } from './helpers.ts';

const FILES = { 'a.md': page('A', 1), 'sub/b.md': page('B', 2), 'sub/c.md': page('C', 3) };

describe('what never means deletion', () => {
  test('a missing folder: refused, and all that was in it stays', async () => {
    const { folder, inbox, dataDir } = workspace(FILES);
    await run(['ingest', inbox, '--data-dir', dataDir]);
    renameSync(inbox, path.join(folder, 'elsewhere'));
    const missing = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(missing.code).toBe(2);
    expect(jsonOf(missing)).toMatchObject({ error: { code: 'source-unavailable' } });
    expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json']))).toMatchObject({ documents: { indexed: 3, removed: 0 } });
  });

  test('an emptied folder: nothing is removed, it is said, and the exit code is 1', async () => {
    const { inbox, dataDir } = workspace(FILES);
    await run(['ingest', inbox, '--data-dir', dataDir]);
    for (const name of ['a.md', 'sub']) rmSync(path.join(inbox, name), { recursive: true });
    const emptied = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(emptied.code).toBe(1);
    expect(emptied.stderr).toContain('nothing in it was taken for deleted');
    expect(jsonOf(emptied)).toMatchObject({ removed: 0 });

    // Folders alone are as good as empty: a file system often leaves its mount points behind.
    mkdirSync(path.join(inbox, 'sub'));
    expect(jsonOf(await run(['ingest', inbox, '--data-dir', dataDir, '--json']))).toMatchObject({ removed: 0 });

    const believed = await run(['ingest', inbox, '--data-dir', dataDir, '--json', '--allow-empty']);
    expect(believed.code).toBe(0);
    expect(jsonOf(believed)).toMatchObject({ removed: 3 });
    expect((await run(['export', '--data-dir', dataDir])).stdout).toBe('');
  });

  test('a missing folder is believed with --allow-empty', async () => {
    const { inbox, dataDir } = workspace(FILES);
    await run(['ingest', inbox, '--data-dir', dataDir]);
    rmSync(inbox, { recursive: true });
    const believed = await run(['ingest', inbox, '--data-dir', dataDir, '--json', '--allow-empty']);
    expect(jsonOf(believed)).toMatchObject({ removed: 3, failed: 0 });
    expect(believed.code).toBe(0);
  });

  test('a folder that is another one than it was, while the owner lives', async () => {
    const { folder, inbox, dataDir } = workspace(FILES);
    const config = compileConfig({ parsing: { processes: 1 }, bus: { backoffMs: 1 } });
    const world = await openWorld({ dataDir, config });
    try {
      await world.sweep(inbox, { allowEmpty: false });
      await world.idle();
      renameSync(inbox, path.join(folder, 'unmounted'));
      mkdirSync(inbox);
      write(inbox, { 'stray.md': page('Stray', 7) });
      const scan = await world.sweep(inbox, { allowEmpty: 'watched' });
      await world.idle();
      expect(scan.unreadable).toEqual([{ path: inbox, reason: expect.stringContaining('not the folder that it was') }]);
      const heads = await world.ports.ledger.head;
      expect(heads).toBeTypeOf('function');
    } finally {
      await world.close();
    }
    const status = jsonOf<{ documents: Record<string, number>; deadLetters: unknown[] }>(
      await run(['status', '--data-dir', dataDir, '--json']),
    );
    expect(status).toMatchObject({ documents: { indexed: 4, removed: 0 }, deadLetters: [] });
  });

  test('a folder that was empty when it was taken up is not believed to have been emptied while watched', async () => {
    const { inbox, dataDir } = workspace(FILES);
    const first = await open(dataDir);
    await first.ingest([inbox]);
    await first.close();
    for (const name of ['a.md', 'sub']) rmSync(path.join(inbox, name), { recursive: true });

    const config = compileConfig({ parsing: { processes: 1 } });
    const world = await openWorld({ dataDir, config });
    await world.sweep(inbox, { allowEmpty: false });
    await world.sweep(inbox, { allowEmpty: 'watched' });
    await world.idle();
    await world.close();
    expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json']))).toMatchObject({ documents: { indexed: 3, removed: 0 } });
  });

  test('a watched folder that is emptied before the eyes of its owner', async () => {
    const { inbox, dataDir } = workspace(FILES);
    const config = compileConfig({ parsing: { processes: 1 } });
    const world = await openWorld({ dataDir, config });
    await world.sweep(inbox, { allowEmpty: false });
    await world.idle();
    for (const name of ['a.md', 'sub']) rmSync(path.join(inbox, name), { recursive: true });
    await world.sweep(inbox, { allowEmpty: 'watched' });
    await world.idle();
    await world.close();
    expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json']))).toMatchObject({ documents: { indexed: 0, removed: 3 } });
  });
});

/** Root may read everything, so the pass is run as somebody else. */
const SOMEBODY = process.getuid?.() === 0 ? 65_534 : undefined;

test.skipIf(process.platform === 'win32')('what cannot be read is reported, and nothing of it is taken for deleted', async () => {
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

test('a single file that is named and missing is not taken for deleted', async () => {
  const { inbox, dataDir } = workspace(FILES);
  const sluice = await open(dataDir);
  await sluice.ingest([path.join(inbox, 'a.md'), path.join(inbox, 'sub')]);
  rmSync(path.join(inbox, 'a.md'));
  await expect(sluice.ingest([path.join(inbox, 'a.md')])).rejects.toMatchObject({ code: 'source-unavailable' });
  expect(await indexedFiles(sluice, inbox)).toEqual(['a.md', 'sub/b.md', 'sub/c.md']);
  expect(await sluice.ingest([inbox])).toMatchObject({ removed: 1, unchanged: 2 });
});
