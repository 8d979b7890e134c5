import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { DocumentStory } from '#schemas/records/pipeline-view.ts';
import { jsonOf, open, page, run, workspace, write } from './helpers.ts';

test('status tells what a document says and names, and its references follow what happens to files', async () => {
  const { inbox, dataDir } = workspace({
    'a.md': `${page('The first of the pages', 1)}\nOn 3 June 2026 in Austria. See [the other](b.md) and [a lost one](sub/c.md).\n`,
    'b.md': page('The second of the pages', 2),
  });
  const sluice = await open(dataDir);
  const story = async (file: string) =>
    jsonOf<DocumentStory>(await run(['status', path.join(inbox, file), '--data-dir', dataDir, '--json']));
  await sluice.ingest([inbox]);
  const { metadata, links } = await story('a.md');
  expect(metadata.entities).toEqual([
    { type: 'DATE', name: '2026-06-03', count: 1 },
    { type: 'LOCATION', name: 'Austria', count: 1 },
  ]);
  expect(links.references.map(({ text, to }) => [text, to.map(({ uri }) => path.basename(uri))])).toEqual([
    ['b.md', ['b.md']],
    ['sub/c.md', []],
  ]);
  expect((await story('b.md')).links.referencedBy.map(({ uri }) => path.basename(uri))).toEqual(['a.md']);
  expect((await sluice.status()).links).toEqual({ resolved: 1, dangling: 1 });

  renameSync(path.join(inbox, 'b.md'), path.join(inbox, 'd.md'));
  write(inbox, { 'sub/c.md': page('The third of the pages', 3) });
  await sluice.ingest([inbox]);
  expect((await sluice.status()).links).toEqual({ resolved: 1, dangling: 1 });
  const { stdout } = await run(['status', path.join(inbox, 'a.md'), '--data-dir', dataDir]);
  expect(stdout).toMatch(/^ {2}refers to .*sub\/c\.md$/m);
  expect(stdout).toMatch(/^ {2}dangling +b\.md \(link\)$/m);

  rmSync(path.join(inbox, 'a.md'));
  await sluice.ingest([inbox]);
  expect((await sluice.status()).links).toEqual({ resolved: 0, dangling: 0 });
});
