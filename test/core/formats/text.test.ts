import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentText } from '#core/document-text.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';

const parse = (content: string | Uint8Array, name = 'a.txt'): Promise<Extracted> =>
  parseDocument(typeof content === 'string' ? new TextEncoder().encode(content) : content, name, DEFAULT_PARSE_LIMITS);
const outline = (elements: readonly Element[]): string[] =>
  elements.map((e) => `${e.kind}${'level' in e ? e.level : ''}${'marker' in e ? ` ${e.marker}` : ''}: ${'text' in e ? e.text : ''}`);

test('source code keeps its lines and indents, and is told by its name', async () => {
  const program = 'def add(a, b):\n    # Adds <YOUR_NUMBER> to a.\n    return a + b\n\nprint(add(1, 2))\n';
  expect((await parse(program, 'add.py')).elements).toEqual([
    { kind: 'code', language: 'python', text: 'def add(a, b):\n    # Adds <YOUR_NUMBER> to a.\n    return a + b' },
    { kind: 'code', language: 'python', text: 'print(add(1, 2))' },
  ]);
  expect((await parse('We add a and b.\n', 'add.txt')).elements).toEqual([{ kind: 'paragraph', text: 'We add a and b.' }]);
});

describe('structure', () => {
  test.each([
    ['paragraphs by blank lines', 'One.\n\n \nTwo.\n', ['paragraph: One.', 'paragraph: Two.']],
    ['underlined headings', 'Handbook\n========\n\nPart\n----\nText.\n', ['heading1: Handbook', 'heading2: Part', 'paragraph: Text.']],
    ['capitals above a text', 'TERMS OF USE\n\nBe kind.', ['heading1: TERMS OF USE', 'paragraph: Be kind.']],
    ['chapters', 'Kapitel 3\n\nEs war einmal.', ['heading1: Kapitel 3', 'paragraph: Es war einmal.']],
    [
      'numbered sections above texts',
      '1. Scope\n\nThis is it.\n\n1.1 Limits\n\nNone.',
      ['heading2: 1. Scope', 'paragraph: This is it.', 'heading3: 1.1 Limits', 'paragraph: None.'],
    ],
    [
      'entries of a log, with the lines that belong to them',
      'Station log\n06:10  Took over from the night shift. Two pumps running in\n       parallel, the third on standby.\n07:45  Greased.\n14:00  Handed over.',
      [
        'paragraph: Station log',
        'paragraph: 06:10 Took over from the night shift. Two pumps running in parallel, the third on standby.',
        'paragraph: 07:45 Greased.',
        'paragraph: 14:00 Handed over.',
      ],
    ],
    [
      'entries by dates and times of several forms',
      '2026-10-05T06:10:00.123Z start\n[05.10.2026 06:11] run\nOct  5 06:12:01 host stop\nMon, 5/10/2026 6:13 pm end',
      [
        'paragraph: 2026-10-05T06:10:00.123Z start',
        'paragraph: [05.10.2026 06:11] run',
        'paragraph: Oct 5 06:12:01 host stop',
        'paragraph: Mon, 5/10/2026 6:13 pm end',
      ],
    ],
    [
      'no entries in a text that names times',
      'The train leaves at a time that suits nobody, which is why most of us take the\n10:15 bus and arrive late.',
      ['paragraph: The train leaves at a time that suits nobody, which is why most of us take the 10:15 bus and arrive late.'],
    ],
    ['a shout at the end is no heading', 'Fine.\n\nSTOP NOW', ['paragraph: Fine.', 'paragraph: STOP NOW']],
    [
      'a numbered list over several blocks',
      '1. Milk\n\n2. Bread\n\nDone.',
      ['list-item1 1.: Milk', 'list-item1 2.: Bread', 'paragraph: Done.'],
    ],
    [
      'nested lists with a lead',
      'Bring:\n- a tent\n  with pegs\n  * spare pegs\n- water',
      ['paragraph: Bring:', 'list-item1: a tent\nwith pegs', 'list-item2: spare pegs', 'list-item1: water'],
    ],
    ['aligned columns as they are', 'item     price\ntea      2.50\ncoffee   3.20', ['code: item     price\ntea      2.50\ncoffee   3.20']],
    ['ruled lines are no text', 'a.\n\n-----\n\nb.', ['paragraph: a.', 'paragraph: b.']],
    ['verse keeps its lines', 'Roses are red,\nviolets are blue', ['paragraph: Roses are red,\nviolets are blue']],
  ])('%s', async (_, text, expected) => {
    expect(outline((await parse(text)).elements)).toEqual(expected);
  });

  test('joins the lines of a paragraph that a margin broke, and the words that it split', async () => {
    const text =
      'The committee met on the fourth of May and went through the docu-\nment that the board had sent, which took the whole of a long\nafternoon and part of the evening.';
    const { elements } = await parse(text);
    expect(outline(elements)).toEqual([`paragraph: ${text.replace('docu-\nment', 'document').replaceAll('\n', ' ')}`]);
  });
});

test('joins lines of Chinese without a blank', async () => {
  const line = '这是一个为了测试而写的很长的句子它没有空格也没有换行因此必须在任何地方断开才能放进一行里面去';
  const { elements } = await parse(`${line}\n${line}\n${line}`);
  expect(elements).toEqual([{ kind: 'paragraph', text: line.repeat(3) }]);
});

test('form feeds end pages, whose running lines are known by their repetition', async () => {
  const page = (n: number): string => `Report 7          May 2024\n\nWords of page ${n}.\n\nA. Smith        [Page ${n}]\n`;
  const { elements, pages } = await parse([1, 2, 3].map(page).join('\f'));
  expect(pages).toBe(3);
  expect(elements.slice(3)).toEqual([
    { kind: 'paragraph', text: 'Report 7 May 2024', boilerplate: 'header', page: 2 },
    { kind: 'paragraph', text: 'Words of page 2.', page: 2 },
    { kind: 'paragraph', text: 'A. Smith [Page 2]', boilerplate: 'footer', page: 2 },
    { kind: 'paragraph', text: 'Report 7 May 2024', boilerplate: 'header', page: 3 },
    { kind: 'paragraph', text: 'Words of page 3.', page: 3 },
    { kind: 'paragraph', text: 'A. Smith [Page 3]', boilerplate: 'footer', page: 3 },
  ]);
});

describe('encodings', () => {
  const french = 'Le café est fermé à Noël, sauf pour les fidèles déjà attablés près de la fenêtre.';
  test.each([
    ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${french}`)],
    ['UTF-16LE with a mark', Buffer.from(`\uFEFF${french}`, 'utf16le')],
    ['UTF-16LE without one', Buffer.from(french, 'utf16le')],
    ['UTF-16BE with a mark', Buffer.from(`\uFEFF${french}`, 'utf16le').swap16()],
    ['UTF-32LE with a mark', Buffer.from(Uint32Array.from(`\uFEFF${french}`, (c) => c.codePointAt(0) ?? 0).buffer)],
    ['Latin-1', Buffer.from(french, 'latin1')],
  ])('%s', async (_, bytes) => {
    expect(documentText((await parse(bytes)).elements).text).toBe(french);
  });

  test('Japanese by its escapes, Russian by its letters, with a warning that it was guessed', async () => {
    const japanese = await parse(Buffer.from('1b2442467c4b5c386c1b2842', 'hex'));
    expect(documentText(japanese.elements).text).toBe('日本語');
    const koi8 = 'ф ЪФП РТПУФПЕ РТЕДМПЦЕОЙЕ ОБ ТХУУЛПН СЪЩЛЕ ДМС РТПЧЕТЛЙ ЛПДЙТПЧЛЙ';
    const russian = await parse(
      Uint8Array.from(koi8, (c) =>
        c === ' ' ? 32 : c.charCodeAt(0) < 0x430 ? c.charCodeAt(0) - 0x410 + 0xc0 : c.charCodeAt(0) - 0x430 + 0xe0,
      ),
    );
    expect(documentText(russian.elements).text).toMatch(/простое предложение на русском/);
    expect(russian.warnings.map(({ code }) => code)).toEqual(['guessed-encoding']);
  });

  test('Western European where a word is too little to tell', async () => {
    expect(documentText((await parse(Buffer.from('café', 'latin1'))).elements).text).toBe('café');
  });

  test('keeps UTF-8 that is broken in one place, and says so', async () => {
    const bytes = Buffer.concat([new TextEncoder().encode(french.repeat(3)), Uint8Array.of(0xff), new TextEncoder().encode(french)]);
    const { elements, warnings } = await parse(bytes);
    expect(documentText(elements).text).toBe(`${french.repeat(3)}\uFFFD${french}`);
    expect(warnings).toEqual([{ code: 'broken-characters', message: '1 characters could not be read' }]);
  });
});

test('cuts a text without line ends into paragraphs between words', async () => {
  const { elements } = await parse('word '.repeat(100_000));
  expect(elements.length).toBeGreaterThan(5);
  expect(elements.every((e) => e.kind === 'paragraph' && e.text.startsWith('word') && e.text.endsWith('word'))).toBe(true);
  expect(documentText(elements).text.match(/word/g)).toHaveLength(100_000);
});

test('rejects a text beyond the limit', async () => {
  const limits = { ...DEFAULT_PARSE_LIMITS, maxTextLength: 10 };
  await expect(parseDocument(new TextEncoder().encode('hello hello'), 'a.txt', limits)).rejects.toMatchObject({ code: 'too-large' });
});

test('loses no word, whatever the lines look like', async () => {
  const line = fc.constantFrom(
    '',
    'alpha beta.',
    '- gamma',
    '  * delta',
    '1. Epsilon',
    'ZETA ETA',
    '====',
    'theta    iota    kappa',
    '\tlambda',
    'x-',
    'mu',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
      const letters = (text: string): string => text.replace(/[^a-z]/gi, '');
      fc.pre(letters(lines.join('')) !== '');
      const { elements } = await parse(lines.join('\n'));
      expect(letters(documentText(elements).text)).toBe(letters(lines.join('')));
    }),
    { numRuns: 300 },
  );
});
