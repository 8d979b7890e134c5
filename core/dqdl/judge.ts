import type { Tables } from '../ports/table-engine.ts';
import type { Condition, SimpleRule } from './ast.ts';
import { customRows, scalarOf } from './custom-sql.ts';
import type { Run } from './evaluate.ts';
import { measure, metricName, numberFrom } from './measures.ts';
import { type History, holds, isAnomaly } from './numbers.ts';
import { parametersOf, rowPredicate, scopeOf } from './predicates.ts';
import { matchPredicate, tableOf } from './references.ts';
import { RULE_TYPES } from './rule-types.ts';
import { hasColumn, RuleFault, rowsOf, textLiteral } from './sql.ts';

/** What became of one rule. `predicate`: which rows meet it; `columns`: those whose values tell why. */
export type Judged = {
  outcome: 'pass' | 'fail' | 'error';
  measured?: number;
  message?: string;
  predicate?: string;
  columns?: string[];
};

const ALL: Condition = { kind: 'compare', operator: '=', value: { kind: 'number', value: 1 } };
const verdict = (passes: boolean): 'pass' | 'fail' => (passes ? 'pass' : 'fail');
const NOTHING: Judged = { outcome: 'fail', message: 'there is nothing to measure' };

/** Judges one rule. Throws RuleFault where it cannot be judged and NoHistory where it compares with runs that were never made. */
export async function judge(rule: SimpleRule, run: Run): Promise<Judged> {
  const { tables, options, metrics } = run;
  const history = rule.type === 'DetectAnomalies' ? [] : options.history(metricName(rule));
  const record = (measured: number): void => {
    metrics[metricName(rule)] = measured;
  };
  switch (rule.type) {
    case 'ColumnExists': {
      const [name = ''] = parametersOf(rule);
      return { outcome: verdict(hasColumn(tableOf(tables.tables, 'primary'), name)) };
    }
    case 'ColumnNamesMatchPattern':
      return namesMatch(rule, tables);
    case 'CustomSql':
      return customSql(rule, tables, history, record);
    case 'DetectAnomalies':
      return anomalies(rule, run);
  }
  const predicate = rowPredicate(rule, tables.tables, { now: options.now, history });
  const scoped = predicate === undefined ? undefined : `(NOT ${scopeOf(rule)} OR ${predicate})`;
  if (rule.type === 'DatasetMatch') await checkKeys(rule, tables);
  if (scoped === undefined || isMeasured(rule)) return measured(rule, tables, history, record, scoped);
  return rowsMeet(rule, tables, scoped);
}

/** A rule that compares a number of the whole table, though each row has a part in it. */
const isMeasured = ({ type, condition }: SimpleRule): boolean => ['Completeness', 'Uniqueness'].includes(type) && condition !== undefined;

const columnsOf = (rule: SimpleRule): string[] => {
  const [first = '', ...others] = parametersOf(rule);
  if (rule.type === 'ReferentialIntegrity') return first.split(',').map((name) => name.trim());
  if (rule.type === 'DatasetMatch') return (others[0] ?? '').split(',').map((entry) => (entry.split('->')[0] ?? '').trim());
  return parametersOf(rule);
};

async function measured(
  rule: SimpleRule,
  tables: Tables,
  history: History,
  record: (n: number) => void,
  predicate?: string,
): Promise<Judged> {
  const value = await measure(rule, tables);
  if (value === undefined) return NOTHING;
  record(value);
  const judged: Judged = { outcome: verdict(holds(rule.condition ?? ALL, value, history)), measured: value };
  return predicate === undefined ? judged : { ...judged, predicate, columns: columnsOf(rule) };
}

/** Rules whose condition is about the share of rows, rather than about each row's value. */
const shareCondition = (rule: SimpleRule): Condition =>
  rule.threshold ?? (RULE_TYPES[rule.type]?.threshold ? ALL : (rule.condition ?? ALL));

async function rowsMeet(rule: SimpleRule, tables: Tables, predicate: string): Promise<Judged> {
  const [counts] = await tables.query(
    `SELECT count(*) AS n, count(*) FILTER (${predicate}) AS met FROM ${rowsOf('primary')} WHERE ${scopeOf(rule)}`,
  );
  const n = Number(counts?.n ?? 0);
  const share = n === 0 ? 1 : Number(counts?.met ?? 0) / n;
  return { outcome: verdict(holds(shareCondition(rule), share, [])), measured: share, predicate, columns: columnsOf(rule) };
}

async function checkKeys(rule: SimpleRule, tables: Tables): Promise<void> {
  const [alias = '', keys = '', columns] = parametersOf(rule);
  for (const sql of matchPredicate(tables.tables, alias, keys, columns).badKeys)
    if ((await numberFrom(tables, sql)) !== 0) throw new RuleFault('the key columns are no key: values are missing or occur twice');
}

async function namesMatch(rule: SimpleRule, tables: Tables): Promise<Judged> {
  const { columns } = tableOf(tables.tables, 'primary');
  const [pattern = ''] = parametersOf(rule);
  const names = columns.map(({ name }) => `(${textLiteral(name)})`).join(', ');
  const others = await tables.query(
    `SELECT name FROM (VALUES ${names}) AS t(name) WHERE NOT regexp_full_match(name, ${textLiteral(pattern)})`,
  );
  const share = (columns.length - others.length) / columns.length;
  if (others.length === 0) return { outcome: 'pass', measured: share };
  return { outcome: 'fail', measured: share, message: `these do not match: ${others.map(({ name }) => name).join(', ')}` };
}

async function customSql(rule: SimpleRule, tables: Tables, history: History, record: (n: number) => void): Promise<Judged> {
  const [sql = ''] = parametersOf(rule);
  if (rule.condition) {
    const value = Number((await scalarOf(sql, tables)) ?? Number.NaN);
    if (Number.isNaN(value)) return NOTHING;
    record(value);
    return { outcome: verdict(holds(rule.condition, value, history)), measured: value };
  }
  const answer = await customRows(sql, tables);
  if (answer.kind === 'value') return { outcome: verdict(answer.value) };
  const { rows } = tableOf(tables.tables, 'primary');
  const share = rows === 0 ? 1 : answer.answered / rows;
  record(share);
  const judged: Judged = { outcome: verdict(holds(rule.threshold ?? ALL, share, history)), measured: share };
  return answer.predicate === undefined ? judged : { ...judged, predicate: answer.predicate };
}

/** Measures what the first parameter names, and compares with what was measured before. */
async function anomalies(rule: SimpleRule, { tables, options, metrics }: Run): Promise<Judged> {
  const [name, ...parameters] = rule.parameters;
  const type = name?.kind === 'text' ? (name.value === 'CustomSQL' ? 'CustomSql' : name.value) : '';
  const inner: SimpleRule = { ...rule, type, parameters };
  if (!RULE_TYPES[type]?.analyzer && type !== 'CustomSql') throw new RuleFault(`${type}: anomalies are detected of what analyzers measure`);
  const value = type === 'CustomSql' ? await scalarOf(parametersOf(inner)[0] ?? '', tables) : await measure(inner, tables);
  if (typeof value !== 'number') return NOTHING;
  metrics[metricName(inner)] = value;
  const history = options.history(metricName(inner));
  const isOdd = isAnomaly(value, history);
  if (isOdd === undefined) return { outcome: 'pass', measured: value, message: `${history.length} former values are too few to tell` };
  return { outcome: verdict(!isOdd), measured: value };
}
