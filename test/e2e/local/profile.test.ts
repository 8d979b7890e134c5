import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { jsonOf, open, run, workspace, write } from './helpers.ts';

type Told = { rows: number; shifts: { column?: string; what: string }[] | null; rules: string };
type ToldSource = { source: string; failed: number; tables: (Told & { uri: string; sheet?: string })[] };

const table = (state: (i: number) => string): string =>
  `order,state\n${Array.from({ length: 20 }, (_, i) => `K-${i},${state(i)}\n`).join('')}`;

test('every table of a source is profiled, and what shifted since the version that was profiled before', async () => {
  const { inbox, dataDir } = workspace({
    'a.csv': table((i) => (i % 2 ? 'open' : 'paid')),
    'b.ndjson': '{"n":1}\n{"n":2}\n',
    'c.md': '# No table\n\nThe pump is old.\n',
  });
  const sluice = await open(dataDir);
  const profile = (name: string) => run(['profile', name, '--data-dir', dataDir, '--json']);
  await sluice.ingest([inbox]);
  const first = jsonOf<ToldSource>(await profile('files'));
  expect(first).toMatchObject({ source: 'files', failed: 0 });
  expect(first.tables.map(({ uri, rows, shifts }) => [path.basename(uri), rows, shifts])).toEqual([
    ['a.csv', 20, null],
    ['b.ndjson', 2, null],
  ]);
  expect(first.tables[0]?.rules).toContain('IsPrimaryKey "order"');

  write(inbox, { 'a.csv': table((i) => (i % 2 ? 'lost' : 'paid')) });
  const changed = await profile('files');
  expect([changed.code, changed.stderr]).toEqual([1, expect.stringContaining('a.csv: superseded')]);
  await sluice.ingest([inbox]);
  const shift = [{ column: 'state', what: '50 % of the frequent values went to others' }];
  expect(jsonOf<ToldSource>(await profile('files')).tables[0]?.shifts).toEqual(shift);
  // The same version, however often it is looked at, and by whatever name.
  expect(jsonOf<Told>(await profile(path.join(inbox, 'a.csv'))).shifts).toEqual(shift);
});

test('what is kept of a profile tells no value, and goes with its document', async () => {
  const { inbox, dataDir } = workspace({ 'a.csv': table((i) => (i % 2 ? 'Quillfeather' : 'paid')), 'b.csv': table(() => 'paid') });
  for (const args of [
    ['ingest', inbox],
    ['profile', 'files'],
  ])
    expect((await run([...args, '--data-dir', dataDir, '--json'])).code).toBe(0);
  const folder = path.join(dataDir, 'profiles');
  const kept = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'latin1'));
  expect(kept).toHaveLength(3);
  expect(kept.join('\n')).not.toMatch(/Quillfeather|K-1|paid|order|a\.csv/);
  await run(['erase', '--document', path.join(inbox, 'a.csv'), '--yes', '--data-dir', dataDir, '--json']);
  expect(readdirSync(folder)).toHaveLength(2);
});

test('of a name that is no file and no source it is said that there is neither', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': '# A\n\nThe pump is old.\n' });
  await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
  const told = await run(['profile', 'orders', '--data-dir', dataDir, '--json']);
  expect([told.code, jsonOf(told)]).toMatchObject([2, { error: { code: 'not-found' } }]);
});
