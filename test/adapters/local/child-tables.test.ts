import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { childTables } from '#adapters/local/tables/child-tables.ts';
import type { TableInput } from '#core/ports/table-engine.ts';
import { temporaryFolder } from '../../e2e/local/helpers.ts';

function opened() {
  const tables = childTables();
  onTestFinished(() => tables.close());
  return tables;
}
const rows = (count: number): TableInput => ({
  alias: 'primary',
  header: ['n'],
  rows: Array.from({ length: count }, (_, i) => [String(i)]),
});
const SUM = 'SELECT sum(n) AS s FROM "primary"';

it('tables are opened and asked about in a process of their own, one after the other, and what is wrong with them is said', async () => {
  const engine = opened();
  const sum = (count: number) =>
    engine.open([rows(count)], async ({ tables, query }) => [tables.get('primary')?.rows, (await query(SUM))[0]?.s]);
  expect(await Promise.all([sum(3), sum(100)])).toEqual([
    [3, 3],
    [100, 4950],
  ]);
  await engine.open([rows(1)], async ({ query }) => {
    const answers = await Promise.allSettled([query('SELECT nothing'), query(SUM)]);
    expect(answers).toMatchObject([
      { status: 'rejected', reason: { code: 'invalid-rules' } },
      { status: 'fulfilled', value: [{ s: 0 }] },
    ]);
  });
  const file = path.join(temporaryFolder(), 'a.parquet');
  writeFileSync(file, 'PAR1 and no more');
  await expect(engine.open([{ alias: 'primary', file, format: 'parquet' }], async () => 1)).rejects.toMatchObject({ code: 'corrupt' });
  expect(await sum(4)).toEqual([4, 6]);
});

it('an error of who asks is theirs, and the next table is opened all the same', async () => {
  const engine = opened();
  const failing = engine.open([rows(1)], async () => {
    throw new Error('not now');
  });
  await expect(failing).rejects.toThrow('not now');
  expect(await engine.open([rows(2)], ({ query }) => query(SUM))).toEqual([{ s: 1 }]);
});

it('what is in work when it is closed is unavailable, and leaves no file behind', async () => {
  const folder = temporaryFolder();
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  const engine = childTables();
  const late = engine.open([rows(2)], async ({ query }) => {
    expect(readdirSync(folder)).toHaveLength(1);
    engine.close();
    return query(SUM);
  });
  await expect(late).rejects.toMatchObject({ code: 'unavailable' });
  await expect(engine.open([rows(1)], async () => 1)).rejects.toMatchObject({ code: 'unavailable' });
  await expect.poll(() => readdirSync(folder)).toEqual([]);
});
