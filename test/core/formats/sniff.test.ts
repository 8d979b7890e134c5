import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { sniff } from '#core/formats/sniff.ts';
import { rangedBytes } from '#core/formats/sniffing/reader.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);

/** A zip archive of stored files. */
function zip(files: Record<string, string>, flags = 0): Uint8Array {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(crc32(body), 14);
    local.writeUInt32LE(body.length, 18);
    local.writeUInt32LE(body.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), body);
    central.push(entry, Buffer.from(name));
    offset += 30 + name.length + body.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

/** An OLE2 compound file whose directory holds streams of these names. */
function ole(...streams: string[]): Uint8Array {
  const bytes = Buffer.alloc(512 * 3, 0xff);
  bytes.fill(0, 0, 512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 48);
  bytes.fill(0xff, 76, 512);
  bytes.writeUInt32LE(0, 76);
  bytes.fill(0, 1024);
  streams.forEach((name, i) => {
    bytes.write(name, 1024 + i * 128, 'utf16le');
    bytes.writeUInt16LE((name.length + 1) * 2, 1024 + i * 128 + 64);
  });
  return bytes;
}

const docx = zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' });
const xlsx = zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' });
const epub = zip({ mimetype: 'application/epub+zip', 'META-INF/container.xml': '<container/>' });
const odt = zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' });

const formatOf = async (name: string, bytes: Uint8Array): Promise<string> => (await sniff(rangedBytes(name, bytes))).format;
const rejection = async (name: string, bytes: Uint8Array): Promise<SluiceError> => {
  const error = await sniff(rangedBytes(name, bytes)).catch((thrown: unknown) => thrown);
  if (!(error instanceof SluiceError)) throw new Error(`not rejected: ${JSON.stringify(error)}`);
  return error;
};

describe('recognises by the bytes', () => {
  test.each([
    ['a.docx', docx, 'docx'],
    ['a.docm', docx, 'docx'],
    ['noextension', docx, 'docx'],
    ['a.xlsx', xlsx, 'xlsx'],
    ['a.epub', epub, 'epub'],
    ['a.odt', odt, 'odt'],
    ['a.zip', zip({ 'a.txt': 'x' }), 'zip'],
    ['a.zip', docx, 'zip'],
    ['a.pdf', utf8('junk line\n%PDF-1.4\n'), 'pdf'],
    ['unknown.xyz', utf8('%PDF-1.4\n'), 'pdf'],
    ['a.png', PNG, 'png'],
    ['a.doc', ole('Root Entry', 'WordDocument'), 'doc'],
    ['a.doc', ole('Root Entry'), 'doc'],
    ['a', ole('Root Entry', 'Workbook'), 'xls'],
    ['a.msg', ole('Root Entry', '__properties_version1.0'), 'msg'],
    ['letter.doc', utf8('{\\rtf1 hello}'), 'rtf'],
    ['letter.txt', utf8('{\\rtf1 hello}'), 'rtf'],
  ])('%s', async (name, bytes, format) => {
    expect(await formatOf(name, bytes)).toBe(format);
  });
});

describe('lets the name decide among text formats, and the text where the name says nothing', () => {
  test.each([
    ['a.md', '<html><body>x</body></html>', 'md'],
    ['a.csv', 'just words', 'csv'],
    ['a.xml', 'no markup', 'xml'],
    ['README', 'just words', 'txt'],
    ['a.conf', 'key = value', 'txt'],
    ['page', '<!-- saved --> <!-- twice -->\n<!DOCTYPE html><html></html>', 'html'],
    ['feed', '<?xml version="1.0"?><rss></rss>', 'xml'],
    ['data', '{"a": 1}', 'json'],
    ['lines', '{"a": 1}\n{"a": 2}\n', 'ndjson'],
    ['mail', 'From: a@b.example\r\nSubject: hello\r\n\r\nbody', 'eml'],
    ['note', 'To: do\nwash the car', 'txt'],
    ['letter.rtf', 'never was rich', 'txt'],
  ])('%s: %s', async (name, text, format) => {
    expect(await formatOf(name, utf8(text))).toBe(format);
  });

  test('takes UTF-16 and legacy code pages for text', async () => {
    expect(await formatOf('a.txt', Buffer.from('\uFEFFnaïve 文書', 'utf16le'))).toBe('txt');
    expect(await formatOf('a.txt', Buffer.from('plain words', 'utf16le'))).toBe('txt');
    expect(await formatOf('a.txt', Buffer.from('café à la crème, où déjà', 'latin1'))).toBe('txt');
  });
});

describe('rejects, in words', () => {
  test.each([
    ['image.pdf', PNG, 'type-mismatch', 'reading image.pdf: named .pdf, but its bytes are a PNG image'],
    ['a.xlsx', docx, 'type-mismatch', 'reading a.xlsx: named .xlsx, but its bytes are a Word document (docx)'],
    ['a.docx', utf8('%PDF-1.4\n'), 'type-mismatch', 'reading a.docx: named .docx, but its bytes are a PDF document'],
    ['a.pdf', utf8('words'), 'type-mismatch', 'reading a.pdf: named .pdf, but its bytes are plain text'],
    ['a.txt', PNG, 'type-mismatch', 'reading a.txt: named .txt, but its bytes are a PNG image'],
    ['a.docx', ole('EncryptionInfo', 'EncryptedPackage'), 'encrypted', 'reading a.docx: it is protected by a password'],
    ['a.zip', zip({ 'a.txt': 'x' }, 1), 'encrypted', 'reading a.zip: its zip archive holds encrypted files'],
    ['a.docx', docx.subarray(0, 60), 'truncated', 'reading a.docx: the file ends before its zip archive does'],
    [
      'a.docx',
      Uint8Array.from([1, 2, 3, 0, 0, 0, 1]),
      'corrupt',
      'reading a.docx: named .docx, but its bytes are not a Word document (docx)',
    ],
    ['a.bin', Uint8Array.from([1, 2, 3, 0, 0, 0, 1]), 'unsupported-format', 'reading a.bin: its bytes are binary data of no known type'],
    [
      'a.dat',
      utf8('8BPS\0\x01\0\0\0\0\0\0\0\x03'),
      'unsupported-format',
      'reading a.dat: its bytes are a .psd file (image/vnd.adobe.photoshop)',
    ],
    ['a.docx', new Uint8Array(0), 'empty', 'reading a.docx: it has no content (0 bytes)'],
    ['a.txt', utf8(' \r\n\t '), 'empty', 'reading a.txt: it has no content (5 bytes)'],
    ['a.txt', Uint8Array.from([0xef, 0xbb, 0xbf]), 'empty', 'reading a.txt: it has no content (3 bytes)'],
    ['a.txt', new Uint8Array(3_000_000), 'empty', 'reading a.txt: it has no content (3000000 bytes)'],
  ])('%s', async (name, bytes, code, message) => {
    const error = await rejection(name, bytes);
    expect({ code: error.code, message: error.message }).toEqual({ code, message });
  });
});

test('reads a part of a large file only', async () => {
  const end = zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': 'x' });
  const size = 1_000_000_000;
  let read = 0;
  const file = {
    name: 'large.docx',
    size,
    async read(start: number, stop: number) {
      const part = new Uint8Array(stop - start);
      read += part.length;
      for (const at of [0, size - end.length]) {
        for (let i = Math.max(start, at); i < Math.min(stop, at + end.length); i++) part[i - start] = end[i - at] ?? 0;
      }
      return part;
    },
  };

  expect((await sniff(file)).format).toBe('docx');
  expect(read).toBeLessThan(300_000);
});

test('does not take a file for empty that it has read in part only', async () => {
  const file = { name: 'a.txt', size: 1_000_000_000, read: async (start: number, end: number) => new Uint8Array(end - start).fill(0x20) };
  expect((await sniff(file)).format).toBe('txt');
});

test('answers any bytes under any name with a format or a coded rejection', async () => {
  const starts = ['PK\x03\x04', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', '%PDF-1.7', '{\\rtf1', '<?xml ', 'ID3\x03', 'GIF89a', ''];
  const prefix = fc.constantFrom(...starts).map((start) => Buffer.from(start, 'latin1'));
  const bytes = fc.tuple(prefix, fc.uint8Array({ maxLength: 1200 })).map((parts) => Buffer.concat(parts));
  const name = fc.constantFrom('a.pdf', 'a.docx', 'a.doc', 'a.txt', 'a.zip', 'a.png', 'a', '.txt', 'a.tar.gz', 'a.');
  await fc.assert(
    fc.asyncProperty(name, bytes, async (file, content) => {
      const answer = await sniff(rangedBytes(file, content)).catch((error: unknown) => error);
      expect(answer instanceof SluiceError || (typeof answer === 'object' && answer !== null && 'format' in answer)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
