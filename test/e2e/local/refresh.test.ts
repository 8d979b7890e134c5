import { expect, it } from 'vitest';
import { jsonOf, page, run, workspace } from './helpers.ts';

type Counts = { indexed: number; updated: number; held: number; chunksEmbedded: number };

it('runs a source again through a changed configuration, and only embeds what comes out differently', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('Valves', 1, 8), 'b.md': page('Pumps', 2, 8) });
  const common = ['--data-dir', dataDir, '--json'];
  await run(['ingest', inbox, ...common]);
  const same = jsonOf<Counts>(await run(['refresh', 'files', ...common]));
  expect(same).toMatchObject({ indexed: 0, updated: 2, chunksEmbedded: 0 });
  const finer = ['--set', 'chunking.maxTokens=60'];
  expect(jsonOf(await run(['reconcile', ...common, ...finer]))).toMatchObject({ stale: 2 });
  const changed = jsonOf<Counts>(await run(['refresh', 'files', ...common, ...finer]));
  expect(changed.indexed).toBe(2);
  expect(changed.chunksEmbedded).toBeGreaterThan(0);
  expect(jsonOf(await run(['reconcile', ...common, ...finer]))).toMatchObject({ stale: 0, drift: 0 });
}, 60_000);

it('lets a held document through once the rules that held it are relaxed', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('Valves', 1, 2) });
  const common = ['--data-dir', dataDir, '--json'];
  const strict = ['--set', 'quality.languages=["zu"]', '--set', 'quality.threshold=0.9'];
  expect(jsonOf(await run(['ingest', inbox, ...common, ...strict]))).toMatchObject({ held: 1, indexed: 0 });
  expect(jsonOf(await run(['refresh', 'files', ...common]))).toMatchObject({ held: 0, indexed: 1 });
}, 60_000);

it('says what it cannot refresh', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('Valves', 1) });
  await run(['ingest', inbox, '--data-dir', dataDir]);
  const unknown = await run(['refresh', 'wiki', '--data-dir', dataDir]);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('not-found');
}, 60_000);
