import { describe, expect, it } from 'vitest';
import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import { evaluateRules } from '#core/dqdl/evaluate.ts';
import { parseRules } from '#core/dqdl/parse.ts';
import { printRules } from '#core/dqdl/print.ts';
import type { TableInput } from '#core/ports/table-engine.ts';
import { keptProfile } from '#core/tables/kept-profile.ts';
import { type Profile, profileTable } from '#core/tables/profile.ts';
import { proposedRules } from '#core/tables/proposed-rules.ts';
import { shiftOf } from '#core/tables/shift.ts';

const HEADER = ['id', 'state', 'amount', 'price', 'day', 'code', 'note'];
const rows = (count: number, change: (row: string[], i: number) => unknown = () => undefined): string[][] =>
  Array.from({ length: count }, (_, i) => {
    const row = [
      `K-${i}`,
      i % 3 ? 'open' : 'paid',
      String(i % 7),
      `${i % 5},5`,
      `2024-05-${10 + (i % 20)}`,
      `AB${100 + (i % 40)}`,
      i % 4 ? `note number ${i}` : '',
    ];
    change(row, i);
    return row;
  });
const table = (body: string[][]): TableInput => ({ alias: 'primary', header: HEADER, rows: body });
const profile = (body: string[][]): Promise<Profile> => duckDbTables().open([table(body)], profileTable);

describe('a profile', () => {
  it('is told of columns whatever they are called', async () => {
    const header = ['v', 'n', 'r', 'rowid'];
    const body = [1, 2, 3, 4, 5, 6, 7, 80].map((n) => ['x', String(n), n % 2 ? 'odd' : 'even', '7']);
    const { columns } = await duckDbTables().open([{ alias: 'primary', header, rows: body }], profileTable);
    expect(columns[0]?.top).toEqual([{ value: 'x', count: 8 }]);
    expect(columns[1]?.outliers).toEqual({ count: 1, rows: [8] });
    expect(columns[2]?.top?.map(({ value }) => value)).toEqual(['even', 'odd']);
    expect(columns[3]?.distinct).toBe(1);
  });

  it('tells what each column holds, and which rows are far from the others', async () => {
    const found = await profile(rows(100, (row, i) => i === 42 && row.splice(2, 1, '5000')));
    expect(found.rows).toBe(100);
    expect(found.columns.map(({ name, type, empty, distinct }) => [name, type, empty, distinct])).toEqual([
      ['id', 'text', 0, 100],
      ['state', 'text', 0, 2],
      ['amount', 'integer', 0, 8],
      ['price', 'number', 0, 5],
      ['day', 'date', 0, 20],
      ['code', 'text', 0, 40],
      ['note', 'text', 25, 75],
    ]);
    expect(found.columns[1]?.top).toEqual([
      { value: 'open', count: 66 },
      { value: 'paid', count: 34 },
    ]);
    expect(found.columns[2]).toMatchObject({ least: 0, most: 5000, outliers: { count: 1, rows: [43] } });
    expect(found.columns[3]).toMatchObject({ least: 0.5, most: 4.5, mean: 2.5, quartiles: [1.5, 2.5, 3.5] });
  });

  it('proposes rules that the table meets, and that a worse one does not', async () => {
    const body = rows(100);
    const source = printRules(proposedRules(await profile(body)));
    expect(source.split('\n').map((line) => line.trim().replace(/,$/, ''))).toEqual([
      'Rules = [',
      'RowCount between 49 and 201',
      'ColumnCount = 7',
      'IsPrimaryKey "id"',
      'IsComplete "state"',
      'ColumnValues "state" in ["open", "paid"]',
      'IsComplete "amount"',
      'ColumnValues "amount" between -1 and 7',
      'IsComplete "price"',
      'ColumnValues "price" between -1 and 6',
      'IsComplete "day"',
      'ColumnDataType "day" = "Date"',
      'IsComplete "code"',
      'ColumnLength "code" = 5',
      'Completeness "note" >= 0.75',
      ']',
      '',
    ]);
    const outcomesOf = (judged: string[][]) =>
      duckDbTables().open([table(judged)], async (tables) => {
        const { outcomes } = await evaluateRules(parseRules(source), tables, {
          now: 0,
          history: () => [],
          composite: 'column',
          namedRows: 0,
        });
        return outcomes.filter(({ outcome }) => outcome !== 'pass').map(({ rule }) => rule);
      });
    expect(await outcomesOf(body)).toEqual([]);
    expect(await outcomesOf(rows(100, (row, i) => i === 5 && row.splice(0, 3, 'K-1', 'lost', '900')))).toEqual([
      'IsPrimaryKey "id"',
      'ColumnValues "state" in ["open", "paid"]',
      'ColumnValues "amount" between -1 and 7',
    ]);
  });
});

const hash = (text: string): string => `#${text.length}${[...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e9, 7)}`;
const kept = (found: Profile) => keptProfile(found, { contentHash: '', at: 0, hash });
const shifts = (before: Profile, now: Profile) =>
  shiftOf(
    kept(before),
    kept(now),
    now.columns.map(({ name }) => name),
  );

describe('a shift', () => {
  it('is told of what changed by much, and of nothing else', async () => {
    const before = await profile(rows(100));
    expect(shifts(before, await profile(rows(110)))).toEqual([]);
    const after = await profile(
      rows(200, (row, i) => {
        row[1] = i % 2 ? 'lost' : 'open';
        row[2] = String((i % 7) + 5);
        row[4] = `day ${i}`;
        if (i % 2) row[6] = '';
      }),
    );
    expect(shifts(before, after)).toEqual([
      { what: '200 rows, were 100' },
      { column: 'state', what: '50 % of the frequent values went to others' },
      { column: 'amount', what: 'the mean moved by 2.5 standard deviations' },
      { column: 'day', what: 'was date, is text' },
      { column: 'note', what: '75 % empty, was 25 %' },
    ]);
    const { columns, rows: count } = before;
    expect(shifts(before, { rows: count, columns: columns.slice(1) })).toEqual([{ column: 'former column 1', what: 'is gone' }]);
  });

  it('needs nothing that tells a value: neither names, nor frequent values, nor the mean of a few', async () => {
    const found = await profile(rows(100, (row, i) => i > 4 && row.splice(2, 1, '')));
    const stored = JSON.stringify(kept(found));
    for (const value of ['state', 'open', 'paid', 'K-1', '2024-05']) expect(stored).not.toContain(value);
    const [, state, amount, price] = kept(found).columns;
    expect(state?.top?.map(({ count }) => count)).toEqual([66, 34]);
    expect(amount?.mean).toBeUndefined();
    expect(price?.mean).toBe(2.5);
  });
});
