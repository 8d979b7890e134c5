import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyFormat } from './canaries/every-format.ts';
import { ALL, EMAIL, holding, inText, NAME, TEXT } from './canaries/identities.ts';
import { type Finished, jsonOf, linesOf, run, temporaryFolder, workspace } from './helpers.ts';

/** Pictures of these formats are made into the same dots as a PNG before anything reads them. */
const AS_PNG = ['jpg', 'gif', 'bmp', 'tiff', 'webp'];
/** Nothing is read of these: a recording is what its transcript says, and the test has one of them. */
const AS_WAV = ['mp3', 'mp4', 'ogg', 'flac'];

/** The formats that the page on formats has a row for. */
function formatsOfDocs(): string[] {
  const page = readFileSync(path.join(import.meta.dirname, '../../../docs/formats.md'), 'utf8');
  const [, table = ''] = page.split('## Each format');
  return [...(table.split('\n## ')[0] ?? '').matchAll(/^\| ([a-z, ]+) \|/gm)]
    .flatMap(([, names = '']) => names.split(', '))
    .filter((name) => name !== 'format');
}

/** The files that should be served and have no chunk with this word. */
function withoutWord(files: Record<string, unknown>, exported: Finished, word: string): string[] {
  const chunks = linesOf<{ uri: string; text: string }>(exported);
  return Object.keys(files)
    .filter((file) => !/^(?:broken|hidden)\.|\.vtt$/.test(file) || file === 'a.vtt')
    .filter((file) => !chunks.some(({ uri, text }) => uri.includes(`/${file}`) && text.includes(word)));
}

describe('personal data', () => {
  it('of every format is in no file of the data directory and in nothing that is said', async () => {
    const files = await everyFormat(temporaryFolder());
    const { inbox, dataDir } = workspace(files);
    const at = ['--data-dir', dataDir, '--json', '--set', 'parsing.processes=1'];
    const ingested = await run(['ingest', inbox, ...at]);
    expect(jsonOf<{ indexed: number }>(ingested).indexed).toBeGreaterThan(40);
    expect(holding(dataDir)).toEqual([]);
    const exported = await run(['export', '--jsonl', '--data-dir', dataDir]);
    const said = [
      ingested,
      exported,
      await run(['status', ...at]),
      await run(['review', ...at]),
      await run(['search', 'letter about the pump', '--top', '50', ...at]),
      await run(['status', path.join(inbox, 'broken.json'), ...at]),
      await run(['status', path.join(inbox, 'hidden.txt'), ...at]),
    ];
    expect(said.flatMap(({ stdout, stderr }) => [...inText(stdout), ...inText(stderr)])).toEqual([]);
    // Every letter itself is there: it was masked, not lost.
    expect(withoutWord(files, exported, '[PERSON]')).toEqual([]);
  }, 120_000);

  it('is tested in each format that the documentation names', async () => {
    const names = Object.keys(await everyFormat(temporaryFolder()));
    const endings = new Set(names.map((name) => name.split('.').at(-1)?.replace(/^gz$/, 'gzip')));
    const named = formatsOfDocs();
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !endings.has(name) && !AS_PNG.includes(name) && !AS_WAV.includes(name))).toEqual([]);
  });

  it('that somebody searches for is not kept', async () => {
    const { inbox, dataDir } = workspace({ 'a.txt': TEXT });
    await run(['ingest', inbox, '--data-dir', dataDir, '--json', '--set', 'parsing.processes=1']);
    await run(['search', `${NAME} ${EMAIL}`, '--data-dir', dataDir, '--json']);
    expect(holding(dataDir)).toEqual([]);
  });

  it('is found by this test where it is kept on purpose, in every format', async () => {
    const files = await everyFormat(temporaryFolder());
    const { inbox, dataDir } = workspace(files);
    await run(['ingest', inbox, '--data-dir', dataDir, '--json', '--set', 'parsing.processes=1', '--set', 'pii.default=keep']);
    expect(holding(dataDir).map((found) => found.split(': ')[1])).toEqual(expect.arrayContaining(ALL));
    expect(withoutWord(files, await run(['export', '--jsonl', '--data-dir', dataDir]), 'Quillfeather')).toEqual([]);
  }, 120_000);
});
