import path from 'node:path';
import { expect, it } from 'vitest';
import type { UserConfig } from '#schemas/config.ts';
import { open, page, workspace } from './helpers.ts';

it('a source whose configuration lets fewer find its documents is narrowed by the next pass; what widens waits for a refresh', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('Letter', 1), 'b.md': page('Other', 2) });
  const pass = async (source: Partial<NonNullable<UserConfig['sources']>[number]>) => {
    const sluice = await open(dataDir, { sources: [{ name: 'notes', path: inbox, ...source }] });
    try {
      const summary = await sluice.ingest([inbox]);
      const found = async (principals: `user:${string}`[]) => {
        const { hits } = await sluice.search('river valve', { principals });
        return new Set(hits.map(({ uri }) => path.basename(uri))).size;
      };
      return { updated: summary.updated, chunksEmbedded: summary.chunksEmbedded, nobody: await found([]), ana: await found(['user:ana']) };
    } finally {
      await sluice.close();
    }
  };
  expect(await pass({ access: ['public'] })).toMatchObject({ updated: 0, nobody: 2, ana: 2 });
  expect(await pass({ access: ['user:ana'] })).toEqual({ updated: 2, chunksEmbedded: 0, nobody: 0, ana: 2 });
  expect(await pass({ access: ['user:ana'] })).toMatchObject({ updated: 0, ana: 2 });
  expect(await pass({ access: ['public'] })).toMatchObject({ updated: 0, nobody: 0, ana: 2 });
  expect(await pass({ access: ['user:ana'], classification: 'confidential' })).toMatchObject({ updated: 2, nobody: 0, ana: 2 });
  expect(await pass({ access: ['user:ana'], classification: 'confidential', purposes: ['training'] })).toMatchObject({
    updated: 2,
    ana: 0,
  });
});
