import { readFile } from 'node:fs/promises';
import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import { openCheckHistory } from '#adapters/local/check-history.ts';
import { parsePool } from '#adapters/parsing/parse-pool.ts';
import type { Ruleset } from '#core/dqdl/ast.ts';
import { evaluateRules, type Report, type RuleOutcome } from '#core/dqdl/evaluate.ts';
import { parseRules } from '#core/dqdl/parse.ts';
import { SluiceError } from '#core/errors.ts';
import { type Command, flag, list, text, type Values } from '../command.ts';
import { dataDirOf, loadConfig } from '../configuration.ts';
import { printJson, printText } from '../output.ts';
import { tableInput } from '../table-input.ts';

async function rulesetOf(file: string | undefined): Promise<Ruleset> {
  if (file === undefined) throw new SluiceError('invalid-input', 'check: name the ruleset with --rules');
  const source = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SluiceError('not-found', `reading ${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  try {
    return parseRules(source);
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    throw new SluiceError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

function referencesOf(values: Values): { name: string; file: string }[] {
  return list(values, 'reference').map((given) => {
    const [, name = '', file = ''] = /^(\w+)=(.+)$/s.exec(given) ?? [];
    if (name === '' || name === 'primary')
      throw new SluiceError('invalid-input', `--reference ${given}: a name and a file are expected, name=file`);
    return { name, file };
  });
}

const number = (value: number): string => String(Number(value.toPrecision(6)));

function line({ rule, outcome, measured, message, failing }: RuleOutcome): string {
  const told = [
    `${outcome === 'pass' ? 'pass ' : outcome.toUpperCase().padEnd(5)} ${rule}`,
    ...(measured === undefined ? [] : [`  (${number(measured)})`]),
    ...(message === undefined ? [] : [`: ${message}`]),
  ].join('');
  if (!failing || failing.rows.length === 0) return told;
  const rows = failing.rows.map((row) => {
    const values = Object.entries(row.values).map(([name, value]) => `${name} = ${value === null ? 'NULL' : JSON.stringify(value)}`);
    return `        row ${row.row}${row.line === undefined ? '' : `, line ${row.line}`}${values.length > 0 ? `: ${values.join(', ')}` : ''}`;
  });
  const more = failing.count - failing.rows.length;
  return [told, ...rows, ...(more > 0 ? [`        and ${more} more rows`] : [])].join('\n');
}

const asText = ({ outcomes, statistics }: Pick<Report, 'outcomes' | 'statistics'>, passed: number): string =>
  [
    ...outcomes.map(line),
    ...Object.entries(statistics).map(([name, value]) => `${name} = ${number(value)}`),
    `${passed} of ${outcomes.length} rules pass`,
    '',
  ].join('\n');

async function report(file: string, values: Values, ruleset: Ruleset) {
  const config = await loadConfig(values);
  const { memoryMb, timeoutSeconds } = config.parsing;
  let pool: ReturnType<typeof parsePool> | undefined;
  const parsers = () => (pool ??= parsePool({ size: 1, memoryMb, timeoutSeconds }));
  try {
    const sheet = text(values, 'sheet');
    const inputs = [await tableInput('primary', file, parsers, sheet)];
    for (const reference of referencesOf(values)) inputs.push(await tableInput(reference.name, reference.file, parsers));
    const history = await openCheckHistory(dataDirOf(values), file);
    const now = Date.now();
    const composite = text(values, 'composite') ?? 'column';
    if (composite !== 'column' && composite !== 'row') throw new SluiceError('invalid-input', `--composite ${composite}: column or row`);
    const namedRows = Number(text(values, 'rows') ?? 20);
    if (!Number.isInteger(namedRows) || namedRows < 0)
      throw new SluiceError('invalid-input', `--rows ${text(values, 'rows')}: a whole number`);
    return await duckDbTables().open(inputs, async (tables) => {
      const found = await evaluateRules(ruleset, tables, { now, history: history.of, composite, namedRows });
      await history.add(found.metrics, now);
      return { ...found, table: tables.tables.get('primary') };
    });
  } finally {
    await pool?.close();
  }
}

export const check: Command = {
  summary: 'hold a table against data quality rules (DQDL)',
  operands: '<file>',
  options: {
    rules: { type: 'string', value: 'FILE', help: 'the ruleset' },
    reference: { type: 'string', multiple: true, value: 'NAME=FILE', help: 'a table that rules compare with; may be repeated' },
    sheet: { type: 'string', value: 'NAME', help: 'the sheet of a workbook (default: that of the largest table)' },
    composite: { type: 'string', value: 'column|row', help: 'whether and/or join outcomes or what each row meets (default column)' },
    rows: { type: 'string', value: 'N', help: 'failing rows that are named for each rule (default 20)' },
  },
  async run({ values, operands }) {
    const [file, ...others] = operands;
    if (file === undefined || others.length > 0) throw new SluiceError('invalid-input', 'check: name one file');
    const { metrics: _, table, ...found } = await report(file, values, await rulesetOf(text(values, 'rules')));
    const passed = found.outcomes.filter(({ outcome }) => outcome === 'pass').length;
    if (flag(values, 'json')) await printJson({ file, rows: table?.rows ?? 0, columns: table?.columns ?? [], passed, ...found });
    else await printText(asText(found, passed));
    return passed === found.outcomes.length ? 0 : 1;
  },
};
