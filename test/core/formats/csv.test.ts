import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv, parseTsv } from '#core/formats/csv.ts';
import { DEFAULT_PARSE_LIMITS, type Parse } from '#core/formats/index.ts';
import type { Extracted, TableElement } from '#schemas/records/extracted.ts';

const read = async (text: string, parse: Parse = parseCsv): Promise<Extracted> =>
  parse(new TextEncoder().encode(text), { name: 'a.csv', limits: DEFAULT_PARSE_LIMITS });
const tableOf = ({ elements }: Extracted): TableElement => {
  const table = elements.find((element) => element.kind === 'table');
  if (table === undefined) throw new Error('no table');
  return table;
};

describe('delimiters', () => {
  test.each([
    ['commas', 'name,price\ntea,2\ncoffee,3'],
    ['semicolons', 'name;price\ntea;2\ncoffee;3'],
    ['tabs', 'name\tprice\ntea\t2\ncoffee\t3'],
    ['bars', 'name|price\ntea|2\ncoffee|3'],
    ["Excel's first line", 'sep=;\r\nname;price\r\ntea;2\r\ncoffee;3\r\n'],
    ['a byte order mark before quotes', '\uFEFF"name",price\ntea,2\ncoffee,3'],
  ])('%s', async (_, text) => {
    const expected = [
      ['name', 'price'],
      ['tea', '2'],
      ['coffee', '3'],
    ];
    expect(tableOf(await read(text)).rows).toEqual(expected);
  });

  test('semicolons between decimal commas', async () => {
    expect(tableOf(await read('item;net;gross\ntea;1,50;1,79\njam;2,00;2,38')).rows[1]).toEqual(['tea', '1,50', '1,79']);
  });

  test('tabs of a TSV file between commas', async () => {
    expect(tableOf(await read('a, b, c\td\ne, f, g\th', parseTsv)).rows[0]).toEqual(['a, b, c', 'd']);
  });
});

describe('headers', () => {
  test.each([
    ['names above numbers', 'item,price\ntea,2\njam,3', 1],
    ['names above texts', 'item,colour\ntea,green\njam,red', 1],
    ['numbered columns above texts', '1,2\ntea,green\njam,red', 1],
    ['data from the first row on', 'tea,2,2024-01-05\njam,3,2024-01-06\nham,4,2024-01-07', 0],
    ['one row', 'tea,2', 0],
  ])('%s', async (_, text, headerRows) => {
    expect(tableOf(await read(text)).headerRows).toBe(headerRows);
  });

  test('a title above the table becomes a paragraph', async () => {
    const result = await read('Prices in May\n\nitem,price,unit\ntea,2,kg\njam,3,kg');
    expect(result.elements[0]).toEqual({ kind: 'paragraph', text: 'Prices in May' });
    expect(tableOf(result).rows[0]).toEqual(['item', 'price', 'unit']);
  });
});

describe('broken files', () => {
  test('a quote that never closes costs its line only', async () => {
    const result = await read('a,b\n"x, y",1\n"open,2\n"z, w",3\n');
    expect(tableOf(result).rows).toEqual([
      ['a', 'b'],
      ['x, y', '1'],
      ['"open', '2'],
      ['z, w', '3'],
    ]);
    expect(result.warnings.map(({ code }) => code)).toEqual(['unclosed-quote']);
  });

  test('quotes within a quoted cell need no doubling', async () => {
    expect(tableOf(await read('a,b\n"he said "hi" twice",1')).rows[1]).toEqual(['he said "hi" twice', '1']);
  });

  test('rows of different lengths stay as they are, with a warning', async () => {
    const result = await read('a,b,c\n1,2\n1,2,3,4\n');
    expect(tableOf(result).rows.map((row) => row.length)).toEqual([3, 2, 4]);
    expect(result.warnings[0]?.code).toBe('ragged-rows');
  });

  test('a file of quotes alone ends', async () => {
    await expect(read(`${'"a'.repeat(20_000)}\n${'"\n'.repeat(5_001)}`)).resolves.toBeDefined();
  });
});

test('reads very wide rows', async () => {
  const { rows } = tableOf(await read(Array.from({ length: 3 }, () => 'a,'.repeat(100_000)).join('\n')));
  expect(rows.map((row) => row.length)).toEqual([100_001, 100_001, 100_001]);
});

test('gives back what was written, whatever the cells hold, but for repeated blank lines', async () => {
  const cell = fc.array(fc.constantFrom('a', 'é', '"', ',', '\n', ' ', '1', '文'), { maxLength: 6 }).map((parts) => `x${parts.join('')}`);
  const grid = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(grid, async (rows) => {
      const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      expect(tableOf(await read(text)).rows).toEqual(rows.map((row) => row.map((value) => value.replace(/\n{3,}/g, '\n\n'))));
    }),
    { numRuns: 300 },
  );
});
