import type { Tables } from '../ports/table-engine.ts';
import type { SimpleRule } from './ast.ts';
import { measure, metricName, numberFrom } from './measures.ts';
import { parametersOf, scopeOf } from './predicates.ts';
import { tableOf } from './references.ts';
import { columnOf, RuleFault, rowsOf } from './sql.ts';

/** What the analyzers of a ruleset measure, by Glue's names; what there is nothing to measure of is left out. */
export async function statisticsOf(analyzers: readonly SimpleRule[], tables: Tables): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const add = (name: string, value: number | undefined): void => {
    if (value !== undefined) found[name] = value;
  };
  for (const analyzer of analyzers) {
    try {
      if (analyzer.type === 'AllStatistics') for (const [name, value] of await allStatistics(analyzer, tables)) add(name, value);
      else if (analyzer.type === 'ColumnLength' || analyzer.type === 'ColumnValues')
        for (const [name, value] of await extent(analyzer, tables)) add(name, value);
      else add(metricName(analyzer), await measure(analyzer, tables));
    } catch (error) {
      // A column that is not there has no statistics; rules say that it is missing.
      if (!(error instanceof RuleFault)) throw error;
    }
  }
  return found;
}

type Named = [string, number | undefined][];

async function extent(analyzer: SimpleRule, tables: Tables): Promise<Named> {
  const [name = ''] = parametersOf(analyzer);
  const column = columnOf(tableOf(tables.tables, 'primary'), name);
  const value = analyzer.type === 'ColumnLength' ? `length(${column.text})` : column.number;
  const from = `FROM ${rowsOf('primary')} WHERE ${scopeOf(analyzer)}`;
  return [
    [`Column.${name}.${analyzer.type}.Min`, await numberFrom(tables, `SELECT min(${value}) ${from}`)],
    [`Column.${name}.${analyzer.type}.Max`, await numberFrom(tables, `SELECT max(${value}) ${from}`)],
  ];
}

async function allStatistics(analyzer: SimpleRule, tables: Tables): Promise<Named> {
  const [name = ''] = parametersOf(analyzer);
  const { type } = columnOf(tableOf(tables.tables, 'primary'), name);
  const isNumeric = type === 'integer' || type === 'number';
  const named: Named = [];
  for (const of of ['RowCount', 'Completeness', 'Uniqueness', ...(isNumeric ? ['Mean', 'StandardDeviation'] : [])]) {
    const rule: SimpleRule = { ...analyzer, type: of, ...(of === 'RowCount' && { parameters: [] }) };
    named.push([metricName(rule), await measure(rule, tables)]);
  }
  return [...named, ...(await extent({ ...analyzer, type: isNumeric ? 'ColumnValues' : 'ColumnLength' }, tables))];
}
