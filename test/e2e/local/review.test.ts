import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HeldRecord } from '#schemas/records/pipeline-view.ts';
import { foundFiles, indexedFiles, jsonOf, launch, open, page, run, until, workspace, write } from './helpers.ts';

const CONFIG = { quality: { minCharacters: 200, threshold: 0.9 } };
const SET = ['--set', 'quality.minCharacters=200', '--set', 'quality.threshold=0.9'];
const LABEL = 'Valve label, questions to ana@example.com';

type Listed = { held: HeldRecord[] };

describe('what is held', () => {
  test('is listed with its reasons and a masked preview, in a process of its own, and released after a restart', async () => {
    const { inbox, dataDir } = workspace({ 'label.txt': LABEL, 'page.md': page('A page', 1) });
    const at = ['--data-dir', dataDir, '--json', ...SET];
    expect(jsonOf(await run(['ingest', inbox, ...at]))).toMatchObject({ indexed: 1, held: 1 });
    const listed = await run(['review', ...at]);
    expect(jsonOf<Listed>(listed).held).toMatchObject([
      {
        state: 'held',
        hold: { stage: 'assess', rules: [{ rule: 'length', score: 0 }], preview: 'Valve label, questions to [EMAIL_ADDRESS]' },
      },
    ]);
    expect((await run(['review', '--data-dir', dataDir])).stdout).not.toContain('ana@example.com');
    const released = await run(['review', 'release', path.join(inbox, 'label.txt'), '--note', 'a label is short', ...at]);
    expect(released.code).toBe(0);
    expect(jsonOf(released)).toMatchObject({ verdict: 'release', document: { state: 'indexed', chunks: 1 } });
    expect(jsonOf<Listed>(await run(['review', ...at])).held).toEqual([]);
    expect(jsonOf(await run(['reconcile', ...at]))).toMatchObject({ drift: 0, documents: 2 });
    expect(jsonOf(await run(['refresh', 'files', ...at]))).toMatchObject({ held: 0, failed: 0 });
  });

  test('and rejected stays out of the index; a second decision about it, and one about nothing, are wrong usage', async () => {
    const { inbox, dataDir } = workspace({ 'label.txt': LABEL });
    const at = ['--data-dir', dataDir, '--json', ...SET];
    await run(['ingest', inbox, ...at]);
    const file = path.join(inbox, 'label.txt');
    expect((await run(['review', 'reject', file, ...at])).code).toBe(0);
    expect(jsonOf(await run(['status', file, ...at]))).toMatchObject({ state: 'rejected', problem: { code: 'rejected-by-reviewer' } });
    expect(jsonOf(await run(['refresh', 'files', ...at]))).toMatchObject({ rejected: 1, held: 0 });
    for (const args of [['release', path.join(inbox, 'none.txt')], ['release'], ['accept', file]])
      expect((await run(['review', ...args, ...at])).code, args.join(' ')).toBe(2);
    write(inbox, { 'label.txt': page('A page', 2, 3) });
    expect(jsonOf(await run(['ingest', inbox, ...at]))).toMatchObject({ indexed: 1 });
    expect((await run(['review', 'reject', file, ...at])).code).toBe(2);
  });

  test('is decided by the process that owns the data directory, when that is `sluice start`', async () => {
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
