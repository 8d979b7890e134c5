import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import type { TableFacts, TableInput } from '#core/ports/table-engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-duckdb-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};

async function read(input: TableInput, sql = 'SELECT * FROM "primary"') {
  return duckDbTables().open([input], async ({ tables, query }) => ({ facts: tables.get('primary'), rows: await query(sql) }));
}
const typesOf = (facts: TableFacts | undefined) => facts?.columns.map(({ name, type }) => `${name} ${type}`);

describe('a file of separated values', () => {
  it('is read by the delimiter, the header and the title lines that it has', async () => {
    const text = 'Orders of May\n\nid;name;paid\n1;"Lima; Ana";true\n2;Cole;false\n';
    const { facts, rows } = await read({ alias: 'primary', file: file('title.csv', text), format: 'csv' });
    expect(typesOf(facts)).toEqual(['id integer', 'name text', 'paid boolean']);
    expect(rows).toEqual([
      { id: 1, name: 'Lima; Ana', paid: true },
      { id: 2, name: 'Cole', paid: false },
    ]);
    expect(facts?.firstLine).toBe(4);
  });

  it('loses no row where a title and a name run over several lines', async () => {
    const text = '"Orders\nof May"\n\nid,"amount\nin EUR",state\n1,20,paid\n2,30,open\n';
    const { facts, rows } = await read({ alias: 'primary', file: file('lines.csv', text), format: 'csv' });
    expect(rows).toEqual([
      { id: 1, 'amount\nin EUR': 20, state: 'paid' },
      { id: 2, 'amount\nin EUR': 30, state: 'open' },
    ]);
    expect(facts?.firstLine).toBe(6);
  });

  it.each([
    ['latin1', Buffer.from('name,town\nJosé,Málaga\nZoë,Köln\n', 'latin1')],
    ['utf16', Buffer.from('\ufeffname,town\nJosé,Málaga\nZoë,Köln\n', 'utf16le')],
    ['bom', Buffer.from('\ufeffname,town\nJosé,Málaga\nZoë,Köln\n')],
    ['crlf', Buffer.from('name,town\r\nJosé,Málaga\r\nZoë,Köln\r\n')],
  ])('is read in its character set and with its line ends: %s', async (name, bytes) => {
    const { facts, rows } = await read({ alias: 'primary', file: file(`${name}.csv`, bytes), format: 'csv' });
    expect(rows).toEqual([
      { name: 'José', town: 'Málaga' },
      { name: 'Zoë', town: 'Köln' },
    ]);
    expect(facts?.rows).toBe(2);
  });

  it('is typed by all of its values: one that does not fit makes a text, a leading zero too', async () => {
    const numbers = Array.from({ length: 12_000 }, (_, i) => `${i},${i / 2},0${i},"${i % 900},000",2024-05-0${(i % 9) + 1} 10:00:00`).join(
      '\n',
    );
    const { facts } = await read(
      { alias: 'primary', file: file('typed.csv', `a,b,c,d,e\n${numbers}\nx,1e3,5,"1,000.5",\n`), format: 'csv' },
      'SELECT 1 AS one',
    );
    expect(typesOf(facts)).toEqual(['a text', 'b number', 'c text', 'd number', 'e time']);
  });

  it('is not called damaged when it has more columns than fit into memory', async () => {
    const wide = (cell: (i: number) => string): string => Array.from({ length: 5_000 }, (_, i) => cell(i)).join(',');
    const input = { alias: 'primary', file: file('wide.csv', `${wide((i) => `c${i}`)}\n${wide(String)}\n`), format: 'csv' } as const;
    await expect(duckDbTables({ memoryMb: 16 }).open([input], async () => undefined)).rejects.toMatchObject({ code: 'parse-memory' });
  });

  it('keeps short and long rows, and names no lines then', async () => {
    const { facts, rows } = await read({ alias: 'primary', file: file('ragged.csv', 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n'), format: 'csv' });
    expect(rows).toEqual([
      { a: 1, b: 2, c: 3 },
      { a: 4, b: 5, c: null },
      { a: 6, b: 7, c: 8 },
    ]);
    expect(facts?.firstLine).toBeUndefined();
  });

  it('tells an empty field from a quoted empty one, and names that are the same apart', async () => {
    const { rows } = await read({ alias: 'primary', file: file('empty.csv', 'id,ID,\n1,"",\n2,,x\n'), format: 'csv' });
    expect(rows).toEqual([
      { id: 1, ID_2: '', column3: null },
      { id: 2, ID_2: null, column3: 'x' },
    ]);
  });
});

describe('other files', () => {
  it('of tabs, JSON and JSON lines have their types', async () => {
    const tsv = await read({ alias: 'primary', file: file('a.tsv', 'id\tname\n1\tone, two\n'), format: 'tsv' });
    expect(tsv.rows).toEqual([{ id: 1, name: 'one, two' }]);
    const json = await read({
      alias: 'primary',
      file: file('a.json', '[{"id":1,"tags":["x"]},{"id":2,"at":"2024-05-01"}]'),
      format: 'json',
    });
    expect(typesOf(json.facts)).toEqual(['id integer', 'tags text', 'at date']);
    const ndjson = await read({ alias: 'primary', file: file('a.ndjson', '{"id":1.5}\n{"id":2,"b":true}\n'), format: 'ndjson' });
    expect(ndjson.rows).toEqual([
      { id: 1.5, b: null },
      { id: 2, b: true },
    ]);
  });

  it('of Parquet are read', async () => {
    const at = path.join(folder, 'a.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (SELECT range AS id, 'n' || range AS name, DATE '2024-05-01' AS day FROM range(3)) TO '${at}'`);
    const { facts, rows } = await read(
      { alias: 'primary', file: at, format: 'parquet' },
      'SELECT id, "id (text)", __row FROM "primary rows" WHERE id = 2',
    );
    expect(typesOf(facts)).toEqual(['id integer', 'name text', 'day date']);
    expect(rows).toEqual([{ id: 2, 'id (text)': '2', __row: 3 }]);
  });

  it('that are broken are the document’s fault', async () => {
    const broken = read({ alias: 'primary', file: file('bad.parquet', 'PAR1 no PAR1'), format: 'parquet' });
    await expect(broken).rejects.toMatchObject({ code: 'corrupt' });
  });
});

describe('a statement', () => {
  const input = (): TableInput => ({
    alias: 'primary',
    header: ['id', 'name'],
    rows: [
      ['1', 'a'],
      ['2', ''],
    ],
  });

  it.each([
    'DELETE FROM "primary base"',
    'DROP VIEW "primary"',
    'COPY "primary" TO \'/tmp/sluice-stolen.csv\'',
    "ATTACH '/tmp/sluice-other.duckdb'",
    "SET memory_limit = '8GB'",
    'PRAGMA enable_profiling',
    'INSTALL httpfs',
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM '/etc/hostname'",
    "SELECT * FROM glob('/*')",
    "SELECT getenv('HOME')",
    'SELECT 1; SELECT 2',
    'SELECT nothing',
  ])('that is more than a question about the tables is refused: %s', async (sql) => {
    await expect(read(input(), sql)).rejects.toMatchObject({ code: 'invalid-rules' });
  });

  it('is stopped when it takes too long', async () => {
    const slow = duckDbTables({ timeoutSeconds: 0.2 }).open([input()], ({ query }) =>
      query('SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3'),
    );
    await expect(slow).rejects.toMatchObject({ message: 'asking a table: it took longer than 0.2 s' });
  });

  it('sees rows that a parser read, an empty cell as nothing', async () => {
    expect((await read(input())).rows).toEqual([
      { id: 1, name: 'a' },
      { id: 2, name: null },
    ]);
  });
});
