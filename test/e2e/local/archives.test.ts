import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { jsonOf, run, workspace } from './helpers.ts';

const zip = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

const OTTERS = 'The first file tells of otters that live below the weir of the old mill.';
const HERONS = 'The second file tells of herons on the bank of the river near the mill.';

test('an archive is followed through its life: its files are found, kept, changed, renamed with it and removed', async () => {
  const { inbox, dataDir } = workspace({ 'x.zip': zip({ 'a.txt': OTTERS, 'docs/b.txt': HERONS }) });
  // A folder whose name looks like a way into an archive.
  mkdirSync(path.join(inbox, 'y!'));
  writeFileSync(path.join(inbox, 'y!', 'c.txt'), 'A third file tells of eels in the pond behind the house.');
  const ingest = async () => jsonOf<Record<string, number>>(await run(['ingest', inbox, '--data-dir', dataDir, '--json']));
  const uris = async (query: string) =>
    jsonOf<{ hits: { uri: string; text: string }[] }>(
      await run(['search', query, '--mode', 'keyword', '--data-dir', dataDir, '--json']),
    ).hits.map(({ uri }) => uri.replace(`file://${inbox}/`, ''));

  expect(await ingest()).toMatchObject({ indexed: 4, rejected: 0, failed: 0 });
  expect(await uris('herons')).toEqual(['x.zip!/docs/b.txt']);
  expect(await uris('eels')).toEqual(['y!/c.txt']);
  for (const name of [`file://${inbox}/x.zip!/a.txt`, `${inbox}/x.zip!/a.txt`, `file://${inbox}/y!/c.txt`]) {
    expect(jsonOf(await run(['status', name, '--data-dir', dataDir, '--json'])), name).toMatchObject({ state: 'indexed' });
  }
  expect(await ingest()).toMatchObject({ indexed: 0, unchanged: 4, removed: 0, chunksEmbedded: 0 });

  renameSync(path.join(inbox, 'x.zip'), path.join(inbox, 'z.zip'));
  expect(await ingest()).toMatchObject({ indexed: 3, removed: 3, chunksEmbedded: 0 });
  expect(await uris('herons')).toEqual(['z.zip!/docs/b.txt']);

  writeFileSync(path.join(inbox, 'z.zip'), zip({ 'a.txt': OTTERS.replace('otters', 'beavers') }));
  expect(await ingest()).toMatchObject({ indexed: 2, removed: 1 });
  expect(await uris('herons')).toEqual([]);
  expect(await uris('beavers')).toEqual(['z.zip!/a.txt']);

  expect(jsonOf(await run(['reconcile', '--data-dir', dataDir, '--json']))).toMatchObject({ drift: 0 });
  rmSync(path.join(inbox, 'z.zip'));
  expect(await ingest()).toMatchObject({ removed: 2, unchanged: 1 });
  expect(await uris('beavers')).toEqual([]);
}, 120_000);

test('an archive is printed with the text of its files, each under its path without what steers a terminal', async () => {
  const { inbox } = workspace({ 'x.zip': zip({ 'a.txt': OTTERS, 'b\u202egnp.txt': 'hidden end', 'damaged.pdf': 'no pdf' }) });
  const { code, stdout } = await run(['extract', '--format', 'text', path.join(inbox, 'x.zip')]);
  expect(code).toBe(0);
  expect(stdout.match(/a\.txt/g)).toHaveLength(1);
  expect(stdout).toContain(OTTERS);
  expect(stdout).toContain('bgnp.txt');
});
