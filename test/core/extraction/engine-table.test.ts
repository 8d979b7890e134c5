import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import { fileContent } from '#adapters/parsing/file-content.ts';
import { engineTable } from '#core/extraction/engine-table.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import { sniff } from '#core/formats/sniff.ts';
import { rowsLeftOut } from '#core/tables/rows-left-out.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { cells, workbookFile } from '../formats/office/packages.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-engine-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
const LIMITS = { wholeTableMb: 0.0005, largeTableRows: 5 };

async function read(name: string, limits = LIMITS, contentHash?: string): Promise<Extracted | undefined> {
  const content = { ...(await fileContent(name)), ...(contentHash !== undefined && { contentHash }) };
  return engineTable(content, (await sniff(content)).format, limits, duckDbTables());
}
const summaryOf = (extracted: Extracted | undefined): string[] =>
  (extracted?.elements ?? []).flatMap((element) => (element.kind === 'summary' ? element.text.split('\n') : []));
const tableOf = (extracted: Extracted | undefined): string[][] =>
  (extracted?.elements ?? []).flatMap((element) => (element.kind === 'table' ? element.rows : []));

const ANSWERS = ['satisfied', 'very satisfied', 'neutral'];
const HEADER = ['id', 'rating', 'price', 'day', 'state', 'note'];
const ROWS = Array.from({ length: 60 }, (_, i) => [
  i,
  ANSWERS[i % 3] ?? '',
  i * 1.5,
  `2024-05-${10 + (i % 20)}`,
  i % 4 ? 'open' : 'paid',
  `the note of number ${i}`,
]);
const CSV = [HEADER, ...ROWS].map((row) => `${row.join(',')}\n`).join('');

let parquet = '';
beforeAll(async () => {
  parquet = path.join(folder, 'ratings.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT * FROM read_csv('${file('ratings.csv', CSV)}')) TO '${parquet}' (FORMAT parquet, KV_METADATA {title: 'Ratings of spring', ARROW: '${'x'.repeat(2_000)}'})`,
  );
  instance.closeSync();
});

describe('a large table', () => {
  it('keeps its first rows, counts all of them in its summary, and says how many are told by that alone', async () => {
    const found = await read(file('large.csv', `Ratings of spring\n\n${CSV}`));
    expect(found?.elements[0]).toMatchObject({ kind: 'paragraph', text: 'Ratings of spring' });
    expect(tableOf(found)).toEqual([HEADER, ...ROWS.slice(0, 5).map((row) => row.map(String))]);
    expect(summaryOf(found)[0]).toBe('Summary of a table with 60 rows and 6 columns. The first 5 rows can be found one by one.');
    expect(found?.warnings).toEqual([{ code: 'rows-left-out', message: '55 of 60 rows are told by the summary alone', count: 55 }]);
    expect(found && rowsLeftOut(found)).toEqual([{ rule: 'rows-left-out', score: 5 / 60 }]);
  });

  it('has no rows where none are wanted, and still its summary', async () => {
    const found = await read(file('none.csv', CSV), { ...LIMITS, largeTableRows: 0 });
    expect(found?.elements.map(({ kind }) => kind)).toEqual(['summary']);
    expect(found && rowsLeftOut(found)).toEqual([{ rule: 'rows-left-out', score: 0 }]);
  });

  it('is read by its parser while it is small, and by its parser where JSON is no list', async () => {
    expect(await read(file('small.csv', CSV), { ...LIMITS, wholeTableMb: 1 })).toBeUndefined();
    expect(await read(file('object.json', JSON.stringify({ rows: ROWS })))).toBeUndefined();
    expect(tableOf(await read(file('list.json', JSON.stringify(ROWS.map(([id, rating]) => ({ id, rating }))))))).toHaveLength(6);
  });

  it('loses no line without a word', async () => {
    const ragged = await read(file('ragged.csv', `${CSV}61,neutral\n62,neutral,1,2024-05-10,open,note,too,many\n`));
    expect(ragged?.warnings.map(({ code }) => code)).toEqual(['ragged-rows', 'rows-left-out']);
    const lines = ROWS.map(([id, rating]) => `${JSON.stringify({ id, rating })}\n`);
    const broken = await read(file('broken.ndjson', [...lines, '{"id": 7, \n', '{"id":61}\n'].join('')));
    expect(broken?.warnings.map(({ code }) => code)).toEqual(['ragged-rows', 'rows-left-out']);
    expect(summaryOf(broken)[0]).toContain('with 62 rows');
  });

  it('is not taken for what was observed when its bytes are others', async () => {
    const hash = createHash('sha256').update(readFileSync(parquet)).digest('hex');
    expect(await read(parquet, LIMITS, hash)).toBeDefined();
    await expect(read(parquet, LIMITS, '0'.repeat(64))).rejects.toMatchObject({ code: 'superseded' });
    await expect(read(file('cut.parquet', readFileSync(parquet).subarray(0, 500)))).rejects.toMatchObject({ code: 'corrupt' });
  });
});

it('a Parquet file is a table with what it says of itself, however small it is', async () => {
  const found = await read(parquet, { wholeTableMb: 16, largeTableRows: 5 });
  expect(found).toMatchObject({ format: 'parquet', metadata: { title: 'Ratings of spring' }, warnings: [] });
  expect(tableOf(found)).toHaveLength(61);
  expect(tableOf(found)[2]).toEqual(['1', 'very satisfied', '1.5', '2024-05-11', 'open', 'the note of number 1']);
});

it('the same table is summarised in the same words, whoever reads it: answers of a survey as numbers, counts, ranges, frequent values', async () => {
  const parsed = async (name: string, bytes: Uint8Array) => summaryOf(await parseDocument(bytes, name, DEFAULT_PARSE_LIMITS));
  const csv = await parsed('a.csv', new TextEncoder().encode(CSV));
  expect(csv).toEqual([
    'Summary of a table with 60 rows and 6 columns.',
    'id: numbers from 0 to 59, all different, mean 29.5, median 29.5, half of them between 14.75 and 44.25, sum 1,770.',
    'rating: answers worth 4 on average on a scale from 1 (worst) to 5 (best): neutral 20 (33 %), satisfied 20 (33 %), very satisfied 20 (33 %).',
    'price: numbers from 0 to 88.5, all different, mean 44.25, median 44.25, half of them between 22.13 and 66.38, sum 2,655.',
    'day: dates from 2024-05-10 to 2024-05-29.',
    'state: 2 different values, most often open 45 (75 %), paid 15 (25 %).',
    'note: texts of 21 characters on average, all different.',
  ]);
  expect(
    await parsed('a.xlsx', workbookFile([{ name: 'S', xml: cells([HEADER, ...ROWS]) }], { '[Content_Types].xml': '<Types/>' })),
  ).toEqual(csv);
  const whole = { wholeTableMb: 1, largeTableRows: 5 };
  expect(summaryOf(await read(parquet, whole))).toEqual(csv);
  expect(summaryOf(await read(file('again.csv', CSV))).slice(1)).toEqual(csv.slice(1));
});
