import type { TableFacts, Tables } from '../ports/table-engine.ts';
import type { SimpleRule } from './ast.ts';
import { parametersOf, scopeOf, uniqueness } from './predicates.ts';
import { aggregateSql, schemaMatch, tableOf } from './references.ts';
import { columnOf, RuleFault, rowsOf } from './sql.ts';

type Ask = Pick<Tables, 'query' | 'tables'>;

/** The number that one SELECT answers; undefined where there was nothing to count. */
export async function numberFrom({ query }: Pick<Tables, 'query'>, sql: string): Promise<number | undefined> {
  const [row] = await query(sql);
  const value = row === undefined ? undefined : Object.values(row)[0];
  if (value === null || value === undefined) return undefined;
  const number = typeof value === 'boolean' ? Number(value) : Number(value);
  return Number.isNaN(number) ? undefined : number;
}

const ENTROPY = `SELECT -sum(p * log2(p)) FROM (SELECT count(*) / sum(count(*)) OVER () AS p`;

function columnMeasure(rule: SimpleRule, table: TableFacts, from: string): string | undefined {
  const [first = '', second = ''] = parametersOf(rule);
  const column = () => columnOf(table, first);
  switch (rule.type) {
    case 'Completeness':
      return `SELECT count(${column().text}) / count(*) FROM ${from}`;
    case 'Mean':
      return `SELECT avg(${column().number}) FROM ${from}`;
    case 'Sum':
      return `SELECT sum(${column().number}) FROM ${from}`;
    case 'StandardDeviation':
      return `SELECT stddev_pop(${column().number}) FROM ${from}`;
    case 'Entropy':
      return `${ENTROPY} FROM ${from} AND ${column().text} IS NOT NULL GROUP BY ${column().text})`;
    case 'ColumnCorrelation':
      return `SELECT corr(${column().number}, ${columnOf(table, second).number}) FROM ${from}`;
    case 'ColumnLength':
      return `SELECT avg(length(${column().text})) FROM ${from}`;
    case 'ColumnValues':
      return `SELECT avg(${column().number}) FROM ${from}`;
    case 'Uniqueness':
      return `SELECT count(*) FILTER (n = 1) / sum(n) FROM (${uniqueness(table, rule).groups})`;
    case 'UniqueValueRatio':
      return `SELECT count(*) FILTER (n = 1) / count(*) FROM (${uniqueness(table, rule).groups})`;
    case 'DistinctValuesCount':
      return `SELECT count(*) FROM (${uniqueness(table, rule).groups})`;
    default:
      return undefined;
  }
}

/** What a rule that compares a number measures; undefined where there was nothing to measure. */
export async function measure(rule: SimpleRule, ask: Ask): Promise<number | undefined> {
  const table = tableOf(ask.tables, 'primary');
  const [first = '', second = ''] = parametersOf(rule);
  switch (rule.type) {
    case 'RowCount':
      return rule.where === undefined ? table.rows : numberFrom(ask, `SELECT count(*) FROM ${rowsOf('primary')} WHERE ${scopeOf(rule)}`);
    case 'ColumnCount':
      return table.columns.length;
    case 'SchemaMatch':
      return schemaMatch(ask.tables, first);
    case 'RowCountMatch': {
      const { rows } = tableOf(ask.tables, first);
      return rows === 0 ? undefined : table.rows / rows;
    }
    case 'AggregateMatch': {
      const divisor = aggregateSql(ask.tables, second);
      return numberFrom(ask, `SELECT ${aggregateSql(ask.tables, first)} / nullif(${divisor}, 0)`);
    }
    default: {
      const sql = columnMeasure(rule, table, `${rowsOf('primary')} WHERE ${scopeOf(rule)}`);
      if (sql === undefined) throw new RuleFault(`${rule.type} measures no number`);
      return numberFrom(ask, sql);
    }
  }
}

/** What a measure is called, as Glue calls it; with its filter, which Glue's has not. */
export function metricName(rule: SimpleRule): string {
  const parameters = parametersOf(rule).join(',');
  const subject =
    rule.parameters.length === 0 || ['CustomSql', 'RowCount'].includes(rule.type)
      ? 'Dataset.*'
      : `${rule.parameters.length === 1 ? 'Column' : 'Multicolumn'}.${parameters}`;
  const filter = rule.where === undefined ? '' : ` where ${rule.where}`;
  return `${subject}.${rule.type}${rule.type === 'CustomSql' ? ` ${parameters}` : ''}${filter}`;
}
