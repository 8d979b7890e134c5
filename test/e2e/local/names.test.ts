import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { chunksOf, indexedFiles, jsonOf, open, page, run, workspace, write } from './helpers.ts';

const NAMES = [
  'with space.md',
  'Übergrößen äöü.md',
  'line\nbreak.md',
  'hash#tag.md',
  'per%20cent.md',
  '50%.md',
  '😀 party 🎉.md',
  '-rf.md',
  '--help.md',
  `quote'".md`,
  'back\\slash.md',
  'question?.md',
  'star*[a].md',
  'same é.md',
  'same e\u0301.md',
  'Case.md',
  'case.md',
  `${'ä'.repeat(126)}.md`,
  `${'n'.repeat(252)}.md`,
  `${'s'.repeat(241)}.md`,
  '__proto__.txt',
  '\u202Erevo.md',
  'tab\there.md',
  'bell\u0007.md',
  'folder\nof lines/with #.md',
];

describe('file names', () => {
  test('a file of any name is indexed, edited and removed under that name', async () => {
    const { inbox, dataDir } = workspace(Object.fromEntries(NAMES.map((name, i) => [name, page(`Title${i}`, i)])));
    const sluice = await open(dataDir);
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: NAMES.length, rejected: 0, failed: 0, held: 0 });
    expect(await indexedFiles(sluice, inbox)).toEqual([...NAMES].sort());
    for (const [i, name] of NAMES.entries()) {
      const { hits } = await sluice.search(`Title${i}`, { mode: 'keyword' });
      expect(hits.map(({ uri }) => uri.split('/').at(-1))).toContain(path.basename(name));
    }

    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: NAMES.length, indexed: 0, updated: 0, removed: 0 });
    for (const [i, name] of NAMES.entries()) write(inbox, { [name]: `${page(`Title${i}`, i)}\nOne more closing line about the edit.\n` });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: NAMES.length, unchanged: 0, removed: 0, failed: 0 });

    for (const name of NAMES.slice(1)) rmSync(path.join(inbox, name));
    expect(await sluice.ingest([inbox])).toMatchObject({ removed: NAMES.length - 1, unchanged: 1 });
    expect(await indexedFiles(sluice, inbox)).toEqual([NAMES[0]]);
  });

  test('a name that looks like an option is taken for a file after --', async () => {
    const { folder, inbox, dataDir } = workspace({ '--json': page('Dashes', 1) });
    const done = await run(['ingest', '--json', '--data-dir', dataDir, '--', '--json'], { cwd: inbox });
    expect(jsonOf(done)).toMatchObject({ indexed: 1 });
    expect(folder).toBeTruthy();
  });

  test('terminal controls in a name never reach the terminal', async () => {
    const { inbox, dataDir } = workspace({ 'evil\u001b[2J\u0007.md': '', 'fine\u001b]0;x\u0007.md': `# Walrus\n\n${page('x', 3)}` });
    const ingested = await run(['ingest', inbox, '--data-dir', dataDir]);
    const found = await run(['search', 'walrus', '--data-dir', dataDir]);
    const status = await run(['status', '--data-dir', dataDir]);
    for (const { stdout, stderr } of [ingested, found, status]) expect(`${stdout}${stderr}`).not.toMatch(/[\u001b\u0007]/);
    expect(found.stdout).toContain('fine');
  });

  test('a name that is not UTF-8 is reported, and takes nothing with it', async () => {
    const { inbox, dataDir } = workspace({ 'good.md': page('Good', 1) });
    writeFileSync(Buffer.concat([Buffer.from(`${inbox}/caf`), Buffer.from([0xe9]), Buffer.from('.md')]), page('Latin', 2));
    const done = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(done.code).toBe(1);
    expect(jsonOf(done)).toMatchObject({ indexed: 1 });
    expect(done.stderr).toContain('not valid UTF-8');
  });

  test('a tree of two hundred levels is read to its end', async () => {
    const deep = Array.from({ length: 200 }, (_, i) => `d${i}`).join('/');
    const { inbox, dataDir } = workspace({ [`${deep}/bottom.md`]: page('Bottom', 1) });
    const sluice = await open(dataDir);
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1 });
    rmSync(path.join(inbox, 'd0'), { recursive: true });
    write(inbox, { 'top.md': page('Top', 2) });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, removed: 1 });
  });
});

describe('what is no document', () => {
  test('links are not followed, neither to files nor to folders, nor when a folder becomes one', async () => {
    const { folder, inbox, dataDir } = workspace({ 'own.md': page('Own', 1), 'sub/inner.md': page('Inner', 2) });
    write(folder, { 'secret/inner.md': page('Secret', 3), 'secret/passwords.md': page('Passwords', 4) });
    symlinkSync(path.join(folder, 'secret/passwords.md'), path.join(inbox, 'link.md'));
    symlinkSync(path.join(folder, 'secret'), path.join(inbox, 'linked'));
    symlinkSync('.', path.join(inbox, 'loop'));
    // The inbox itself may be named through one.
    symlinkSync(inbox, path.join(folder, 'alias'));
    const sluice = await open(dataDir);
    expect(await sluice.ingest([path.join(folder, 'alias')])).toMatchObject({ indexed: 2 });
    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 2, indexed: 0 });

    renameSync(path.join(inbox, 'sub'), path.join(folder, 'moved'));
    symlinkSync(path.join(folder, 'secret'), path.join(inbox, 'sub'));
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 0, removed: 1 });
    expect(await indexedFiles(sluice, inbox)).toEqual(['own.md']);
  });

  test('pipes, hidden and temporary files, all below a hidden folder, and the index itself are passed over', async () => {
    const { inbox } = workspace({
      'own.md': page('Own', 1),
      '.hidden.md': page('Hidden', 2),
      '.git/objects/x.md': page('Git', 3),
      'half.md.part': page('Part', 4),
      '~$own.docx': 'lock',
      'node_modules/pkg/readme.md': page('Package', 5),
    });
    execFileSync('mkfifo', [path.join(inbox, 'pipe.md')]);
    const sluice = await open(path.join(inbox, 'index'));
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, rejected: 0 });
    rmSync(path.join(inbox, 'own.md'));
    execFileSync('mkfifo', [path.join(inbox, 'own.md')]);
    write(inbox, { 'other.md': page('Other', 2) });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, removed: 1, rejected: 0 });
  });

  test('a file that the configuration ignores from now on is removed, and so is one of a source that is no more', async () => {
    const { inbox, dataDir } = workspace({ 'own.md': page('Own', 1), 'draft.md': page('Draft', 2), 'hr/pay.md': page('Pay', 3) });
    const before = await open(dataDir, { sources: [{ name: 'hr', path: path.join(inbox, 'hr') }] });
    expect(await before.ingest([inbox])).toMatchObject({ indexed: 3 });
    await before.close();

    const after = await open(dataDir, { intake: { ignore: ['draft*'] } });
    expect(await after.ingest([inbox])).toMatchObject({ indexed: 1, removed: 2, unchanged: 1 });
    expect(await indexedFiles(after, inbox)).toEqual(['hr/pay.md', 'own.md']);
    expect(await after.ingest([inbox])).toMatchObject({ indexed: 0, removed: 0, unchanged: 2 });
  });

  test('a file becomes a folder of the same name and back', async () => {
    const { inbox, dataDir } = workspace({ 'thing.md': page('Thing', 1), 'keep.md': page('Keep', 9) });
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    rmSync(path.join(inbox, 'thing.md'));
    write(inbox, { 'thing.md/inner.md': page('Inner', 2) });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, removed: 1, unchanged: 1 });
    expect(await indexedFiles(sluice, inbox)).toEqual(['keep.md', 'thing.md/inner.md']);

    rmSync(path.join(inbox, 'thing.md'), { recursive: true });
    write(inbox, { 'thing.md': page('Thing', 1) });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, removed: 1, chunksEmbedded: 0 });
    expect(await indexedFiles(sluice, inbox)).toEqual(['keep.md', 'thing.md']);
  });

  test('files and folders that lie in one another are counted once', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'sub/b.md': page('B', 2) });
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    expect(await sluice.ingest([path.join(inbox, 'sub'), inbox, path.join(inbox, 'a.md'), inbox])).toMatchObject({ unchanged: 2 });
    expect((await chunksOf(sluice)).length).toBe(2);
    mkdirSync(path.join(inbox, 'empty'));
    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 2 });
  });
});

test.skipIf(process.platform === 'win32')('a line break in a name begins no line of what is told', async () => {
  const { inbox, dataDir } = workspace({ 'a\n  rejected  b.md': page('Thing', 1) });
  await run(['ingest', inbox, '--data-dir', dataDir]);
  const told = await Promise.all(
    [
      ['status', '--state', 'indexed'],
      ['search', 'river valve'],
      ['erase', '--subject', 'rejected b.md', '--dry-run'],
    ].map((args) => run([...args, '--data-dir', dataDir])),
  );
  for (const { stdout } of told) {
    expect(stdout).toContain('/a\uFFFD  rejected  b.md');
    expect(stdout).not.toMatch(/^ *rejected/m);
  }
});
