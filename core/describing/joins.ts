import Papa from 'papaparse';
import type { Join } from '#schemas/describing.ts';
import { SluiceError } from '../errors.ts';

/** More values of a column are a list of everything, and tell nothing of the document. */
const MOST = 10;
const KEY = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}]|[._/-](?=[\p{L}\p{N}]))*/gu;

type Row = Record<string, string>;

const tables = new WeakMap<Join, Map<string, Row>>();

/** The table's rows by their keys in small letters; read once. Throws `invalid-config` where it lacks a column that is named. */
function rowsOf(join: Join): Map<string, Row> {
  const read = tables.get(join);
  if (read) return read;
  const { data, meta } = Papa.parse<Row>(join.table.trim(), { header: true, skipEmptyLines: true });
  const missing = [join.key, ...join.take].filter((column) => !meta.fields?.includes(column));
  if (missing.length > 0)
    throw new SluiceError(
      'invalid-config',
      `reading the table ${join.name}: it has no column ${missing.join(', ')}; it has ${meta.fields?.join(', ')}`,
    );
  const rows = new Map(data.flatMap((row) => (row[join.key] ? [[row[join.key]?.trim().toLowerCase() ?? '', row] as const] : [])));
  tables.set(join, rows);
  return rows;
}

/** What reference tables say of the rows that texts name by a key which stands there as a word of its own. */
export function joinedTo(texts: readonly string[], joins: readonly Join[]): Record<string, string[]> {
  const joined: Record<string, string[]> = {};
  if (joins.length === 0) return joined;
  const words = new Set(texts.flatMap((text) => text.toLowerCase().match(KEY) ?? []));
  for (const join of joins) {
    const rows = rowsOf(join);
    const named = [...rows].filter(([key]) => words.has(key)).map(([, row]) => row);
    for (const column of join.take) {
      const values = [...new Set(named.map((row) => row[column]?.trim() ?? ''))].filter((value) => value !== '');
      if (values.length > 0) joined[`${join.name}.${column}`] = values.slice(0, MOST);
    }
  }
  return joined;
}
