import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentText } from '#core/document-text.ts';
import { SluiceError } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS, type Parse } from '#core/formats/index.ts';
import { parseJson, parseNdjson } from '#core/formats/json.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

const read = async (text: string, parse: Parse = parseJson): Promise<Extracted> =>
  parse(new TextEncoder().encode(text), { name: 'a.json', limits: DEFAULT_PARSE_LIMITS });
const rejection = (text: string, parse: Parse = parseJson): Promise<unknown> => read(text, parse).catch((error: unknown) => error);

describe('records', () => {
  test('become a table with the union of their fields, nested ones by path', async () => {
    const { elements } = await read('[{"a":1,"b":{"c":"x"}},{"a":2,"d":[1,2],"b":{"c":"y"}}]');
    expect(elements).toEqual([
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['a', 'b.c', 'd'],
          ['1', 'x', ''],
          ['2', 'y', '1, 2'],
        ],
      },
    ]);
  });

  test('with long texts are read under headings, by their titles', async () => {
    const body = 'long words '.repeat(40).trim();
    const { elements } = await read(JSON.stringify([{ title: 'First', body }]));
    expect(elements).toEqual([
      { kind: 'heading', level: 1, text: 'First' },
      { kind: 'paragraph', text: `body: ${body}` },
    ]);
  });

  test('rows of plain values become a table without header', async () => {
    expect((await read('[[1,"a"],[2,null]]')).elements).toEqual([
      {
        kind: 'table',
        headerRows: 0,
        rows: [
          ['1', 'a'],
          ['2', ''],
        ],
      },
    ]);
  });
});

test('the title heads the document; small objects are lines, larger ones have headings, plain fields come first', async () => {
  const large = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`f${i}`, i]));
  const { elements, metadata } = await read(
    JSON.stringify({ title: 'Order', large, to: { city: 'Oslo' }, paid: true, tags: ['x', 'y'], note: null }),
  );
  expect(metadata.title).toBe('Order');
  expect(elements).toEqual([
    { kind: 'heading', level: 1, text: 'Order' },
    { kind: 'paragraph', text: 'to.city: Oslo\npaid: true\ntags: x, y' },
    { kind: 'heading', level: 2, text: 'large' },
    { kind: 'paragraph', text: expect.stringContaining('f0: 0\nf1: 1') },
  ]);
});

test('records that nest are headed by what their list is named after', async () => {
  const groups = [
    { group: 'Pumps', items: [{ sku: 'A', price: 1 }] },
    { group: 'Seals', items: [] },
  ];
  expect((await read(JSON.stringify({ groups }))).elements).toEqual([
    { kind: 'heading', level: 1, text: 'groups' },
    { kind: 'heading', level: 2, text: 'Pumps' },
    { kind: 'heading', level: 3, text: 'items' },
    {
      kind: 'table',
      headerRows: 1,
      rows: [
        ['sku', 'price'],
        ['A', '1'],
      ],
    },
    { kind: 'heading', level: 2, text: 'Seals' },
  ]);
});

test('lists on a line stay lists, whatever signs their texts hold', async () => {
  const { elements } = await read('{"notes":["One.","Two, too."],"places":["York, UK","Oslo"],"tags":["x","y"]}');
  expect(elements).toEqual([{ kind: 'paragraph', text: 'notes: One. Two, too.\nplaces: York, UK; Oslo\ntags: x, y' }]);
});

test('markup in a value is read as such', async () => {
  const { elements } = await read(
    '{"id":7,"body":"<h2>Why</h2><p>Because of a &amp; b, as everybody has known for a long time, in spite of all that was said against it by those who know better.</p><ul><li>one</li></ul><p>There is nothing more to say about this.</p>"}',
  );
  expect(elements.map(({ kind }) => kind)).toEqual(['paragraph', 'caption', 'heading', 'paragraph', 'list-item', 'paragraph']);
});

test('a row of names above figures is a header', async () => {
  expect((await read('[["city","staff"],["Oslo",3],["York",4]]')).elements).toMatchObject([{ headerRows: 1 }]);
});

test('long numbers stay as they are written', async () => {
  const { elements } = await read('{"account":12345678901234567890,"rate":0.10000000000000000001}');
  expect(documentText(elements).text).toBe('account: 12345678901234567890\nrate: 0.10000000000000000001');
});

describe('broken files', () => {
  test.each([
    ['{"a": [1, 2', 'truncated', 'reading a.json: its JSON breaks off at character 11'],
    ['{"secret": 1, b: 2}', 'corrupt', 'reading a.json: its JSON is broken at character 14'],
    ['['.repeat(200_000) + ']'.repeat(200_000), 'too-complex', 'reading a.json: JSON nested deeper than 1000 levels'],
    [`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'too-complex', 'reading a.json: JSON nested deeper than 1000 levels'],
  ])('%.20s: %s', async (text, code, message) => {
    const error = await rejection(text);
    expect(error instanceof SluiceError ? [error.code, error.message] : error).toEqual([code, message]);
  });
});

describe('JSON lines', () => {
  const lines = '{"a":1}\r\n\n{"a":\n{"a":3}\n';
  const rows = [['a'], ['1'], ['3']];

  test('lose broken lines with a warning', async () => {
    const { elements, warnings } = await read(lines, parseNdjson);
    expect(elements).toEqual([{ kind: 'table', headerRows: 1, rows }]);
    expect(warnings).toEqual([{ code: 'broken-line', message: '1 lines are not JSON: 3' }]);
  });

  test('are read under the name of JSON too, and JSON under theirs', async () => {
    expect((await read(lines)).elements).toEqual([{ kind: 'table', headerRows: 1, rows }]);
    expect((await read('[\n{"a":1},\n{"a":3}\n]', parseNdjson)).elements).toEqual([{ kind: 'table', headerRows: 1, rows }]);
  });

  test('none of which is JSON are corrupt', async () => {
    expect(await rejection('words\nmore words', parseNdjson)).toMatchObject({ code: 'corrupt' });
  });
});

test('loses no text of any value', async () => {
  const word = fc.stringMatching(/^[a-z]{3,8}$/);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      word,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(word, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const leaves = (node: unknown): string[] => (typeof node === 'string' ? [node] : Object.values(node ?? {}).flatMap(leaves));
  await fc.assert(
    fc.asyncProperty(value, async (node) => {
      const { elements } = await read(JSON.stringify(node));
      const text = ` ${documentText(elements).text.replace(/[^a-z]+/g, ' ')} `;
      for (const leaf of leaves(node)) expect(text).toContain(` ${leaf} `);
    }),
    { numRuns: 300 },
  );
});
