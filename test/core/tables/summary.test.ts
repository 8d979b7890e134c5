import { expect, it } from 'vitest';
import { documentTable } from '#core/tables/document-table.ts';
import { tableSummary, withSummaries } from '#core/tables/summary.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

const column = (name: string, value: (i: number) => string, rows = 12): string[][] => [
  [name],
  ...Array.from({ length: rows }, (_, i) => [value(i)]),
];
const lineOf = (rows: string[][]): string | undefined => tableSummary({ rows, headerRows: 1 })?.split('\n')[1];

it.each([
  [
    'numbers',
    column('n', (i) => String(i + 1)),
    'n: numbers from 1 to 12, all different, mean 6.5, median 6.5, half of them between 3.75 and 9.25, sum 78.',
  ],
  [
    'money',
    column('p', (i) => `€ ${i % 2 ? '1,200.50' : '800'}`),
    'p: numbers from 800 to 1,200.5, mean 1,000.25, median 1,000.25, half of them between 800 and 1,200.5, sum 12,003.',
  ],
  [
    'decimal commas',
    column('p', (i) => `1.${i % 2}00,5`),
    'p: numbers from 1,000.5 to 1,100.5, mean 1,050.5, median 1,050.5, half of them between 1,000.5 and 1,100.5, sum 12,606.',
  ],
  ['postcodes', column('zip', (i) => `0${1000 + i}`), 'zip: texts of 5 characters on average, all different.'],
  ['dates', column('d', (i) => (i === 3 ? '' : `2024-05-${10 + i}`)), 'd: dates from 2024-05-10 to 2024-05-21, 1 empty.'],
  ['German dates', column('d', (i) => `${i + 1}.11.2026`), 'd: dates from 2026-11-01 to 2026-11-12.'],
  ['categories', column('c', (i) => (i < 9 ? 'open' : 'paid')), 'c: 2 different values, most often open 9 (75 %), paid 3 (25 %).'],
  [
    'answers',
    column('a', (i) => ['Very satisfied', 'satisfied', 'neutral'][i % 3] ?? ''),
    'a: answers worth 4 on average on a scale from 1 (worst) to 5 (best): Very satisfied 4 (33 %), neutral 4 (33 %), satisfied 4 (33 %).',
  ],
  [
    'German answers',
    column('a', (i) => (i % 4 ? 'stimme zu' : 'stimme nicht zu')),
    'a: answers worth 3.5 on average on a scale from 1 (worst) to 5 (best): stimme zu 9 (75 %), stimme nicht zu 3 (25 %).',
  ],
  ['nothing', column('x', () => ' '), 'x: no values.'],
])('a column of %s is told by what it holds', (_, rows, line) => {
  expect(lineOf(rows)).toBe(line);
});

it('short tables and tables without names of columns have no summary', () => {
  expect(lineOf(column('n', String, 9))).toBeUndefined();
  expect(tableSummary({ rows: column('n', String), headerRows: 0 })).toBeUndefined();
});

const table = (rows: string[][], more: object = {}): Extracted['elements'][number] => ({ kind: 'table', rows, headerRows: 1, ...more });
const sheet = (elements: Extracted['elements']): Extracted => ({ format: 'xlsx', metadata: {}, elements, warnings: [] });

it('a summary stands after its table, on its sheet, once however often it is made; hidden tables have none', () => {
  const rows = column('n', String);
  const once = withSummaries(sheet([table(rows, { sheet: 'A' }), table(rows, { hidden: 'hidden sheet' })]));
  expect(once.elements.map(({ kind, sheet: name }) => [kind, name])).toEqual([
    ['table', 'A'],
    ['summary', 'A'],
    ['table', undefined],
  ]);
  expect(withSummaries(once)).toEqual(once);
});

it('the table of a document is its largest visible one, or that of a sheet', () => {
  const small = table([['a'], ['1']], { sheet: 'A' });
  const large = table(
    [
      ['b', 'c'],
      ['1', '2'],
      ['3', '4'],
    ],
    { sheet: 'B' },
  );
  const hidden = table(
    [
      ['d', 'e', 'f'],
      ['1', '2', '3'],
      ['1', '2', '3'],
    ],
    { hidden: 'hidden sheet' },
  );
  const document = sheet([small, large, hidden]);
  expect(documentTable(document)).toEqual({
    header: ['b', 'c'],
    rows: [
      ['1', '2'],
      ['3', '4'],
    ],
  });
  expect(documentTable(document, 'A')?.header).toEqual(['a']);
  expect(documentTable(document, 'C')).toBeUndefined();
});
