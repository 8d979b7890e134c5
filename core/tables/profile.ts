import { type ColumnSql, columnOf, rowsOf } from '../dqdl/sql.ts';
import type { ColumnType, TableFacts, Tables } from '../ports/table-engine.ts';

export type Frequent = { value: string; count: number };

export type ColumnProfile = {
  name: string;
  type: ColumnType;
  /** Rows without a value. */
  empty: number;
  /** Different values. */
  distinct: number;
  /** `distinct` may be off by a few percent: of more than a hundred thousand rows, where it is neither a few nor nearly all. */
  isEstimate?: true;
  /** Of numbers as numbers, of dates as text; of texts the shortest and the longest, in characters. */
  least: number | string | null;
  most: number | string | null;
  mean?: number;
  deviation?: number;
  quartiles?: [number, number, number];
  /** Numbers further from the middle half than one and a half times its width, and the first rows that have one. */
  outliers?: { count: number; rows: number[] };
  /** Of texts: characters on average. */
  length?: number;
  /** The most frequent values, of a column that has few. */
  top?: Frequent[];
};
export type Profile = { rows: number; columns: ColumnProfile[] };

/** From here on what an exact answer needs does not fit into memory. */
const EXACT_ROWS = 100_000;
const FEW = 1_000;
const TOP = 20;
const NAMED = 10;

const isNumeric = ({ type }: Pick<ColumnSql, 'type'>): boolean => type === 'integer' || type === 'number';
const numeric = (value: unknown): number => Number(value ?? 0);

function measured(column: ColumnSql): string {
  if (isNumeric(column)) return column.number;
  return column.type === 'text' ? `length(${column.text})` : column.text;
}

const spreadOf = ({ number }: ColumnSql, isExact: boolean): string => {
  const quantile = isExact ? 'quantile_cont' : 'approx_quantile';
  const quartiles = [0.25, 0.5, 0.75].map((share, i) => `${quantile}(${number}, ${share}) AS q${i + 1}`);
  return [`avg(${number}) AS mean`, `stddev_pop(${number}) AS deviation`, ...quartiles].join(', ');
};

/** Of many rows the exact count of a few or of nearly all: what is called a list or a key is one. */
async function distinctOf({ text }: ColumnSql, [estimate, filled]: [number, number], { query }: Pick<Tables, 'query'>) {
  if (estimate > FEW * 1.1 && estimate < filled * 0.95) return { distinct: estimate, isEstimate: true as const };
  // Hashes take less room than texts, and a subquery may spill.
  const [row] = await query(
    `SELECT count(*) AS n FROM (SELECT DISTINCT hash(${text}) FROM ${rowsOf('primary')} WHERE ${text} IS NOT NULL)`,
  );
  return { distinct: numeric(row?.n) };
}

async function basics(column: ColumnSql, { rows }: TableFacts, tables: Pick<Tables, 'query'>): Promise<ColumnProfile> {
  const isExact = rows <= EXACT_ROWS;
  const value = measured(column);
  const different = isExact ? `count(DISTINCT ${column.text})` : `approx_count_distinct(${column.text})`;
  const [row = {}] = await tables.query(
    `SELECT count(${column.text}) AS filled, ${different} AS different, min(${value}) AS least, max(${value}) AS most
     ${isNumeric(column) ? `, ${spreadOf(column, isExact)}` : ''} ${column.type === 'text' ? `, avg(${value}) AS length` : ''} FROM ${rowsOf('primary')}`,
  );
  const filled = numeric(row.filled);
  const plain = (found: unknown): number | string | null => (typeof found === 'number' || typeof found === 'string' ? found : null);
  const spread = { mean: numeric(row.mean), deviation: numeric(row.deviation), quartiles: [row.q1, row.q2, row.q3].map(numeric) };
  const [q1 = 0, q2 = 0, q3 = 0] = spread.quartiles;
  return {
    name: column.name,
    type: column.type,
    empty: rows - filled,
    ...(isExact ? { distinct: numeric(row.different) } : await distinctOf(column, [numeric(row.different), filled], tables)),
    least: plain(row.least),
    most: plain(row.most),
    ...(column.type === 'text' && filled > 0 && { length: numeric(row.length) }),
    ...(isNumeric(column) && filled > 0 && { ...spread, quartiles: [q1, q2, q3] as [number, number, number] }),
  };
}

/** By Tukey's fences. A column of which half is one value has no width to be outside of. */
async function outliersOf(column: ColumnSql, [low, , high]: [number, number, number], { query }: Pick<Tables, 'query'>) {
  const reach = 1.5 * (high - low);
  if (reach === 0) return { count: 0, rows: [] };
  const outside = `FROM ${rowsOf('primary')} WHERE ${column.number} < ${low - reach} OR ${column.number} > ${high + reach}`;
  const [counted] = await query(`SELECT count(*) AS n ${outside}`);
  const count = numeric(counted?.n);
  const found = count === 0 ? [] : await query(`SELECT __row AS r ${outside} ORDER BY 1 LIMIT ${NAMED}`);
  return { count, rows: found.map(({ r }) => numeric(r)) };
}

async function topOf(column: ColumnSql, { query }: Pick<Tables, 'query'>): Promise<Frequent[]> {
  const found = await query(
    `SELECT ${column.text} AS v, count(*) AS n FROM ${rowsOf('primary')} WHERE ${column.text} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${TOP}`,
  );
  return found.map(({ v, n }) => ({ value: String(v), count: numeric(n) }));
}

/** What each column of a table holds. */
export async function profileTable(tables: Tables): Promise<Profile> {
  const facts = tables.tables.get('primary');
  const columns: ColumnProfile[] = [];
  for (const { name } of facts?.columns ?? []) {
    if (!facts) break;
    const column = columnOf(facts, name);
    const profile = await basics(column, facts, tables);
    if (profile.quartiles) profile.outliers = await outliersOf(column, profile.quartiles, tables);
    const filled = facts.rows - profile.empty;
    if (profile.distinct <= FEW && profile.distinct < filled) profile.top = await topOf(column, tables);
    columns.push(profile);
  }
  return { rows: facts?.rows ?? 0, columns };
}
