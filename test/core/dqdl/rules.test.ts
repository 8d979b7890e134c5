import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import { type EvaluationOptions, evaluateRules, type Report } from '#core/dqdl/evaluate.ts';
import { parseRules } from '#core/dqdl/parse.ts';
import type { TableInput } from '#core/ports/table-engine.ts';

const NOW = Date.parse('2024-06-01T12:00:00Z');
const folder = mkdtempSync(path.join(tmpdir(), 'sluice-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

const csv = (alias: string, text: string): TableInput => {
  const file = path.join(folder, `${alias}-${text.length}.csv`);
  writeFileSync(file, text);
  return { alias, file, format: 'csv' };
};

const PEOPLE = `id,name,zip,city,age,score,active,joined,seen,mail
1,Ana,01234,Lisbon,34,7.5,true,2024-05-30,2024-06-01 06:00:00,ana@example.com
2,Ben,10115,Berlin,17,3,false,2024-05-28,2024-05-31 13:00:00,ben@example.com
3,Cleo,1000,Berlin,,5.5,true,2024-01-02,2024-05-20 00:00:00,
4,"",75001,Paris,61,9,true,2023-12-24,2024-06-01 11:59:00,dora@example
5,"  ",75002,Paris,34,1,false,,,eve@example.com
6,Finn,75002,,45,,true,2024-05-31,2024-05-31 12:00:00,ana@example.com
`;
const OTHERS = `key,town,land,population
a,Berlin,DE,3700000
b,Paris,FR,2100000
c,Lisbon,PT,545000
`;
const COPY = `id,name,age
1,Ana,34
2,Ben,18
3,Cleo,
`;
const PARTS = `id,name,age
1,Ana,34
2,Ben,17
3,Cleo,
`;

async function report(rules: string, inputs: TableInput[], options: Partial<EvaluationOptions> = {}): Promise<Report> {
  return duckDbTables().open(inputs, (tables) =>
    evaluateRules(parseRules(rules), tables, { now: NOW, history: () => [], composite: 'column', namedRows: 10, ...options }),
  );
}

type Case = readonly [
  rule: string,
  outcome: 'pass' | 'fail' | 'error',
  measured?: number | string | undefined,
  failing?: readonly number[],
];

/** Judges all rules of a table in one run; each is a test of its own. */
function judged(name: string, inputs: () => TableInput[], cases: readonly Case[], options: Partial<EvaluationOptions> = {}): void {
  describe(name, () => {
    let run: Promise<Report> | undefined;
    it.each(cases.map((entry, i) => [...entry, i] as const))('%s', async (...entry) => {
      const i = Number(entry.at(-1));
      const [rule, outcome, measured, failing] = cases[i] ?? ['', 'error'];
      run ??= report(`Rules = [ ${cases.map(([one]) => one).join(',\n')} ]`, inputs(), options);
      const found = (await run).outcomes[i];
      expect({ rule, outcome: found?.outcome, message: found?.outcome === 'error' ? found.message : undefined }).toMatchObject({
        rule,
        outcome,
      });
      if (typeof measured === 'number') expect(found?.measured).toBeCloseTo(measured, 6);
      if (typeof measured === 'string') expect(found?.message).toContain(measured);
      if (failing) expect(found?.failing?.rows.map(({ row }) => row) ?? []).toEqual(failing);
    });
  });
}

judged('counts and names', () => [csv('primary', PEOPLE)], [
  ['RowCount = 6', 'pass', 6],
  ['RowCount > 6', 'fail', 6],
  ['RowCount between 5 and 7', 'pass', 6],
  ['RowCount between 6 and 7', 'fail', 6],
  ['RowCount not between 6 and 7', 'pass', 6],
  ['RowCount in [5, 6]', 'pass', 6],
  ['RowCount not in [5, 6]', 'fail', 6],
  ['RowCount != 6', 'fail', 6],
  ['RowCount > 1 where "city = \'Paris\'"', 'pass', 2],
  ['ColumnCount = 10', 'pass', 10],
  ['ColumnCount <= 9', 'fail', 10],
  ['ColumnExists "age"', 'pass'],
  ['ColumnExists "Age"', 'pass'],
  ['ColumnExists "salary"', 'fail'],
  ['ColumnNamesMatchPattern "[a-z]+"', 'pass', 1],
  ['ColumnNamesMatchPattern "[a-m].*"', 'fail', 'name, zip, score, seen'],
]);

judged('completeness and uniqueness', () => [csv('primary', PEOPLE)], [
  ['IsComplete "id"', 'pass', 1, []],
  ['IsComplete "age"', 'fail', 5 / 6, [3]],
  ['IsComplete "name"', 'pass', 1, []],
  ['IsComplete "age" where "active = true and id <> 3"', 'pass', 1, []],
  ['Completeness "age" > 0.8', 'pass', 5 / 6, [3]],
  ['Completeness "age" = 1.0', 'fail', 5 / 6, [3]],
  ['Completeness "joined" between 0.5 and 0.9', 'pass', 5 / 6],
  ['Completeness "salary" > 0.5', 'error', 'there is no column salary'],
  ['IsUnique "id"', 'pass', 1, []],
  ['IsUnique "age"', 'fail', 4 / 6, [1, 5]],
  ['IsUnique "city" "age"', 'pass', 1, []],
  ['IsUnique "mail"', 'fail', 4 / 6, [1, 6]],
  // 17, 61 and 45 occur once, of five values.
  ['Uniqueness "age" = 0.6', 'pass', 0.6, [1, 5]],
  ['Uniqueness "age" > 0.6', 'fail', 0.6],
  ['Uniqueness "city" "age" = 1.0', 'pass', 1],
  // Three of four distinct ages occur once.
  ['UniqueValueRatio "age" = 0.75', 'pass', 0.75],
  ['UniqueValueRatio "city" between 0.3 and 0.5', 'pass', 1 / 3],
  ['DistinctValuesCount "city" = 3', 'pass', 3],
  ['DistinctValuesCount "age" > 4', 'fail', 4],
  ['DistinctValuesCount "active" = 1 where "score > 4"', 'pass', 1],
  ['IsPrimaryKey "id"', 'pass', 1, []],
  ['IsPrimaryKey "city"', 'fail', 1 / 6, [2, 3, 4, 5, 6]],
  ['IsPrimaryKey "id" "city"', 'fail', 5 / 6, [6]],
]);

judged('values', () => [csv('primary', PEOPLE)], [
  ['ColumnValues "city" in ["Lisbon", "Berlin", "Paris"]', 'fail', 5 / 6, [6]],
  ['ColumnValues "city" in ["Lisbon", "Berlin", "Paris", NULL]', 'pass', 1, []],
  ['ColumnValues "city" not in ["Berlin"]', 'fail', 4 / 6, [2, 3]],
  ['ColumnValues "city" not in ["Rome", NULL]', 'fail', 5 / 6, [6]],
  ['ColumnValues "city" != "Rome"', 'pass', 1, []],
  ['ColumnValues "city" = "Paris" where "zip like \'75%\' and city is not null"', 'pass', 1, []],
  ['ColumnValues "age" > 16', 'fail', 5 / 6, [3]],
  ['ColumnValues "age" > 16 with threshold > 0.8', 'pass', 5 / 6, [3]],
  ['ColumnValues "age" >= 34', 'fail', 4 / 6, [2, 3]],
  ['ColumnValues "age" between 17 and 61', 'fail', 3 / 6, [2, 3, 4]],
  ['ColumnValues "age" not between 17 and 61', 'fail', 2 / 6, [1, 3, 5, 6]],
  ['ColumnValues "age" != 34', 'fail', 4 / 6, [1, 5]],
  ['ColumnValues "age" not in [34, 17]', 'fail', 3 / 6, [1, 2, 5]],
  ['ColumnValues "age" in [34, 17, 61, 45, NULL]', 'pass'],
  ['ColumnValues "score" = 7.5 where "id = 1"', 'pass'],
  ['ColumnValues "age" = NULL', 'fail', 1 / 6, [1, 2, 4, 5, 6]],
  ['ColumnValues "age" != NULL', 'fail', 5 / 6, [3]],
  ['ColumnValues "name" != EMPTY', 'fail', 5 / 6, [4]],
  ['ColumnValues "name" not in [EMPTY, WHITESPACES_ONLY]', 'fail', 4 / 6, [4, 5]],
  ['ColumnValues "name" = WHITESPACES_ONLY', 'fail', 1 / 6, [1, 2, 3, 4, 6]],
  ['ColumnValues "name" matches "[A-Z][a-z]+"', 'fail', 4 / 6, [4, 5]],
  ['ColumnValues "name" matches "[A-Z]"', 'fail', 0],
  ['ColumnValues "mail" not matches ".*@example"', 'fail', 4 / 6, [3, 4]],
  ['ColumnValues "zip" matches "\\d{5}"', 'fail', 5 / 6, [3]],
  ['ColumnValues "zip" in ["01234", "10115", "1000", "75001", "75002"]', 'pass'],
  ['ColumnValues "active" = "true"', 'fail', 4 / 6, [2, 5]],
  ['ColumnValues "joined" > "2024-01-01"', 'fail', 4 / 6, [4, 5]],
  ['ColumnValues "joined" between "2024-01-01" and "2024-05-31"', 'fail', 3 / 6, [4, 5, 6]],
  ['ColumnValues "joined" > (now() - 5 days)', 'fail', 3 / 6, [3, 4, 5]],
  ['ColumnValues "joined" < now() where "joined is not null"', 'pass'],
  ['ColumnValues "joined" in ["2024-05-30", "2024-05-28", NULL] where "id in (1, 2, 5)"', 'pass'],
  ['ColumnValues "name" matches "(?=x)"', 'error', 'invalid perl operator'],
  ['ColumnValues "age" > 1 where "no such thing"', 'error', 'asking a table'],
]);

judged('lengths, types and freshness', () => [csv('primary', PEOPLE)], [
  ['ColumnLength "zip" = 5', 'fail', 5 / 6, [3]],
  ['ColumnLength "zip" between 3 and 6', 'pass'],
  ['ColumnLength "zip" in [4, 5]', 'pass'],
  // NULL has length 0.
  ['ColumnLength "city" < 7', 'pass'],
  ['ColumnLength "city" > 4 with threshold >= 0.8', 'pass', 5 / 6, [6]],
  ['ColumnDataType "age" = "Integer"', 'pass'],
  ['ColumnDataType "score" = "Integer"', 'fail', 4 / 6, [1, 3]],
  ['ColumnDataType "score" = "DOUBLE"', 'pass'],
  ['ColumnDataType "joined" = "Date"', 'pass'],
  ['ColumnDataType "seen" = "Timestamp"', 'pass'],
  ['ColumnDataType "active" = "Boolean"', 'pass'],
  ['ColumnDataType "name" = "Integer" with threshold > 0.5', 'fail', 0],
  ['ColumnDataType "age" in ["Date", "Long"]', 'pass'],
  ['ColumnDataType "age" = "Money"', 'error', 'types are'],
  ['DataFreshness "seen" <= 24 hours', 'fail', 4 / 6, [3, 5]],
  ['DataFreshness "seen" <= 24 hours where "seen is not null" with threshold >= 0.8', 'pass', 0.8, [3]],
  ['DataFreshness "joined" between 2 days and 5 days', 'fail', 2 / 6, [3, 4, 5, 6]],
  ['DataFreshness "seen" < 10 minutes where "id = 4"', 'pass'],
]);

judged('statistics', () => [csv('primary', PEOPLE)], [
  ['Mean "age" = 38.2', 'pass', 38.2],
  ['Mean "age" > 50 where "age > 40"', 'pass', 53],
  ['Mean "name" > 0', 'fail', 'nothing to measure'],
  ['Sum "score" = 26', 'pass', 26],
  ['Sum "score" between 26 and 30', 'fail', 26],
  // Of the population: mean 38.2, squares 17.64, 449.44, 519.84, 17.64, 46.24.
  ['StandardDeviation "age" between 14.4 and 14.6', 'pass', 14.496896],
  // Two, two and one of five: 2 * 0.4 * log2(2.5) + 0.2 * log2(5).
  ['Entropy "city" between 1.5 and 1.53', 'pass', 1.521928],
  ['Entropy "id" < 2.6', 'pass', Math.log2(6)],
  ['ColumnCorrelation "id" "age" > 0.4', 'pass', 0.4790288],
  ['ColumnCorrelation "id" "id" = 1', 'pass', 1],
  ['ColumnCorrelation "id" "name" > 0', 'fail', 'nothing to measure'],
]);

judged('SQL of the user', () => [csv('primary', PEOPLE), csv('others', OTHERS)], [
  ['CustomSql "select count(*) from primary" between 1 and 10', 'pass', 6],
  ['CustomSql "SELECT count(*) FROM primary p JOIN others o ON p.city = o.town" = 5', 'pass', 5],
  ['CustomSql "select max(age) from primary" > 60', 'pass', 61],
  ['CustomSql "select count(*) > 3 from primary"', 'pass'],
  ['CustomSql "select count(*) > 30 from primary"', 'fail'],
  ['CustomSql "select id from primary where id < 5"', 'fail', 4 / 6, [5, 6]],
  ['CustomSql "select id from primary where id < 5" with threshold > 0.5', 'pass', 4 / 6, [5, 6]],
  ['CustomSql "select id, age from primary where age > 20 or age is null" with threshold > 0.5', 'pass', 5 / 6, [2]],
  ["CustomSql \"select 'primary' = 'primary' from primary limit 1\"", 'pass'],
  ['CustomSql "select id, age from primary" > 1', 'error', 'one value'],
  ['CustomSql "select name from primary where id = 1" > 1', 'error', 'a number'],
  ['CustomSql "select nonsense from primary" > 1', 'error', 'nonsense'],
  ['CustomSql "drop view primary" > 1', 'error', 'asking a table'],
  ['CustomSql "select 1; select 2" > 1', 'error', 'asking a table'],
  ['CustomSql "select count(*) from read_csv(\'/etc/hostname\')" > 0', 'error', 'disabled by configuration'],
  ['CustomSql "select count(*) from glob(\'/*\')" > 0', 'error', 'disabled by configuration'],
]);

judged('references', () => [csv('primary', PEOPLE), csv('towns', OTHERS), csv('nobody', 'id,name\n')], [
  ['ReferentialIntegrity "city" "towns.town" = 1.0', 'fail', 5 / 6, [6]],
  ['ReferentialIntegrity "city" "towns.town" >= 0.8', 'pass', 5 / 6, [6]],
  ['ReferentialIntegrity "city" "towns.{town}"', 'fail', 5 / 6],
  ['ReferentialIntegrity "city,id" "towns.{town,population}" > 0', 'fail', 0],
  ['ReferentialIntegrity "city" "towns.nowhere" > 0', 'error', 'there is no column nowhere'],
  ['ReferentialIntegrity "city" "cities.town" > 0', 'error', 'there is no reference cities'],
  ['RowCountMatch "towns" = 2.0', 'pass', 2],
  ['RowCountMatch "nobody" >= 0.9', 'fail', 'nothing to measure'],
  ['AggregateMatch "sum(score)" "sum(towns.population)" < 0.1', 'pass', 26 / 6_345_000],
  ['AggregateMatch "avg(id)" "avg(id)"', 'pass', 1],
  ['AggregateMatch "median(id)" "sum(id)" = 1', 'error', 'an aggregation is'],
  ['SchemaMatch "towns" = 1.0', 'fail', 0],
]);

judged('a copy', () => [csv('primary', PARTS), csv('copy', COPY)], [
  ['SchemaMatch "copy" = 1.0', 'pass', 1],
  ['RowCountMatch "copy" = 1.0', 'pass', 1],
  ['DatasetMatch "copy" "id" = 1.0', 'fail', 2 / 3, [2]],
  ['DatasetMatch "copy" "id" >= 0.6', 'pass', 2 / 3, [2]],
  ['DatasetMatch "copy" "id" "name" = 1.0', 'pass', 1],
  ['DatasetMatch "copy" "id->id,name->name" "age->age" = 1.0', 'fail', 2 / 3, [2]],
  ['DatasetMatch "copy" "age" = 1.0', 'error', 'are no key'],
  ['AggregateMatch "sum(age)" "sum(copy.age)" between 0.9 and 1', 'pass', 51 / 52],
]);

const COMPOSITES: readonly Case[] = [
  ['(IsComplete "id") and (IsUnique "id")', 'pass'],
  ['(IsComplete "age") and (IsUnique "id")', 'fail'],
  ['(IsComplete "age") or (IsUnique "id")', 'pass'],
  ['(RowCount > 100) or ((IsComplete "id") and (ColumnExists "zip"))', 'pass'],
  ['(RowCount > 100) or (ColumnCount = 2)', 'fail'],
  ['(Mean "none" > 1) or (IsComplete "id")', 'error', 'there is no column none'],
];
judged('composites over the table', () => [csv('primary', PEOPLE)], [
  ...COMPOSITES,
  ['(ColumnValues "age" > 16) or (ColumnValues "age" = NULL)', 'fail', undefined, []],
  ['(ColumnValues "age" > 40) or (ColumnValues "city" = "Berlin")', 'fail', undefined, [1, 5]],
]);
judged(
  'composites row by row',
  () => [csv('primary', PEOPLE)],
  [
    ...COMPOSITES,
    ['(ColumnValues "age" > 16) or (ColumnValues "age" = NULL)', 'pass', undefined, []],
    ['(ColumnValues "age" > 40) or (ColumnValues "city" = "Berlin")', 'fail', undefined, [1, 5]],
    ['(DataFreshness "seen" <= 24 hours) or ((ColumnValues "seen" = NULL) or (ColumnValues "id" = 3))', 'pass'],
  ],
  { composite: 'row' },
);

const past: Record<string, number[]> = {
  'Dataset.*.RowCount': [4, 5, 6],
  'Column.age.Mean': [38, 38.2, 38.4],
  'Column.score.Sum': [100, 101, 99, 100],
};
judged(
  'dynamic rules and anomalies',
  () => [csv('primary', PEOPLE)],
  [
    ['RowCount > avg(last(3))', 'pass', 6],
    ['RowCount > max(last(3))', 'fail', 6],
    ['RowCount between min(last(2)) and max(last(2)) + 1', 'pass', 6],
    ['RowCount >= index(last(3), 1)', 'pass', 6],
    ['RowCount < index(last(3), 3) * 1.5', 'fail', 6],
    ['RowCount > avg(last(3)) - 2 * std(last(3))', 'pass', 6],
    ['RowCount >= median(last()) + sum(last(1)) / 6', 'pass', 6],
    ['RowCount <= percentile(last(3), 0.5) + abs(-1)', 'pass', 6],
    ['Sum "age" > avg(last(5))', 'pass', 'nothing was measured before'],
    ['RowCount > last(3)', 'error', 'is a list'],
    ['RowCount > mode(last(3))', 'error', 'there is no function mode'],
    ['DetectAnomalies "RowCount"', 'pass', 6],
    ['DetectAnomalies "Mean" "age"', 'pass', 38.2],
    ['DetectAnomalies "Sum" "score"', 'fail', 26],
    ['DetectAnomalies "Entropy" "city"', 'pass', 'too few'],
    ['DetectAnomalies "IsComplete" "city"', 'error', 'anomalies are detected of'],
  ],
  { history: (metric) => past[metric] ?? [] },
);

describe('a report', () => {
  it('counts every failing row, and names as many as it is asked to', async () => {
    const text = `n,note\n${Array.from({ length: 500 }, (_, i) => `${i},${i === 2 ? '"two\nlines"' : 'x'}`).join('\n')}\n`;
    const { outcomes } = await report('Rules = [ ColumnValues "n" < 1 ]', [csv('primary', text)], { namedRows: 4 });
    expect(outcomes[0]?.failing).toEqual({
      count: 499,
      rows: [
        { row: 2, line: 3, values: { n: '1' } },
        { row: 3, line: 4, values: { n: '2' } },
        { row: 4, line: 6, values: { n: '3' } },
        { row: 5, line: 7, values: { n: '4' } },
      ],
    });
  });

  it('names no lines where blank ones move them', async () => {
    const { outcomes } = await report('Rules = [ ColumnValues "b" < 2 ]', [csv('primary', 'a,b\n1,1\n\n2,2\n')]);
    expect(outcomes[0]?.failing?.rows).toEqual([{ row: 2, values: { b: '2' } }]);
  });

  it('judges columns whatever they are called', async () => {
    const text = 'k,n,r,p,rowid\n1,5,a,x,b\n2,5,a,x,b\n3,6,c,x,b\n';
    const { outcomes } = await report(
      'Rules = [ IsUnique "k", IsPrimaryKey "n", Uniqueness "r" > 0.9, Entropy "r" > 0.9, IsUnique "rowid" ]',
      [csv('primary', text)],
    );
    expect(outcomes.map(({ outcome, failing }) => [outcome, failing?.rows.map(({ row }) => row)])).toEqual([
      ['pass', undefined],
      ['fail', [1, 2]],
      ['fail', [1, 2]],
      ['pass', undefined],
      ['fail', [1, 2, 3]],
    ]);
  });

  it('holds what the analyzers measure, and labels', async () => {
    const { statistics, outcomes, score, metrics } = await report(
      `DefaultLabels=["team"="a"]
       Rules = [ RowCount > 0 labels=["team"="b"], IsComplete "age" ]
       Analyzers = [ AllStatistics "age", ColumnLength "zip", Completeness "gone" ]`,
      [csv('primary', PEOPLE)],
    );
    expect(statistics).toMatchObject({
      'Dataset.*.RowCount': 6,
      'Column.age.Uniqueness': 0.6,
      'Column.age.ColumnValues.Max': 61,
      'Column.zip.ColumnLength.Min': 4,
    });
    expect(metrics).toMatchObject(statistics);
    expect(outcomes.map(({ labels }) => labels)).toEqual([{ team: 'b' }, { team: 'a' }]);
    expect(score).toBe(0.5);
  });

  it('puts constants in', async () => {
    const { outcomes } = await report(
      `towns = ["Lisbon", "Berlin", "Paris"]
       least = 3
       sql = "select count(*) from primary"
       Rules = [ ColumnValues "city" in $towns, RowCount > $least, CustomSql $sql = 6 ]`,
      [csv('primary', PEOPLE)],
    );
    expect(outcomes.map(({ outcome, rule }) => [rule, outcome])).toEqual([
      ['ColumnValues "city" in $towns', 'fail'],
      ['RowCount > $least', 'pass'],
      ['CustomSql $sql = 6', 'pass'],
    ]);
  });
});
