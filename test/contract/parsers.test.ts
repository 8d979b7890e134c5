import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { type Files, memoryParsers } from '#adapters/memory/memory-sources.ts';
import { parsePool } from '#adapters/parsing/parse-pool.ts';
import type { Parsers } from '#core/ports/parsers.ts';
import { lines, makePdf } from '../core/formats/pdf/make-pdf.ts';
import { sha256 } from './make.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-parsers-'));
const pool = parsePool({ size: 1, memoryMb: 700, timeoutSeconds: 60 });
const files: Files = new Map();
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

type Place = { parsers: Parsers; put(name: string, text: string): string };
const PLACES: [name: string, place: Place][] = [
  [
    'memory',
    {
      parsers: memoryParsers({ files }),
      put(name, text) {
        files.set(name, new TextEncoder().encode(text));
        return name;
      },
    },
  ],
  [
    'local',
    {
      parsers: pool,
      put(name, text) {
        writeFileSync(path.join(folder, name), text);
        return path.join(folder, name);
      },
    },
  ],
];

describe.each(PLACES)('parsers, %s', (_, { parsers, put }) => {
  const parse = (name: string, text: string, contentHash?: string) =>
    parsers.parse({ name, size: text.length, withFile: (use) => use(put(name, text)), ...(contentHash !== undefined && { contentHash }) });

  it('give the elements of a document whose bytes are those that were observed', async () => {
    const text = '# Title\n\nSome text.\n';
    const { format, elements } = await parse('a.md', text, sha256(text));
    expect(format).toBe('md');
    expect(elements.map(({ kind }) => kind)).toEqual(['heading', 'paragraph']);
  });

  it('give the same for the same', async () => {
    expect(await parse('a.csv', 'a,b\n1,2\n')).toEqual(await parse('a.csv', 'a,b\n1,2\n'));
  });

  it.each([
    ['blank.txt', ' \n\t', 'empty'],
    ['claims.pdf', 'just text', 'type-mismatch'],
  ])('reject %s with a code', async (name, text, code) => {
    await expect(parse(name, text)).rejects.toMatchObject({ name: 'SluiceError', code, message: expect.stringContaining(name) });
  });

  it('answer after a rejection as before', async () => {
    await expect(parse('blank.txt', '')).rejects.toMatchObject({ code: 'empty' });
    expect((await parse('b.txt', 'fine')).elements).toHaveLength(1);
  });

  it('take other bytes than those that were observed for superseded', async () => {
    await expect(parse('a.txt', 'new', sha256('old'))).rejects.toMatchObject({ code: 'superseded' });
  });

  it('take an observed document that is gone for superseded, and a named one for not found', async () => {
    const nowhere = {
      name: 'gone.txt',
      size: 1,
      withFile: async <T>(use: (file: string) => Promise<T>) => use(path.join(folder, 'gone.txt')),
    };
    await expect(parsers.parse({ ...nowhere, contentHash: sha256('x') })).rejects.toMatchObject({ code: 'superseded' });
    await expect(parsers.parse(nowhere)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('read a part of a document that is in memory', async () => {
    const bytes = new TextEncoder().encode('a,b\n1,2\n');
    const { elements } = await parsers.parse({ name: 'part.csv', size: bytes.length, bytes });
    expect(elements).toMatchObject([
      {
        kind: 'table',
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
    ]);
  });

  it('give a document without text to a recogniser that asks for it, and nobody else', async () => {
    const bytes = await makePdf((page) => page.rect(10, 10, 100, 100).fill('red'));
    const scan = { name: 'scan.pdf', size: bytes.length, bytes };
    expect(await parsers.parse(scan, { mayBeEmpty: true })).toMatchObject({ format: 'pdf', pages: 1, elements: [] });
    await expect(parsers.parse(scan)).rejects.toMatchObject({ code: 'no-text' });
  });

  it('read some pages of a document, and draw one', async () => {
    const bytes = await makePdf((document) => {
      lines(document, ['The first page.'], 60, 80);
      lines(document.addPage(), ['The second page.'], 60, 80);
      lines(document.addPage(), ['The third page.'], 60, 80);
    });
    const content = { name: 'a.pdf', size: bytes.length, bytes };
    const { elements, pages } = await parsers.parse(content, { pages: { from: 2, to: 3 } });
    expect([elements.map((element) => ('text' in element ? element.text : '')), pages]).toEqual([
      ['The second page.', 'The third page.'],
      3,
    ]);
    const picture = Buffer.from(await parsers.picture(content, 2));
    expect(picture.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    await expect(parsers.picture(content, 9)).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining('a.pdf') });
  });

  it('list the files within a file, and give each', async () => {
    const bytes = zipSync({ 'docs/a.txt': strToU8('The first.'), 'b.txt': strToU8('The second.') });
    const content = { name: 'x.zip', size: bytes.length, bytes };
    const { members } = await parsers.parse(content);
    expect(members).toEqual([
      { path: 'docs/a.txt', size: 10, contentHash: sha256('The first.') },
      { path: 'b.txt', size: 11, contentHash: sha256('The second.') },
    ]);
    expect(Buffer.from((await parsers.member(content, 'b.txt')) ?? []).toString()).toBe('The second.');
    expect(await parsers.member(content, 'c.txt')).toBeUndefined();
  });

  it('answer each of many at once with its own', async () => {
    const texts = Array.from({ length: 8 }, (_, i) => `text number ${i}`);
    const found = await Promise.all(texts.map((text, i) => parse(`many-${i}.txt`, text)));
    expect(found.map(({ elements }) => elements[0])).toEqual(texts.map((text) => ({ kind: 'paragraph', text })));
  });
});
