import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCompoundFile } from '#core/formats/compound-file.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { decompressRtf } from '#core/formats/msg/compressed-rtf.ts';
import { htmlOfRtf } from '#core/formats/msg/html-in-rtf.ts';
import { outcome, parseBytes, parseSample, sampleBytes } from './samples.ts';

const SAMPLES = [
  'service/maintenance-agreement-2004.doc',
  'finance/spare-parts-stock-2003.xls',
  'learning/seal-replacement-2006.ppt',
  'finance/order-book-2025.xlsb',
  'service/terminverschiebung-wartung.msg',
  'service/quote-request-kb60.msg',
  'learning/pump-selection.odp',
  'finance/stock-count-2026.ods',
  'service/vibration-pump-7.ipynb',
  'learning/toolbox-talk-lockout.vtt',
];
const CODES =
  /^(?:parsed|corrupt|truncated|encrypted|unsupported-format|type-mismatch|no-text|too-large|too-complex|archive-bomb|empty|unsupported-encoding)$/;

describe.each(SAMPLES)('%s', (name) => {
  test('with bytes changed is answered with elements or a code', async () => {
    const whole = sampleBytes(name);
    const change = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(change, async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        expect(await outcome(parseBytes(bytes, name))).toMatch(CODES);
      }),
      { numRuns: 60 },
    );
  });

  test('cut off anywhere is answered with elements or a code', async () => {
    const whole = sampleBytes(name);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), async (length) => {
        expect(await outcome(parseBytes(whole.subarray(0, length), name))).toMatch(CODES);
      }),
      { numRuns: 25 },
    );
  });
});

const context = { name: 'a', limits: DEFAULT_PARSE_LIMITS };

describe('a compound file', () => {
  test('whose sectors go round in a circle ends', async () => {
    const bytes = sampleBytes('finance/spare-parts-stock-2003.xls');
    const fat = (bytes.readUInt32LE(76) + 1) * 512;
    for (let at = fat; at < fat + 512; at += 4) bytes.writeUInt32LE(0, at);
    expect(await outcome(parseBytes(bytes, 'a.xls'))).toMatch(CODES);
  });

  test('of which more is asked than its limits allow is an archive bomb', () => {
    const bytes = sampleBytes('finance/spare-parts-stock-2003.xls');
    const root = openCompoundFile(bytes, { name: 'a', limits: { ...DEFAULT_PARSE_LIMITS, maxInflatedBytes: 10 } });
    expect(() => root.read('Workbook')).toThrow(expect.objectContaining({ code: 'archive-bomb' }));
  });

  test('that is none is corrupt', () => {
    expect(() => openCompoundFile(new Uint8Array(600), context)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });
});

test('a text beyond the limit is too large', async () => {
  await expect(parseBytes(sampleBytes('finance/spare-parts-stock-2003.xls'), 'a.xls', { maxTextLength: 100 })).rejects.toMatchObject({
    code: 'too-large',
  });
});

describe("a message's rich text", () => {
  // The example of [MS-OXRTFCP] 3.1.1 and its uncompressed form.
  const compressed = Buffer.from(
    '2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0'.replaceAll(' ', ''),
    'hex',
  );

  test('is decompressed as the specification shows', () => {
    expect(Buffer.from(decompressRtf(compressed) ?? []).toString('latin1')).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
  });

  test('of any bytes ends within its bound', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (tail) => {
        const bytes = Buffer.concat([compressed.subarray(0, 16), tail]);
        bytes.writeUInt32LE(0xffffffff, 4);
        expect((decompressRtf(bytes) ?? []).length).toBeLessThanOrEqual(bytes.length * 9);
      }),
    );
  });

  test('that wraps a page gives the page back', () => {
    const rtf =
      "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 Gr\\'fc\\u223?e {\\*\\htmltag84 <b>}\\htmlrtf\\b\\htmlrtf0 bold{\\*\\htmltag92 </b>}\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}}";
    expect(htmlOfRtf(Buffer.from(rtf, 'latin1'), 1252)).toContain('<p>Grüße <b>bold</b>');
  });
});

test('every sample is read without a warning that something is broken', async () => {
  for (const name of SAMPLES) {
    const { warnings } = await parseSample(name);
    expect(warnings.filter(({ code }) => code !== 'attachment-skipped')).toEqual([]);
  }
});
