import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { foundFiles, jsonOf, open, page, run, workspace, write } from './helpers.ts';

const sidecar = (of: string, content: unknown): Record<string, string> => ({
  [`${of}.metadata.json`]: typeof content === 'string' ? content : JSON.stringify(content),
});
const FILES = { 'plan.md': `# Heron\n\n${page('x', 1)}`, 'other.md': `# Heron too\n\n${page('x', 2)}` };

describe('a side-car', () => {
  test('that appears, changes and vanishes is an update each time, and embeds nothing', async () => {
    const { inbox, dataDir } = workspace(FILES);
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    const titles = async (): Promise<(string | null)[]> =>
      (await sluice.search('heron')).hits.filter(({ uri }) => uri.endsWith('plan.md')).map(({ title }) => title);
    const update = { updated: 1, indexed: 0, unchanged: 1, removed: 0, rejected: 0, chunksEmbedded: 0, chunksReused: 0 };

    write(inbox, sidecar('plan.md', { title: 'The plan', tags: ['bird'], caseKey: 'K1', created: '2026-01-02' }));
    expect(await sluice.ingest([inbox])).toMatchObject(update);
    expect(new Set(await titles())).toEqual(new Set(['The plan']));
    expect((await sluice.search('heron', { filters: [['tag', 'bird']] })).hits.length).toBeGreaterThan(0);

    write(inbox, sidecar('plan.md', { title: 'Another plan' }));
    expect(await sluice.ingest([inbox])).toMatchObject(update);
    expect(new Set(await titles())).toEqual(new Set(['Another plan']));
    expect((await sluice.search('heron', { filters: [['tag', 'bird']] })).hits).toEqual([]);
    expect(await sluice.ingest([inbox])).toMatchObject({ updated: 0, unchanged: 2 });

    rmSync(path.join(inbox, 'plan.md.metadata.json'));
    expect(await sluice.ingest([inbox])).toMatchObject(update);
    expect(new Set(await titles())).toEqual(new Set(['Heron']));
  });

  test('that narrows access takes effect at once, for search and for every mode of it', async () => {
    const { inbox, dataDir } = workspace(FILES);
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    write(inbox, sidecar('plan.md', { access: ['group:hr', 'user:ana'], classification: 'confidential' }));
    expect(await sluice.ingest([inbox])).toMatchObject({ updated: 1, chunksEmbedded: 0 });
    for (const mode of ['hybrid', 'vector', 'keyword'] as const) {
      const names = async (principals: string[]) =>
        [...new Set((await sluice.search('heron', { mode, principals })).hits.map(({ uri }) => path.basename(uri)))].sort();
      expect(await names([])).toEqual(['other.md']);
      expect(await names(['group:sales'])).toEqual(['other.md']);
      expect(await names(['group:hr'])).toEqual(['other.md', 'plan.md']);
      expect(await names(['group:sales', 'user:ana'])).toEqual(['other.md', 'plan.md']);
    }
    write(inbox, sidecar('plan.md', { access: [] }));
    await sluice.ingest([inbox]);
    expect(await foundFiles(sluice, 'heron', ['group:hr', 'user:ana'])).toEqual(['other.md']);
  });

  test('that restricts a file and comes with it is never outrun', async () => {
    const { inbox, dataDir } = workspace({ ...FILES, ...sidecar('plan.md', { access: ['group:hr'] }) });
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    expect(await foundFiles(sluice, 'heron')).toEqual(['other.md']);
    // New content and a wider side-car: the old content must not become public.
    write(inbox, { 'plan.md': `# Stork\n\n${page('x', 7)}`, ...sidecar('plan.md', { access: ['public'] }) });
    await sluice.ingest([inbox]);
    expect(await foundFiles(sluice, 'stork')).toContain('plan.md');
  });

  test('that cannot be read rejects the file, and the older version stays as narrow as it was', async () => {
    const { inbox, dataDir } = workspace({ ...FILES, ...sidecar('plan.md', { access: ['group:hr'] }) });
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    const unreadable = {
      'not JSON': '{"title": ',
      'not an object': '[]',
      'an unknown field': { acces: ['group:hr'] },
      'a wrong type': { access: 'group:hr' },
      'a principal that is none': { access: ['hr'] },
      'too large': JSON.stringify({ title: 'x'.repeat(70_000) }),
    };
    for (const [why, content] of Object.entries(unreadable)) {
      write(inbox, sidecar('plan.md', content));
      expect([why, await sluice.ingest([inbox])]).toMatchObject([
        why,
        { rejected: 1, unchanged: 1, updated: 0, indexed: 0, chunksEmbedded: 0 },
      ]);
      expect(await sluice.document(path.join(inbox, 'plan.md'))).toMatchObject({
        head: { state: 'rejected', problem: { code: 'invalid-sidecar' } },
      });
      expect([why, await foundFiles(sluice, 'heron')]).toEqual([why, ['other.md']]);
      expect(await foundFiles(sluice, 'heron', ['group:hr'])).toContain('plan.md');
    }
    write(inbox, sidecar('plan.md', { access: ['public'], title: 'Mended' }));
    expect(await sluice.ingest([inbox])).toMatchObject({ rejected: 0, unchanged: 1, updated: 1, chunksEmbedded: 0 });
    expect(await foundFiles(sluice, 'heron')).toContain('plan.md');
  });

  test('that begins with a byte order mark is read', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'a.md.metadata.json': '\uFEFF{"caseKey":"K-1"}' });
    const sluice = await open(dataDir);
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, rejected: 0 });
    const { hits } = await sluice.search('river', { filters: [['caseKey', 'K-1']] });
    expect(hits.length).toBeGreaterThan(0);
  });

  test('that is a link or a folder is not taken for none', async () => {
    const { folder, inbox, dataDir } = workspace(FILES);
    write(folder, { 'elsewhere.json': JSON.stringify({ access: ['group:hr'] }) });
    symlinkSync(path.join(folder, 'elsewhere.json'), path.join(inbox, 'plan.md.metadata.json'));
    write(inbox, { 'other.md.metadata.json/inner.md': page('Inner', 3) });
    const sluice = await open(dataDir);
    expect(await sluice.ingest([inbox])).toMatchObject({ rejected: 2 });
    expect(await foundFiles(sluice, 'heron')).toEqual(['inner.md']);
  });

  test('without its file is no document, and waits for it', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), ...sidecar('late.md', { title: 'Late', access: ['group:hr'] }) });
    const sluice = await open(dataDir);
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, rejected: 0 });
    write(inbox, { 'late.md': `# Crane\n\n${page('x', 5)}` });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, unchanged: 1 });
    expect(await foundFiles(sluice, 'crane')).not.toContain('late.md');
    rmSync(path.join(inbox, 'late.md'));
    expect(await sluice.ingest([inbox])).toMatchObject({ removed: 1, unchanged: 1 });
  });

  test('is obeyed by the command line, with and without --principal', async () => {
    const { inbox, dataDir } = workspace({ ...FILES, ...sidecar('plan.md', { access: ['group:hr'] }) });
    await run(['ingest', inbox, '--data-dir', dataDir]);
    const names = async (...more: string[]) => {
      const { hits } = jsonOf<{ hits: { uri: string }[] }>(await run(['search', 'heron', '--data-dir', dataDir, '--json', ...more]));
      return [...new Set(hits.map(({ uri }) => path.basename(uri)))].sort();
    };
    expect(await names()).toEqual(['other.md']);
    expect(await names('--principal', 'group:hr')).toEqual(['other.md', 'plan.md']);
    expect((await run(['search', 'heron', '--data-dir', dataDir, '--principal', 'hr'])).code).toBe(2);
  });
});
