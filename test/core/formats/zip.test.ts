import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { isErrorCode, SluiceError } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from '#core/formats/index.ts';
import { openZip, resolvePath, type Zip } from '#core/formats/zip.ts';
import { zipOf } from './office/packages.ts';

const open = (bytes: Uint8Array, limits: Partial<ParseLimits> = {}): Promise<Zip> =>
  openZip(bytes, { name: 'a.zip', limits: { ...DEFAULT_PARSE_LIMITS, ...limits } });

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof SluiceError ? error.code : `not a SluiceError: ${String(error)}`;
};

const textOf = async (zip: Zip, name: string): Promise<string | undefined> => {
  const bytes = await zip.read(name);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
};

/** Overwrites 32-bit fields at an offset behind every occurrence of a signature. */
function patched(bytes: Uint8Array, signature: number, offset: number, value: number): Uint8Array {
  const copy = Buffer.from(bytes);
  for (let i = 0; i + 4 <= copy.length; i++) if (copy.readUInt32LE(i) === signature) copy.writeUInt32LE(value, i + offset);
  return copy;
}
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;

describe('reading', () => {
  test('gives entries by name, whatever their case, and nothing for others', async () => {
    const zip = await open(zipOf({ 'Word/Document.xml': 'hello', 'b.txt': 'there' }));
    expect(zip.names).toEqual(['Word/Document.xml', 'b.txt']);
    expect(await textOf(zip, 'word/document.XML')).toBe('hello');
    expect(await zip.read('c.txt')).toBeUndefined();
  });

  test('reads stored entries', async () => {
    const zip = await open(zipSync({ 'a.txt': [strToU8('plain'), { level: 0 }] }));
    expect(await textOf(zip, 'a.txt')).toBe('plain');
  });

  test('reads on where bytes were appended to the archive', async () => {
    const zip = await open(Buffer.concat([zipOf({ 'a.txt': 'kept' }), Buffer.alloc(300, 0x20)]));
    expect(await textOf(zip, 'a.txt')).toBe('kept');
  });

  test('never gives out a name that leads out of the archive', async () => {
    const zip = await open(zipOf({ '../../etc/passwd': 'x', '/abs.txt': 'x', 'C:\\w.txt': 'x', 'a/../../b.txt': 'x', 'good.txt': 'ok' }));
    expect(zip.names).toEqual(['good.txt']);
    expect(zip.unsafeNames).toBe(4);
  });

  test('gives the first of several entries with one name, and counts the others', async () => {
    const twice = Buffer.from(zipOf({ 'a.txt': 'first', 'b.txt': 'second' }));
    for (let at = twice.indexOf('b.txt'); at >= 0; at = twice.indexOf('b.txt')) twice.write('a.txt', at);
    const zip = await open(twice);
    expect([zip.names, zip.repeatedNames]).toEqual([['a.txt'], 1]);
    expect(await textOf(zip, 'a.txt')).toBe('first');
  });
});

describe('limits', () => {
  test('refuses more entries than allowed before reading any', async () => {
    const many = zipOf(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, 'x'])));
    expect(await codeOf(open(many, { maxEntries: 29 }))).toBe('archive-bomb');
  });

  test('counts inflated bytes of all entries together', async () => {
    const zip = await open(zipOf({ a: 'x'.repeat(600), b: 'y'.repeat(600) }), { maxInflatedBytes: 1000 });
    await zip.read('a');
    expect(await codeOf(zip.read('b'))).toBe('archive-bomb');
  });

  test('stops an entry that claims to be small', async () => {
    const honest = zipOf({ a: 'A'.repeat(2_000_000) });
    const lying = patched(patched(honest, LOCAL, 22, 1000), CENTRAL, 24, 1000);
    const zip = await open(lying, { maxInflatedBytes: 1_000_000 });
    expect(await codeOf(zip.read('a'))).toBe('archive-bomb');
  });

  test('stops an entry that compresses beyond what office files do', async () => {
    const zip = await open(zipSync({ a: [new Uint8Array(70 * 1024 * 1024), { level: 1 }] }));
    expect(await codeOf(zip.read('a'))).toBe('archive-bomb');
  });

  test('does not allocate what an entry claims', async () => {
    const lying = patched(zipOf({ a: 'small' }), CENTRAL, 24, 0xfffffff0);
    const zip = await open(lying);
    expect(await textOf(zip, 'a')).toBe('small');
  });
});

describe('bad archives', () => {
  const good = zipOf({ 'a.txt': 'some text that is there', 'b.txt': 'more' });

  test.each([
    ['no bytes', new Uint8Array(), 'empty'],
    ['no zip', strToU8('just text, long enough to look at'), 'corrupt'],
    ['cut off', good.subarray(0, good.length - 30), 'truncated'],
    ['a directory that points elsewhere', patched(good, 0x06054b50, 16, 3), 'corrupt'],
    ['strong encryption', patched(good, CENTRAL, 8, 0x41), 'encrypted'],
    ['an older Office file', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]), 'type-mismatch'],
    [
      'an Office file with a password',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      'encrypted',
    ],
  ])('%s', async (_, bytes, code) => {
    expect(await codeOf(open(bytes))).toBe(code);
  });

  test('says of an encrypted entry that it is, and reads the others', async () => {
    const zip = await open(patched(zipSync({ 'a.txt': [strToU8('x'), { level: 0 }] }), CENTRAL, 8, 0x1));
    expect(zip.isEncrypted()).toBe(true);
    expect(await codeOf(zip.read('a.txt'))).toBe('encrypted');
  });

  test('says of damaged data that it is corrupt', async () => {
    const bytes = Buffer.from(zipOf({ a: 'abcdefghijklmnopqrstuvwxyz'.repeat(50) }));
    bytes.fill(0xff, 32, 44);
    expect(await codeOf((await open(bytes)).read('a'))).toBe('corrupt');
  });

  test('any damage gives content or a coded error', async () => {
    const damage = fc.array(fc.record({ at: fc.nat(good.length - 1), value: fc.integer({ min: 0, max: 255 }) }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(good.length), async (changes, length) => {
        const bytes = Uint8Array.from(good);
        for (const { at, value } of changes) bytes[at] = value;
        try {
          const zip = await open(bytes.subarray(0, length), { maxInflatedBytes: 100_000 });
          for (const name of zip.names) await zip.read(name);
        } catch (error) {
          expect(error).toBeInstanceOf(SluiceError);
          expect(isErrorCode(error instanceof SluiceError ? error.code : '')).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('a relative reference stays within the archive', () => {
  expect(resolvePath('ppt/slides/slide1.xml', '../media/a%20b.png')).toBe('ppt/media/a b.png');
  expect(resolvePath('word/document.xml', '/docProps/core.xml')).toBe('docProps/core.xml');
  expect(resolvePath('a.xml', '../../../etc/passwd')).toBe('etc/passwd');
});
