import path from 'node:path';
import { expect, test } from 'vitest';
import { jsonOf, run, workspace } from './helpers.ts';

type Checked = {
  passed: number;
  rows: number;
  outcomes: { rule: string; outcome: string; measured?: number; message?: string; failing?: object }[];
};

const TABLE = 'id,name,amount\n1,Ana,10\n2,,20\n3,Cleo,30\n';

test('a table is held against a ruleset: the exit code says whether all rules pass, and the first failing rows are named', async () => {
  const { inbox, dataDir } = workspace({
    'a.csv': TABLE,
    'good.dqdl': 'Rules = [ RowCount = 3, IsPrimaryKey "id" ]',
    'bad.dqdl': 'Rules = [ IsComplete "name", Mean "nothing" > 1, ReferentialIntegrity "id" "other.id" ]',
    'wrong.dqdl': 'Rules = [\n  RowCount >\n]',
    'other.ndjson': '{"id":1}\n{"id":3}\n',
  });
  const at = (rules: string, ...more: string[]) =>
    run(['check', path.join(inbox, 'a.csv'), '--rules', path.join(inbox, rules), '--data-dir', dataDir, ...more]);
  const good = await at('good.dqdl');
  expect([good.code, good.stdout]).toEqual([0, 'pass  RowCount = 3  (3)\npass  IsPrimaryKey "id"  (1)\n2 of 2 rules pass\n']);
  const bad = await at('bad.dqdl', '--json', '--reference', `other=${path.join(inbox, 'other.ndjson')}`);
  expect(bad.code).toBe(1);
  expect(jsonOf<Checked>(bad)).toMatchObject({
    rows: 3,
    passed: 0,
    outcomes: [
      { outcome: 'fail', failing: { count: 1, rows: [{ row: 2, line: 3, values: { name: null } }] } },
      { outcome: 'error', message: 'there is no column nothing' },
      { outcome: 'fail', failing: { count: 1, rows: [{ row: 2, line: 3, values: { id: '2' } }] } },
    ],
  });
  const wrong = await at('wrong.dqdl', '--json');
  expect([wrong.code, jsonOf(wrong)]).toMatchObject([2, { error: { code: 'invalid-rules' } }]);
  expect(wrong.stderr).toContain('wrong.dqdl: line 3, column 1:');
});

test('dynamic rules compare with former checks of the same file', async () => {
  const { inbox, dataDir } = workspace({ 'a.csv': TABLE, 'r.dqdl': 'Rules = [ RowCount >= avg(last(2)), Sum "amount" < max(last()) ]' });
  const check = () => run(['check', path.join(inbox, 'a.csv'), '--rules', path.join(inbox, 'r.dqdl'), '--data-dir', dataDir, '--json']);
  const first = jsonOf<Checked>(await check());
  expect(first.outcomes.map(({ outcome, message }) => [outcome, message?.includes('nothing was measured before')])).toEqual([
    ['pass', true],
    ['pass', true],
  ]);
  expect(jsonOf<Checked>(await check()).outcomes.map(({ outcome }) => outcome)).toEqual(['pass', 'fail']);
});

test('the table of a workbook is checked, by its sheet', async () => {
  const { dataDir, inbox } = workspace({
    'r.dqdl': 'Rules = [ RowCount > 1, ColumnCount > 1 ]',
    'a.md': '| id | name |\n| --- | --- |\n| 1 | a |\n| 2 | b |\n',
  });
  const check = (...more: string[]) =>
    run(['check', path.join(inbox, 'a.md'), '--rules', path.join(inbox, 'r.dqdl'), '--data-dir', dataDir, '--json', ...more]);
  expect(jsonOf<Checked>(await check())).toMatchObject({ passed: 2, rows: 2 });
  expect(jsonOf(await check('--sheet', 'Prices'))).toMatchObject({ error: { code: 'invalid-input' } });
});
