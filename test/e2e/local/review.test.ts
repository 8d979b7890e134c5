import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HeldRecord } from '#schemas/records/pipeline-view.ts';
import { foundFiles, indexedFiles, jsonOf, launch, open, page, run, until, workspace, write } from './helpers.ts';

const CONFIG = { quality: { minCharacters: 200, threshold: 0.9 } };
const SET = ['--set', 'quality.minCharacters=200', '--set', 'quality.threshold=0.9'];
const LABEL = 'Valve label, questions to ana@example.com';

type Listed = { held: HeldRecord[] };

/** An index of these files, by a process that is gone: what was made of them went with it. */
async function ingested(files: Record<string, string>) {
  const place = workspace(files);
  const sluice = await open(place.dataDir, CONFIG);
  const summary = await sluice.ingest([place.inbox]);
  await sluice.close();
  return { ...place, summary, at: ['--data-dir', place.dataDir, '--json', ...SET] };
}

describe('what is held', () => {
  test('is listed with its reasons and a masked preview, and released after a restart', { timeout: 60_000 }, async () => {
    const { inbox, dataDir, summary, at } = await ingested({ 'label.txt': LABEL, 'page.md': page('A page', 1) });
    expect(summary).toMatchObject({ indexed: 1, held: 1 });
    const listed = await run(['review', ...at]);
    expect(listed.stdout).not.toContain('ana@example.com');
    expect(jsonOf<Listed>(listed).held).toMatchObject([
      {
        state: 'held',
        hold: { stage: 'assess', rules: [{ rule: 'length', score: 0 }], preview: 'Valve label, questions to [EMAIL_ADDRESS]' },
      },
    ]);
    const released = await run(['review', 'release', path.join(inbox, 'label.txt'), '--note', 'a label is short', ...at]);
    expect([released.code, jsonOf(released)]).toMatchObject([0, { verdict: 'release', document: { state: 'indexed', chunks: 1 } }]);
    const sluice = await open(dataDir, CONFIG);
    expect(await sluice.held()).toEqual([]);
    expect(await foundFiles(sluice, 'valve label')).toContain('label.txt');
    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 2 });
  });

  test('and rejected stays out of the index until it changes', { timeout: 60_000 }, async () => {
    const { inbox, dataDir, at } = await ingested({ 'label.txt': LABEL });
    const file = path.join(inbox, 'label.txt');
    expect((await run(['review', 'reject', file, ...at])).code).toBe(0);
    const sluice = await open(dataDir, CONFIG);
    expect((await sluice.document(file))?.head).toMatchObject({ state: 'rejected', problem: { code: 'rejected-by-reviewer' } });
    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 1, held: 0 });
    write(inbox, { 'label.txt': page('A page', 2, 3) });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1 });
    await expect(sluice.review(file, 'reject')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(sluice.review(path.join(inbox, 'none.txt'), 'release')).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each([[['release']], [['accept', 'label.txt']], [['release', 'a', 'b']]])('is not decided by wrong usage: %j', async (args) => {
    const { dataDir } = workspace();
    expect((await run(['review', ...args, '--data-dir', dataDir, '--json'])).code).toBe(2);
  });

  test('is decided by the process that owns the data directory, when that is `sluice start`', { timeout: 60_000 }, async () => {
    const { inbox, dataDir } = workspace({ 'label.txt': LABEL });
    const at = ['--data-dir', dataDir, '--json', ...SET];
    const owner = launch(['start', inbox, '--port', '0', '--data-dir', dataDir, ...SET]);
    const listed = await until('it is held', async () => {
      const told = await run(['review', ...at]);
      return told.code === 0 && jsonOf<Listed>(told).held.length > 0 && jsonOf<Listed>(told).held;
    });
    const released = await run(['review', 'release', listed[0]?.documentId ?? '', ...at]);
    expect(jsonOf(released)).toMatchObject({ document: { state: 'indexed' } });
    owner.child.kill('SIGTERM');
    await owner.ended;
    expect(existsSync(path.join(dataDir, 'serving.json'))).toBe(false);
  });

  test('is not decided while another process works in the data directory', async () => {
    const { inbox, dataDir } = workspace({ 'label.txt': LABEL });
    const owner = await open(dataDir, CONFIG);
    await owner.ingest([inbox]);
    const refused = await run(['review', 'release', path.join(inbox, 'label.txt'), '--data-dir', dataDir, '--json', ...SET]);
    expect([refused.code, jsonOf(refused)]).toMatchObject([2, { error: { code: 'data-dir-in-use' } }]);
  });

  test('is decided from a program', async () => {
    const { inbox, dataDir } = workspace({ 'a.txt': LABEL, 'b.txt': `${LABEL} and others` });
    const sluice = await open(dataDir, CONFIG);
    expect(await sluice.ingest([inbox])).toMatchObject({ held: 2 });
    expect(await sluice.held()).toHaveLength(2);
    await sluice.review(path.join(inbox, 'a.txt'), 'release', 'short, but right');
    await sluice.review(path.join(inbox, 'b.txt'), 'reject');
    expect(await sluice.held()).toEqual([]);
    expect(await indexedFiles(sluice, inbox)).toEqual(['a.txt']);
    expect(await foundFiles(sluice, 'valve label')).toEqual(['a.txt']);
  });
});
