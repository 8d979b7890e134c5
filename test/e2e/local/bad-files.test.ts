import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { foundFiles, indexedFiles, jsonOf, open, page, run, workspace, write } from './helpers.ts';

const sample = (name: string): Uint8Array => readFileSync(fileURLToPath(new URL(`../../../samples/problems/${name}`, import.meta.url)));

/** A Word file whose one part unpacks to far more than it weighs. */
const bomb = (): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
    'word/document.xml': [new Uint8Array(270_000_000), { level: 1 }],
  });

/** A PDF whose page tree is its own child. */
const loop = (): string =>
  [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]>>endobj',
    'trailer<</Root 1 0 R/Prev 0>>',
    'startxref',
    '0',
    '%%EOF',
  ].join('\n');

const BAD: Record<string, { content: string | Uint8Array; codes: string[] }> = {
  'empty.txt': { content: '', codes: ['empty'] },
  'empty.pdf': { content: '', codes: ['empty'] },
  'blank.md': { content: ' \n\t\n ', codes: ['no-text', 'empty'] },
  'encrypted.pdf': { content: sample('encrypted.pdf'), codes: ['encrypted'] },
  'cut-off.pdf': { content: sample('cut-off.pdf'), codes: ['truncated', 'corrupt'] },
  'truncated.docx': { content: sample('truncated.docx'), codes: ['truncated', 'corrupt'] },
  'not-a-pdf.pdf': { content: sample('not-a-pdf.pdf'), codes: ['type-mismatch'] },
  'program.txt': {
    content: new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62]),
    codes: ['unsupported-format', 'type-mismatch'],
  },
  'image.png': {
    content: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]),
    codes: ['unsupported-format', 'truncated', 'corrupt'],
  },
  'archive.7z': { content: new Uint8Array([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4, 1, 2, 3, 4]), codes: ['unsupported-format'] },
  'bomb.zip': { content: zipSync({ 'zeros.txt': [new Uint8Array(90_000_000), { level: 1 }] }), codes: ['archive-bomb'] },
  'bomb.docx': { content: bomb(), codes: ['archive-bomb'] },
  'loop.pdf': { content: loop(), codes: ['corrupt', 'no-text', 'too-complex', 'parse-timeout', 'truncated'] },
  'deep.json': { content: '['.repeat(200_000), codes: ['too-complex', 'corrupt', 'truncated'] },
};

describe('bad files', () => {
  test('are rejected one by one with a code and a sentence; the pass goes on and says so', async () => {
    const names = Object.keys(BAD);
    const { inbox, dataDir } = workspace({
      ...Object.fromEntries(names.map((name) => [name, BAD[name]?.content ?? ''])),
      'good.md': page('Good', 1),
    });
    const done = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(done.code).toBe(1);
    expect(jsonOf(done)).toMatchObject({ indexed: 1, rejected: names.length, held: 0, failed: 0, unchanged: 0 });

    type Record = { uri: string; state: string; problem: { stage: string; code: string; message: string } };
    const { attention, documents } = jsonOf<{ attention: Record[]; documents: unknown }>(
      await run(['status', '--data-dir', dataDir, '--json']),
    );
    expect(documents).toMatchObject({ rejected: names.length, indexed: 1 });
    for (const { uri, state, problem } of attention) {
      const name = path.basename(uri);
      expect([name, state]).toEqual([name, 'rejected']);
      expect(BAD[name]?.codes, `${name}: ${problem.message}`).toContain(problem.code);
      expect(problem.message).toContain(name);
      expect(done.stderr).toContain(`${problem.code}: `);
    }
    expect(attention.length).toBe(names.length);

    // They are not tried again until they change.
    const again = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
    expect(jsonOf(again)).toMatchObject({ unchanged: names.length + 1, rejected: 0 });
    expect(jsonOf(await run(['reconcile', '--data-dir', dataDir, '--json']))).toMatchObject({ drift: 0 });
  });

  test('leave the last good version searchable, until a good one comes', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': `# Kingfisher\n\n${page('x', 1)}` });
    const sluice = await open(dataDir);
    await sluice.ingest([inbox]);
    for (const content of ['', zipSync({ 'x.txt': strToU8('x') })]) {
      write(inbox, { 'a.md': content });
      expect(await sluice.ingest([inbox])).toMatchObject({ rejected: 1, indexed: 0, removed: 0 });
      expect(await foundFiles(sluice, 'kingfisher')).toEqual(['a.md']);
      expect(await sluice.document(path.join(inbox, 'a.md'))).toMatchObject({ head: { state: 'rejected', removed: false } });
    }
    // The old bytes again: what is served is already theirs.
    write(inbox, { 'a.md': `# Kingfisher\n\n${page('x', 1)}` });
    expect(await sluice.ingest([inbox])).toMatchObject({ rejected: 0, chunksEmbedded: 0 });
    expect(await sluice.document(path.join(inbox, 'a.md'))).toMatchObject({ head: { state: 'indexed' } });
    write(inbox, { 'a.md': `# Nightingale\n\n${page('x', 2)}` });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1 });
    expect(await foundFiles(sluice, 'nightingale')).toEqual(['a.md']);
  });

  test('take the last good version out at once where the source says so, and it comes back', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': `# Kingfisher\n\n${page('x', 1)}`, 'b.md': page('B', 3) });
    const sluice = await open(dataDir, { sources: [{ name: 'strict', path: inbox, onFailure: 'withdraw' }] });
    await sluice.ingest([inbox]);
    expect(await foundFiles(sluice, 'kingfisher')).toContain('a.md');
    write(inbox, { 'a.md': '' });
    expect(await sluice.ingest([inbox])).toMatchObject({ rejected: 1, removed: 0, unchanged: 1 });
    expect(await indexedFiles(sluice, inbox)).toEqual(['b.md']);
    expect(await sluice.document(path.join(inbox, 'a.md'))).toMatchObject({ head: { state: 'rejected' } });
    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 2, rejected: 0 });

    write(inbox, { 'a.md': `# Kingfisher\n\n${page('x', 1)}` });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, chunksEmbedded: 0 });
    expect(await foundFiles(sluice, 'kingfisher')).toContain('a.md');
    // Gone for good after a rejection: nothing is left behind.
    write(inbox, { 'a.md': '' });
    await sluice.ingest([inbox]);
    rmSync(path.join(inbox, 'a.md'));
    expect(await sluice.ingest([inbox])).toMatchObject({ removed: 1, unchanged: 1 });
    expect(await sluice.status()).toMatchObject({ documents: { removed: 1, indexed: 1, rejected: 0 } });
  });

  test('that are removed or replaced after their rejection are followed', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': '', 'b.md': '', 'c.md': page('C', 1) });
    const sluice = await open(dataDir);
    expect(await sluice.ingest([inbox])).toMatchObject({ rejected: 2, indexed: 1 });
    rmSync(path.join(inbox, 'a.md'));
    write(inbox, { 'b.md': page('B', 2) });
    expect(await sluice.ingest([inbox])).toMatchObject({ removed: 1, indexed: 1, unchanged: 1, rejected: 0 });
    expect(await indexedFiles(sluice, inbox)).toEqual(['b.md', 'c.md']);
  });

  test('that are too large for the configuration are told from those that are not', async () => {
    const { inbox, dataDir } = workspace({ 'big.txt': 'The big file goes on and on. '.repeat(50_000), 'small.md': page('S', 1) });
    const sluice = await open(dataDir, { intake: { maxFileMb: 1 } });
    expect(await sluice.ingest([inbox])).toMatchObject({ rejected: 1, indexed: 1 });
    expect(await sluice.document(path.join(inbox, 'big.txt'))).toMatchObject({
      head: { problem: { code: 'too-large', stage: 'validate' } },
    });
  });
});
