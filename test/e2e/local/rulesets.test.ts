import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { open, workspace, write } from './helpers.ts';

const HEAD = 'order,customer,amount,note\n';
const lines = (count: number, customer = (i: number) => `C-${i}`): string =>
  Array.from({ length: count }, (_, i) => `${i},${customer(i)},${i * 10},delivered to the harbour station in the morning\n`).join('');
const ruleset = {
  name: 'orders',
  files: 'orders-*',
  rules: 'Rules = [ IsPrimaryKey "order", IsComplete "customer", ColumnValues "amount" < 1000, RowCount between 2 and 100 ]',
  hold: 0.9,
};
const CONFIG = { quality: { rulesets: [ruleset] } };

const headOf = async (sluice: Awaited<ReturnType<typeof open>>, file: string) => (await sluice.document(file))?.head;

test('a table that breaks its rules is held with the ruleset that says so; other tables and other files are not judged by it', async () => {
  const { inbox, dataDir } = workspace({
    'orders-1.csv': HEAD + lines(20),
    'orders-2.csv': HEAD + lines(20, (i) => (i === 3 ? '' : `C-${i % 4}`)),
    'prices.csv': HEAD + lines(20, () => ''),
  });
  const sluice = await open(dataDir, CONFIG);
  expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 2, held: 1 });
  expect(await headOf(sluice, `${inbox}/orders-2.csv`)).toMatchObject({
    state: 'held',
    hold: { stage: 'assess', rules: [{ rule: 'rules:orders', score: 0.75 }] },
  });
  write(inbox, { 'orders-2.csv': HEAD + lines(21) });
  expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, unchanged: 2, held: 0 });
});

test('a ruleset that does not parse is refused before anything is read, with its name and the place', async () => {
  const { dataDir } = workspace({});
  await expect(open(dataDir, { quality: { rulesets: [{ name: 'orders', rules: 'Rules = [\n  IsNice "a"\n]' }] } })).rejects.toMatchObject({
    code: 'invalid-rules',
    message: 'the ruleset orders: line 2, column 3: IsNice: there is no such rule type',
  });
});

test('rules compare with other files of the source, and with what was measured of the tables before', async () => {
  const rules = `Rules = [
    ReferentialIntegrity "customer" "customers.id" = 1.0, AggregateMatch "sum(amount)" "sum(totals.amount)" = 1.0, RowCountMatch "customers" >= 1,
    SchemaMatch "former" = 1.0, DatasetMatch "former" "order" "amount" >= 0.5, RowCount <= avg(last(3)) * 2, DetectAnomalies "RowCount" ]`;
  const references = { customers: 'reference/customers.csv', totals: 'reference/totals.ndjson', former: 'orders-0.csv' };
  const config = { quality: { rulesets: [{ name: 'orders', files: 'orders-*', rules, references }] } };
  const { inbox, dataDir } = workspace({
    'orders-0.csv': HEAD + lines(20),
    'reference/customers.csv': `id\n${Array.from({ length: 20 }, (_, i) => `C-${i}\n`).join('')}`,
    'reference/totals.ndjson': '{"amount":1900}\n',
  });
  const sluice = await open(dataDir, config);
  await sluice.ingest([inbox]);
  const scoreOf = async (file: string) => {
    const event = (await sluice.document(`${inbox}/${file}`))?.events.findLast(({ event }) => event === 'document.assessed');
    return (event?.facts.checks as Record<string, number> | undefined)?.['rules:orders'];
  };
  expect(await scoreOf('orders-0.csv')).toBe(1);
  for (const i of [1, 2, 3]) {
    write(inbox, { [`orders-${i}.csv`]: HEAD + lines(20) });
    await sluice.ingest([inbox]);
    expect(await scoreOf(`orders-${i}.csv`)).toBe(1);
  }
  // 60 rows are many after 20, 20, 20 and 20; their customers and their sum are others, too.
  write(inbox, { 'orders-4.csv': HEAD + lines(60) });
  await sluice.ingest([inbox]);
  expect(await scoreOf('orders-4.csv')).toBeCloseTo(2 / 7);
  write(inbox, { 'orders-5.csv': HEAD + lines(20), 'reference/totals.ndjson': '{"amount":1}\n' });
  rmSync(path.join(inbox, 'reference/customers.csv'));
  await sluice.ingest([inbox]);
  expect(await scoreOf('orders-5.csv')).toBeCloseTo(4 / 7);
});

test('all rows of a table that is too large to be kept whole are judged', async () => {
  const { inbox, dataDir } = workspace({ 'orders-1.csv': HEAD + lines(60) });
  const sluice = await open(dataDir, {
    extraction: { wholeTableMb: 0.0005, largeTableRows: 5 },
    quality: { rulesets: [{ name: 'orders', rules: 'Rules = [ RowCount = 60 ]', hold: 1 }] },
  });
  expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, held: 0 });
});
