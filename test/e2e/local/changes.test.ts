import { appendFileSync, copyFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWorld } from '#adapters/local/world.ts';
import { compileConfig } from '#apps/cli/configuration.ts';
import { openSluice } from '#apps/cli/library.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { chunksOf, foundFiles, indexedFiles, jsonOf, open, page, prose, run, workspace, write } from './helpers.ts';

const DAY_MS = 86_400_000;
const backdate = (file: string, days = 30): void =>
  utimesSync(file, new Date(Date.now() - days * DAY_MS), new Date(Date.now() - days * DAY_MS));

describe('a pass', () => {
  test('embeds nothing for a touch, a rename, a copy, a move and a revert', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1, 6), 'b.md': page('B', 2, 6), 'sub/c.md': page('C', 3, 6) });
    const sluice = await open(dataDir);
    const first = await sluice.ingest([inbox]);
    expect(first).toMatchObject({ indexed: 3 });
    expect(first.chunksEmbedded).toBeGreaterThan(2);

    utimesSync(path.join(inbox, 'a.md'), new Date(), new Date());
    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 3, updated: 0, chunksEmbedded: 0 });
    renameSync(path.join(inbox, 'a.md'), path.join(inbox, 'renamed.md'));
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, removed: 1, unchanged: 2, chunksEmbedded: 0 });
    renameSync(path.join(inbox, 'renamed.md'), path.join(inbox, 'Renamed.md'));
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, removed: 1, unchanged: 2, chunksEmbedded: 0 });
    copyFileSync(path.join(inbox, 'b.md'), path.join(inbox, 'copy.md'));
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, unchanged: 3, chunksEmbedded: 0 });
    renameSync(path.join(inbox, 'sub'), path.join(inbox, 'moved'));
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, removed: 1, chunksEmbedded: 0 });

    const before = page('B', 2, 6);
    write(inbox, { 'b.md': `${before}\n${prose(99)}\n` });
    expect((await sluice.ingest([inbox])).chunksEmbedded).toBeGreaterThan(0);
    write(inbox, { 'b.md': before });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, chunksEmbedded: 0 });
    expect(await indexedFiles(sluice, inbox)).toEqual(['Renamed.md', 'b.md', 'copy.md', 'moved/c.md']);
  });

  test('notices new bytes of equal size under an old time stamp, however soon they come', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': '# One\n\nThe walrus sleeps on the cold grey shore.\n' });
    const file = path.join(inbox, 'a.md');
    backdate(file);
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    for (const animal of ['pelican', 'giraffe', 'leopard', 'penguin', 'buffalo']) {
      const { mtime } = statSync(file);
      writeFileSync(file, `# One\n\nThe ${animal} sleeps on the cold grey shore.\n`.slice(0, -1));
      utimesSync(file, mtime, mtime);
      expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1 });
      expect(await foundFiles(sluice, animal)).toEqual(['a.md']);
    }
  });

  test('counts a change of form that leaves the text as it was for no more than an update', async () => {
    const { inbox, dataDir } = workspace({ 'a.txt': `${prose(1)}\n\n${prose(2)}\n` });
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    write(inbox, { 'a.txt': `\uFEFF${prose(1)}   \r\n\r\n\r\n${prose(2)}\r\n` });
    expect(await sluice.ingest([inbox])).toMatchObject({ updated: 1, indexed: 0, chunksEmbedded: 0 });
  });

  test('takes a file that is edited while it is read as it is in the end', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2) });
    const file = path.join(inbox, 'a.md');
    let edits = 0;
    const edit = (event: BusEvent): void => {
      // Between what was observed and what is read, three times over.
      if (event['detail-type'] !== 'document.changed' || edits >= 3) return;
      edits += 1;
      writeFileSync(file, `# Edit ${edits}\n\n${prose(10 + edits)}\n`);
    };
    const sluice = await openSluice({ dataDir, config: { parsing: { processes: 1 } }, onEvent: edit });
    try {
      const summary = await sluice.ingest([inbox]);
      expect(edits).toBe(3);
      expect(summary).toMatchObject({ indexed: 2, rejected: 0, failed: 0 });
      const [chunk] = (await chunksOf(sluice)).filter(({ uri }) => uri.endsWith('a.md'));
      expect(chunk?.text).toContain('Edit 3');
      expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 2, indexed: 0 });
    } finally {
      await sluice.close();
    }
  });

  test('takes a file that goes, or becomes a folder, while it is read for what it is in the end', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2), 'c.md': page('C', 3) });
    let done = false;
    const change = (event: BusEvent): void => {
      if (event['detail-type'] !== 'document.changed' || done) return;
      done = true;
      rmSync(path.join(inbox, 'a.md'));
      rmSync(path.join(inbox, 'b.md'));
      write(inbox, { 'b.md/inner.md': page('Inner', 4) });
    };
    const sluice = await openSluice({ dataDir, config: { parsing: { processes: 1 }, bus: { backoffMs: 1 } }, onEvent: change });
    try {
      await sluice.ingest([inbox]);
      await sluice.ingest([inbox]);
      expect(await indexedFiles(sluice, inbox)).toEqual(['b.md/inner.md', 'c.md']);
      expect(await sluice.status()).toMatchObject({ deadLetters: [], pending: 0, documents: { indexed: 2, failed: 0, processing: 0 } });
    } finally {
      await sluice.close();
    }
  });

  test('does not wait for ever for a file that is written all the time, and a later one finds it', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2) });
    const file = path.join(inbox, 'a.md');
    const letters: { code: string }[] = [];
    let edits = 0;
    let restless = true;
    const world = await openWorld({
      dataDir,
      config: compileConfig({ parsing: { processes: 1 } }),
      patienceMs: 400,
      onDeadLetter: (letter) => letters.push(letter),
      onEvent(event) {
        if (event['detail-type'] !== 'document.changed' || !restless) return;
        edits += 1;
        writeFileSync(file, page(`Edit ${edits}`, 10 + edits));
      },
    });
    try {
      await world.sweep(inbox, { allowEmpty: false });
      await world.idle();
      expect(letters).toMatchObject([{ code: 'growing' }]);
      expect(edits).toBeGreaterThan(2);
      restless = false;
      await world.sweep(inbox, { allowEmpty: false });
      await world.idle();
      expect(letters.length).toBe(1);
    } finally {
      await world.close();
    }
    const sluice = await open(dataDir);
    expect(await sluice.status()).toMatchObject({ documents: { indexed: 2 }, deadLetters: [], pending: 0 });
    expect((await chunksOf(sluice)).find(({ uri }) => uri.endsWith('a.md'))?.text).toContain(`Edit ${edits}`);
  });

  test('waits for a file that is still being written with one message, however often it is seen', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1) });
    const letters: { code: string }[] = [];
    const config = compileConfig({ parsing: { processes: 1 } });
    const world = await openWorld({ dataDir, config, quietMs: 3_600_000, patienceMs: 700, onDeadLetter: (letter) => letters.push(letter) });
    try {
      for (let i = 0; i < 5; i++) await world.sweep(inbox, { allowEmpty: false });
      await world.idle();
      expect(letters).toMatchObject([{ code: 'growing' }]);
    } finally {
      await world.close();
    }
  });

  test('follows a file that grows, and embeds only what is new', async () => {
    const { inbox, dataDir } = workspace({ 'log.md': page('Log', 1, 40) });
    const sluice = await open(dataDir);
    const all = (await sluice.ingest([inbox])).chunksEmbedded;
    expect(all).toBeGreaterThan(8);
    for (let i = 0; i < 4; i++) {
      appendFileSync(path.join(inbox, 'log.md'), `\n${prose(500 + i)}\n`);
      const summary = await sluice.ingest([inbox]);
      expect(summary).toMatchObject({ indexed: 1 });
      expect(summary.chunksEmbedded).toBeLessThanOrEqual(3);
    }
  });

  test('brings back a removed file without embedding it', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2) });
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    for (let i = 0; i < 3; i++) {
      rmSync(path.join(inbox, 'a.md'));
      expect(await sluice.ingest([inbox])).toMatchObject({ removed: 1, unchanged: 1 });
      expect(await indexedFiles(sluice, inbox)).toEqual(['b.md']);
      write(inbox, { 'a.md': page('A', 1) });
      expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, chunksEmbedded: 0 });
    }
  });

  test('reads what was written just before again, and not for ever', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'a.md.metadata.json': '{"title":"T"}' });
    await run(['ingest', inbox, '--data-dir', dataDir]);
    // Written within the clock's grain of the pass, and the same all the same.
    expect(jsonOf(await run(['reconcile', '--data-dir', dataDir, '--json']))).toMatchObject({ drift: 0, unsynced: 0 });
    write(inbox, { 'a.md': page('A', 9) });
    expect(jsonOf(await run(['reconcile', '--data-dir', dataDir, '--json']))).toMatchObject({ drift: 1, unsynced: 1 });
  });
});
