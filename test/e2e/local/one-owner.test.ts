import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openReader } from '#adapters/local/reader.ts';
import { descendants, jsonOf, launch, linesOf, open, page, run, until, workspace } from './helpers.ts';

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}.md`, page(`Page ${i}`, i)]));

describe('one process owns a data directory', () => {
  test('of two passes at once one does the work, the other is told so, and nothing is spoilt', async () => {
    const { inbox, dataDir } = workspace(many(30));
    const pass = () => run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    const both = await Promise.all([pass(), pass()]);
    const [won, lost] = both[0].code === 0 ? both : [both[1], both[0]];
    expect(won.code).toBe(0);
    // The loser may have come when the winner was done.
    if (lost.code !== 0) {
      expect(lost.code).toBe(2);
      expect(jsonOf(lost)).toMatchObject({ error: { code: 'data-dir-in-use' } });
    }
    expect(jsonOf(await run(['reconcile', '--data-dir', dataDir, '--json']))).toMatchObject({ drift: 0, documents: 30 });
  });

  test('a second owner is refused while the first lives, in another process and in the same', async () => {
    const { inbox, dataDir } = workspace(many(1));
    const first = await open(dataDir);
    await first.ingest([inbox]);
    const second = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(second.code).toBe(2);
    expect(jsonOf(second)).toMatchObject({ error: { code: 'data-dir-in-use' } });
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'data-dir-in-use' });
    expect((await run(['start', inbox, '--port', '0', '--data-dir', dataDir])).code).toBe(2);
    await first.close();
    const third = await open(dataDir);
    expect(await third.ingest([inbox])).toMatchObject({ unchanged: 1 });
  });

  test('a kill frees it at once', async () => {
    const { inbox, dataDir } = workspace(many(60));
    const owner = launch(['ingest', inbox, '--data-dir', dataDir]);
    await until('work has begun', () => descendants(owner.child.pid ?? 0).length > 0);
    owner.child.kill('SIGKILL');
    await owner.ended;
    const next = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(next.code).toBe(0);
    expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json']))).toMatchObject({ documents: { indexed: 60 } });
  });

  test('search, status and export work during a pass, and show committed documents only', async () => {
    const { inbox, dataDir } = workspace(many(120));
    const owner = launch(['ingest', inbox, '--data-dir', dataDir]);
    let ended = false;
    void owner.ended.then(() => {
      ended = true;
    });
    await until('there is an index', () => existsSync(path.join(dataDir, 'index.db')));
    const reader = await until('it can be read', () => openReader(dataDir).catch(() => undefined));
    let looks = 0;
    let seen = 0;
    while (!ended) {
      const { hits } = await reader.search({ query: 'river valve pump', top: 100, mode: 'hybrid', filters: [], principals: [] });
      const files = new Set(hits.map(({ uri }) => uri));
      seen = Math.max(seen, files.size);
      looks += 1;
    }
    await reader.close();
    expect(looks).toBeGreaterThan(3);
    expect((await owner.ended).code).toBe(0);
    expect(seen).toBeGreaterThan(0);
  });

  test('the commands that read work in processes of their own during a pass', async () => {
    const { inbox, dataDir } = workspace(many(200));
    const owner = launch(['ingest', inbox, '--data-dir', dataDir]);
    await until('something is indexed', async () => {
      const status = await run(['status', '--data-dir', dataDir, '--json']);
      return status.code === 0 && jsonOf<{ chunks: number }>(status).chunks > 0;
    });
    const [found, exported, status] = await Promise.all([
      run(['search', 'river valve', '--data-dir', dataDir, '--json']),
      run(['export', '--jsonl', '--data-dir', dataDir]),
      run(['status', '--data-dir', dataDir, '--json']),
    ]);
    for (const { code, stderr } of [found, exported, status]) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = linesOf<{ uri: string; vector: string | null }>(exported);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ vector }) => vector === null)).toEqual([]);
    owner.child.kill('SIGKILL');
  });
});
