import { expect, test } from 'vitest';
import { open, workspace } from './helpers.ts';

const ROWS = Array.from(
  { length: 60 },
  (_, i) => `K-${i},${i % 2 ? 'harbour' : 'station'},seen by ${i === 4 ? 'lanterns' : i === 40 ? 'periscopes' : `number ${i}`}\n`,
).join('');
const LINES = Array.from({ length: 60 }, (_, i) => `${JSON.stringify({ order: `N-${i}`, price: i })}\n`).join('');

test('a table that is too large to be read as a whole is found by its first rows and by what all of them say, and warns of the others', async () => {
  const { inbox, dataDir } = workspace({
    'orders.csv': `order,place,note\n${ROWS}`,
    'lines.ndjson': LINES,
    'small.csv': 'order,place\nS-1,harbour\n',
    'notes.txt': ROWS,
  });
  const sluice = await open(dataDir, {
    intake: { maxFileMb: 0.0009, maxTableMb: 0.01 },
    extraction: { wholeTableMb: 0.0003, largeTableRows: 5 },
  });
  expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 3, rejected: 1 });
  const headOf = async (name: string) => (await sluice.document(`${inbox}/${name}`))?.head;
  expect(await headOf('notes.txt')).toMatchObject({ problem: { code: 'too-large' } });
  expect((await headOf('small.csv'))?.warned ?? []).toEqual([]);
  for (const name of ['orders.csv', 'lines.ndjson'])
    expect((await headOf(name))?.warned).toEqual([expect.objectContaining({ rule: 'rows-left-out', score: 5 / 60 })]);
  const found = async (query: string) => (await sluice.search(query, { mode: 'keyword', top: 5 })).hits.map(({ text }) => text);
  expect((await found('lanterns')).join()).toContain('K-4 | station | seen by lanterns');
  expect(await found('periscopes')).toEqual([]);
  expect((await found('summary rows columns')).join()).toContain('with 60 rows and 3 columns. The first 5 rows can be found one by one.');
});
