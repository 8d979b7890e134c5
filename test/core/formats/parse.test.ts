import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { errorKind, SluiceError } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import { Extracted } from '#schemas/records/extracted.ts';

vi.mock('#core/formats/csv.ts', () => ({
  parseCsv: () => {
    throw new TypeError('unexpected "secret word" in line 3');
  },
  parseTsv: function deep(): never {
    return deep();
  },
}));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (name: string, text: string, limits: ParseLimits = DEFAULT_PARSE_LIMITS): Promise<Extracted> =>
  parseDocument(utf8(text), name, limits);
const rejection = async (work: Promise<unknown>): Promise<SluiceError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SluiceError)) throw new Error(`not rejected by code: ${error}`);
  return error;
};

const SAMPLES: Record<string, string> = {
  'a.txt': 'HANDBOOK\n\nWelcome.\n\n- one\n- two\n',
  'a.md': '# Handbook\n\nWelcome, *you*.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n',
  'a.html': '<html><head><title>T</title></head><body><h1>Handbook</h1><p>Welcome.</p><table><tr><td>1</td></tr></table></body></html>',
  'a.xml': '<?xml version="1.0"?><book><title>Handbook</title><p>Welcome.</p></book>',
  'a.json': '{"title":"Handbook","parts":[{"a":1,"b":"x"}],"more":{"text":"Welcome."}}',
  'a.ndjson': '{"a":1}\n{"a":2}\n',
  'a.rtf': '{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\pard Hand\\u8211?book\\par\\trowd\\cellx9\\intbl 1\\cell\\row}',
  'a.eml':
    'From: a@example.org\r\nSubject: Handbook\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nWelcome.\r\n--x--\r\n',
};

test.each(Object.entries(SAMPLES))('%s becomes a document of the stored form', async (name, text) => {
  const extracted = await parse(name, text);
  expect(Extracted.parse(extracted)).toEqual(extracted);
  expect(extracted.elements.length).toBeGreaterThan(0);
});

test('the text is normalised', async () => {
  const { elements, warnings } = await parse('a.txt', 'o\uFB03ce\u00A0wo\u200Brk');
  expect(elements).toEqual([{ kind: 'paragraph', text: 'office work' }]);
  expect(warnings.map(({ code }) => code)).toEqual(['zero-width']);
});

describe('rejects', () => {
  test.each([
    ['a format without a parser', 'a.chm', 'ITSF: help that is not read', 'unsupported-format'],
    ['a document without visible text', 'a.rtf', '{\\rtf1 {\\v hidden}\\par}', 'no-text'],
    [
      'a mail that is all envelope',
      'a.eml',
      'From: a@example.org\nTo: b@example.org\nDate: Sat, 21 Nov 2026 10:00:00 +0000\n\n\n',
      'no-text',
    ],
    ['what nests too deeply', 'a.json', '['.repeat(100_000), 'truncated'],
    ['what a library throws at, without quoting it', 'a.csv', 'x,y', 'corrupt'],
    ['what overflows the stack of a library', 'a.tsv', 'x\ty', 'too-complex'],
  ])('%s', async (_, name, text, code) => {
    const error = await rejection(parse(name, text));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`reading ${name}: `);
    expect(error.message).not.toContain('secret');
  });

  test('text beyond the limit', async () => {
    const error = await rejection(parse('a.rtf', '{\\rtf1 words and words}', { ...DEFAULT_PARSE_LIMITS, maxTextLength: 10 }));
    expect(error.code).toBe('too-large');
  });
});

test('any damage to any file gives a document or a rejection by code', async () => {
  const damage = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(8),
    insert: fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.constantFrom('<', '{', '"', '\\', '[', '\0', '--x').map(utf8)),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.entries(SAMPLES)),
      fc.array(damage, { maxLength: 4 }),
      fc.boolean(),
      async ([name, text], damages, cut) => {
        let bytes = Buffer.from(text);
        for (const { at, remove, insert } of damages) {
          const start = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(cut ? bytes.length : start + remove)]);
        }
        const answer = await parseDocument(bytes, name, DEFAULT_PARSE_LIMITS).catch((error: unknown) => error);
        if (answer instanceof SluiceError) expect(errorKind(answer)).toBe('reject');
        else expect(Extracted.safeParse(answer).success).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});
