import { realpathSync, statSync } from 'node:fs';
import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import { fileHash } from '#adapters/duckdb/file-hash.ts';
import { keepProfile, profileKeys } from '#adapters/local/profiles.ts';
import { sourceTables } from '#adapters/local/source-tables.ts';
import { type ParsePool, parsePool } from '#adapters/parsing/parse-pool.ts';
import { printRules } from '#core/dqdl/print.ts';
import { SluiceError } from '#core/errors.ts';
import type { TableInput } from '#core/ports/table-engine.ts';
import { keptProfile } from '#core/tables/kept-profile.ts';
import { type ColumnProfile, type Profile, profileTable } from '#core/tables/profile.ts';
import { proposedRules } from '#core/tables/proposed-rules.ts';
import { type Shift, shiftOf } from '#core/tables/shift.ts';
import type { Config } from '#schemas/config.ts';
import { type Command, flag, text, type Values } from '../command.ts';
import { dataDirOf, loadConfig } from '../configuration.ts';
import { counted, note, print, printJson, printText } from '../output.ts';
import { tableInput, withTables } from '../table-input.ts';

const number = (value: number): string => String(Number(value.toPrecision(6)));

function told(column: ColumnProfile): string {
  const { type, least, most, mean, deviation, quartiles, outliers, top = [] } = column;
  const parts = [`${column.distinct} different`, ...(column.empty > 0 ? [`${column.empty} empty`] : [])];
  if (least !== null && most !== null) parts.push(type === 'text' ? `${least} to ${most} characters` : `${least} to ${most}`);
  if (mean !== undefined && quartiles)
    parts.push(`mean ${number(mean)} ± ${number(deviation ?? 0)}`, `quartiles ${quartiles.map(number).join(', ')}`);
  if (outliers && outliers.count > 0)
    parts.push(
      `${counted(outliers.count, 'outlier')} (${outliers.count === 1 ? 'row' : 'rows'} ${outliers.rows.join(', ')}${outliers.count > outliers.rows.length ? ', ...' : ''})`,
    );
  if (type !== 'integer' && type !== 'number' && top.length > 0)
    parts.push(
      `most often ${top
        .slice(0, 5)
        .map(({ value, count }) => `${JSON.stringify(value)} ${count}`)
        .join(', ')}`,
    );
  return `${column.name}  ${type}: ${parts.join('; ')}`;
}

type Profiled = Profile & { shifts: Shift[] | null; rules: string };

const asText = ({ rows, columns, shifts, rules }: Profiled): string =>
  [
    `${counted(rows, 'row')}, ${counted(columns.length, 'column')}`,
    ...columns.map(told),
    '',
    ...(shifts === null ? [] : shifts.length === 0 ? ['no shift since its last version', ''] : ['since its last version:']),
    ...(shifts ?? []).map(({ column, what }) => `  ${column === undefined ? '' : `${column}: `}${what}`),
    ...(shifts !== null && shifts.length > 0 ? [''] : []),
    rules,
  ].join('\n');

/** Which table it is: of this file, by its path or its native id, with these bytes. */
type Place = { nativeId: string; sheet?: string | undefined; contentHash: string };

async function profiled(dataDir: string, input: TableInput, { contentHash, ...place }: Place): Promise<Profiled> {
  const profile = await duckDbTables().open([input], profileTable);
  const keys = await profileKeys(dataDir);
  const kept = keptProfile(profile, { contentHash, at: Date.now(), hash: (value) => keys.hash('profile-value', value) });
  const before = await keepProfile({ dataDir, keys }, place, kept);
  const names = profile.columns.map(({ name }) => name);
  return { ...profile, shifts: before ? shiftOf(before, kept, names) : null, rules: printRules(proposedRules(profile)) };
}

async function tellFile(file: string, values: Values, pool: ParsePool): Promise<number> {
  const sheet = text(values, 'sheet');
  const input = await tableInput('primary', file, () => pool, sheet);
  const place = { nativeId: realpathSync(file), sheet, contentHash: await fileHash(file) };
  const found = await profiled(dataDirOf(values), input, place);
  if (flag(values, 'json')) await printJson({ file, ...found });
  else if (flag(values, 'rules')) await print(found.rules);
  else await printText(asText(found));
  return 0;
}

type TableOfSource = Profiled & { uri: string; sheet?: string };

const titled = ({ uri, sheet }: TableOfSource): string => `# ${uri}${sheet === undefined ? '' : `, sheet ${sheet}`}`.replace(/\s+/g, ' ');

/** Of each table of a source, as soon as it is known. One that cannot be read is told of, and keeps none of the others. */
async function tellSource(source: string, values: Values, { config, pool }: { config: Config; pool: ParsePool }): Promise<number> {
  const dataDir = dataDirOf(values);
  const documents = await sourceTables(dataDir, source, { config, parsers: pool });
  if (documents.length === 0)
    throw new SluiceError('not-found', `looking for ${source}: there is no such file, and no table that is indexed of such a source`);
  const tables: TableOfSource[] = [];
  let failed = 0;
  for (const { nativeId, uri, content } of documents) {
    try {
      await withTables(content, pool, async ({ sheet, input }) => {
        const found = await profiled(dataDir, input, { nativeId, sheet, contentHash: content.contentHash });
        const table = { uri, ...(sheet !== undefined && { sheet }), ...found };
        if (flag(values, 'json')) tables.push(table);
        else await printText(`${titled(table)}\n${flag(values, 'rules') ? table.rules : asText(table)}\n`);
      });
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      failed += 1;
      note(`${uri}: ${error.code}: ${error.message}`);
    }
  }
  if (flag(values, 'json')) await printJson({ source, tables, failed });
  return failed > 0 ? 1 : 0;
}

const isFile = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;

export const profile: Command = {
  summary: 'tell what a table or the tables of a source hold, what changed since, and rules that they meet (DQDL)',
  operands: '<file|source>',
  options: {
    sheet: { type: 'string', value: 'NAME', help: 'the sheet of a workbook (default: that of the largest table; of a source: all)' },
    rules: { type: 'boolean', help: 'print the proposed ruleset alone' },
  },
  async run({ values, operands }) {
    const [name, ...others] = operands;
    if (name === undefined || others.length > 0) throw new SluiceError('invalid-input', 'profile: name one file or source');
    const config = await loadConfig(values);
    const { memoryMb, timeoutSeconds } = config.parsing;
    const pool = parsePool({ size: 1, memoryMb, timeoutSeconds });
    try {
      return isFile(name) ? await tellFile(name, values, pool) : await tellSource(name, values, { config, pool });
    } finally {
      await pool.close();
    }
  },
};
