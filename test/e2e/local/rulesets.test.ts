import { expect, test } from 'vitest';
import { judgeRulesets } from '#core/quality/rulesets.ts';
import { Quality } from '#schemas/quality.ts';
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

test('without an engine a ruleset is warned of, and counts nothing', async () => {
  const { rulesets } = Quality.parse(CONFIG.quality);
  const results = await judgeRulesets(
    { format: 'csv', metadata: {}, elements: [], warnings: [] },
    { rulesets, path: '/in/orders-1.csv', now: 0 },
    undefined,
  );
  expect(results).toEqual([
    { rule: 'rules:orders', score: 0, weight: 0, outcome: 'warn', message: 'not judged: there is no table engine here' },
  ]);
});
