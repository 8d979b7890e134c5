import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import { keepProfile, lastProfile } from '#adapters/local/profiles.ts';
import { parsePool } from '#adapters/parsing/parse-pool.ts';
import { printRules } from '#core/dqdl/print.ts';
import { SluiceError } from '#core/errors.ts';
import { type ColumnProfile, type Profile, profileTable } from '#core/tables/profile.ts';
import { proposedRules } from '#core/tables/proposed-rules.ts';
import { type Shift, shiftOf } from '#core/tables/shift.ts';
import { type Command, flag, text, type Values } from '../command.ts';
import { dataDirOf, loadConfig } from '../configuration.ts';
import { print, printJson, printText } from '../output.ts';
import { tableInput } from '../table-input.ts';

const number = (value: number): string => String(Number(value.toPrecision(6)));

function told(column: ColumnProfile): string {
  const { type, least, most, mean, deviation, quartiles, outliers, top = [] } = column;
  const parts = [`${column.distinct} different`, ...(column.empty > 0 ? [`${column.empty} empty`] : [])];
  if (least !== null && most !== null) parts.push(type === 'text' ? `${least} to ${most} characters` : `${least} to ${most}`);
  if (mean !== undefined && quartiles)
    parts.push(`mean ${number(mean)} ± ${number(deviation ?? 0)}`, `quartiles ${quartiles.map(number).join(', ')}`);
  if (outliers && outliers.count > 0)
    parts.push(`${outliers.count} outliers (rows ${outliers.rows.join(', ')}${outliers.count > outliers.rows.length ? ', ...' : ''})`);
  if (type !== 'integer' && type !== 'number' && top.length > 0)
    parts.push(
      `most often ${top
        .slice(0, 5)
        .map(({ value, count }) => `${JSON.stringify(value)} ${count}`)
        .join(', ')}`,
    );
  return `${column.name}  ${type}: ${parts.join('; ')}`;
}

const asText = (profile: Profile, rules: string, shifts: readonly Shift[] | undefined): string =>
  [
    `${profile.rows} rows, ${profile.columns.length} columns`,
    ...profile.columns.map(told),
    '',
    ...(shifts === undefined ? [] : shifts.length === 0 ? ['no shift since the last profile', ''] : ['since the last profile:']),
    ...(shifts ?? []).map(({ column, what }) => `  ${column === undefined ? '' : `${column}: `}${what}`),
    ...(shifts !== undefined && shifts.length > 0 ? [''] : []),
    rules,
  ].join('\n');

async function profileOf(file: string, values: Values): Promise<Profile> {
  const { memoryMb, timeoutSeconds } = (await loadConfig(values)).parsing;
  let pool: ReturnType<typeof parsePool> | undefined;
  const parsers = () => (pool ??= parsePool({ size: 1, memoryMb, timeoutSeconds }));
  try {
    return await duckDbTables().open([await tableInput('primary', file, parsers, text(values, 'sheet'))], profileTable);
  } finally {
    await pool?.close();
  }
}

export const profile: Command = {
  summary: 'tell what a table holds, what changed since, and rules that it meets (DQDL)',
  operands: '<file>',
  options: {
    sheet: { type: 'string', value: 'NAME', help: 'the sheet of a workbook (default: that of the largest table)' },
    rules: { type: 'boolean', help: 'print the proposed ruleset alone' },
  },
  async run({ values, operands }) {
    const [file, ...others] = operands;
    if (file === undefined || others.length > 0) throw new SluiceError('invalid-input', 'profile: name one file');
    const found = await profileOf(file, values);
    const rules = printRules(proposedRules(found));
    const last = await lastProfile(dataDirOf(values), file);
    const shifts = last && shiftOf(last.profile, found);
    await keepProfile(dataDirOf(values), file, found, Date.now());
    if (flag(values, 'json')) await printJson({ file, ...found, shifts: shifts ?? null, rules });
    else if (flag(values, 'rules')) await print(rules);
    else await printText(asText(found, rules, shifts));
    return 0;
  },
};
