import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileContent } from '#adapters/parsing/file-content.ts';
import { parsePool } from '#adapters/parsing/parse-pool.ts';
import { pooledOcr } from '#adapters/parsing/pooled-ocr.ts';
import { documentText } from '#core/document-text.ts';
import { wholeDocument } from '#core/extraction/whole.ts';
import { pdfPicture } from '#core/formats/pdf/picture.ts';
import { Config } from '#schemas/config.ts';
import { lines, makePdf } from '../../core/formats/pdf/make-pdf.ts';

const parsers = parsePool({ size: 1, memoryMb: 700, timeoutSeconds: 60 });
const ocr = pooledOcr(Config.parse({}), parsers);
afterAll(() => parsers.close());

const PICTURES = path.join(import.meta.dirname, '../../fixtures/pictures');
const readFile = async (name: string) => wholeDocument(await fileContent(path.join(PICTURES, name)), { parsers, ocr });
const readBytes = async (name: string, bytes: Uint8Array) =>
  wholeDocument(
    {
      name,
      size: bytes.length,
      bytes,
      read: async (start, end) => bytes.subarray(start, end),
    },
    { parsers, ocr },
  );

const NOTE = ['Kestrelbrook Pumps', 'Delivery note 88231', 'Four impellers of bronze', 'Received on 1 October 2026'].join('\n');

describe('a picture of text', () => {
  it.each(['note.gif', 'note.bmp', 'note.webp', 'small.jpg'])(
    'is read from %s, each line with its place and how sure it is',
    async (name) => {
      const { elements, pages } = await readFile(name);
      expect(documentText(elements).text).toBe(NOTE);
      expect(pages).toBe(1);
      for (const { confidence = 0, page, box } of elements) {
        expect(confidence).toBeGreaterThan(0.6);
        expect(page).toBe(1);
        expect(box?.every((side) => side >= 0)).toBe(true);
      }
    },
  );

  it('is turned upright as its camera says', async () => {
    expect(documentText((await readFile('turned.jpg')).elements).text).toBe(NOTE);
  });

  it.each(['on-its-side.png', 'on-its-head.png'])('is turned upright where nobody says how it lies: %s', async (name) => {
    const { elements } = await readFile(name);
    expect(documentText(elements).text).toBe(NOTE);
    // The upright picture is 800 dots wide and 370 high.
    for (const { box: [x, y, width, height] = [0, 0, 0, 0] } of elements) {
      expect(width).toBeGreaterThan(height);
      expect(x + width).toBeLessThan(800);
      expect(y + height).toBeLessThan(370);
    }
  });

  it('says that it was recognised, and how sure every line is', async () => {
    const { elements } = await readFile('note.gif');
    expect(elements.map(({ origin }) => origin)).toEqual(elements.map(() => 'ocr'));
    const lines = elements.flatMap(({ confidence = 0, lineConfidence }) => lineConfidence ?? [confidence]);
    expect(lines).toHaveLength(NOTE.split('\n').length);
    expect(Math.min(...lines)).toBeGreaterThan(0.6);
  });

  it('is read in another script where the first language finds nothing', async () => {
    const reader = pooledOcr(Config.parse({ extraction: { ocrLanguages: ['eng', 'deu', 'ell'] } }), parsers);
    const { elements } = await wholeDocument(await fileContent(path.join(PICTURES, 'greek.png')), { parsers, ocr: reader });
    expect(documentText(elements).text).toContain('Τέσσερις φτερωτές από χαλκό');
  });

  it('is read in the language that it is in', async () => {
    const { elements, metadata } = await readFile('brief.png');
    expect(documentText(elements).text).toContain('die Größe der Dichtungen für die Pumpe in Halle drei\nwurde geprüft.');
    expect(metadata.language).toBe('de');
  });

  it('that is one of several in a file is a page of it', async () => {
    const { elements, pages } = await readFile('note.tiff');
    expect(pages).toBe(2);
    expect(documentText(elements.filter(({ page }) => page === 1)).text).toBe(NOTE);
    expect(documentText(elements.filter(({ page }) => page === 2)).text).toBe('The second page lists\nwhat is still missing.');
  });

  it('without any is a photo', async () => {
    await expect(readFile('photo.jpg')).rejects.toMatchObject({ code: 'no-text', message: expect.stringContaining('photo.jpg') });
  });
});

describe('a picture that cannot be read', () => {
  it('for its damage is corrupt, and the next one is read', async () => {
    const head = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 9, 0, 0, 0, 9);
    await expect(readBytes('cut.png', head)).rejects.toMatchObject({ code: 'corrupt' });
    expect(documentText((await readFile('note.gif')).elements).text).toBe(NOTE);
  });

  it('for its size is too large, before anything unpacks it', async () => {
    const head = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 1, 0, 0, 0, 1, 0, 0);
    await expect(readBytes('vast.png', head)).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('65536') });
  });
});

it('a page whose font does not say what its characters mean is read by their looks', async () => {
  const { elements, warnings } = await readFile('no-unicode-map.pdf');
  expect(documentText(elements).text.split(/\n+/)).toEqual([
    'The map of this font is missing.',
    'Whoever copies it out gets nonsense.',
    'This page is sound.',
  ]);
  expect(elements.map(({ confidence }) => confidence !== undefined)).toEqual([true, true, false]);
  expect(warnings).toEqual([]);
  const alone = await fileContent(path.join(PICTURES, 'no-unicode-map.pdf'));
  expect((await parsers.parse(alone)).warnings).toMatchObject([{ code: 'unmapped-text', page: 1 }]);
});

it('a scanned page between typed ones is read in its place', async () => {
  const text = ['This page went through a scanner.', 'It says that the valve is open.'];
  const typed = await makePdf((page) => lines(page.fontSize(14), text, 60, 80));
  const scan = Buffer.from(await pdfPicture(typed, 'typed.pdf', 1));
  const bytes = await makePdf((document) => {
    lines(document, ['The typed beginning.'], 60, 80);
    document.addPage().image(scan, 0, 0, { width: 612 });
    lines(document.addPage(), ['The typed end.'], 60, 80);
  });
  const pdf = { name: 'mixed.pdf', size: bytes.length, bytes };
  const document = await parsers.parse(pdf, { mayBeEmpty: true });
  expect(document.scans).toMatchObject([{ page: 2 }]);
  const { elements } = await wholeDocument(
    {
      ...pdf,
      read: async (start, end) => bytes.subarray(start, end),
      withFile: () => Promise.reject(new Error('the bytes are in memory')),
    },
    { parsers, ocr },
  );
  expect(documentText(elements).text.split(/\n+/)).toEqual(['The typed beginning.', ...text, 'The typed end.']);
  expect(elements.map(({ origin }) => origin)).toEqual([undefined, 'ocr', undefined]);
});

it('a scanned page that lies on its side is read upright', async () => {
  const text = ['This page went through a scanner.', 'It lay on its side, and nobody noticed.', 'It says that the valve is open.'];
  const scan = Buffer.from(await pdfPicture(await makePdf((page) => lines(page.fontSize(14), text, 60, 80)), 'typed.pdf', 1));
  const bytes = await makePdf((page) => page.rotate(90, { origin: [306, 306] }).image(scan, 0, 0, { width: 612 }));
  const { elements } = await readBytes('turned.pdf', bytes);
  expect(documentText(elements).text.split(/\n+/)).toEqual(text);
});
