import type { TableElement } from '#schemas/records/extracted.ts';
import type { JsonValue } from './read.ts';

export type JsonObject = { [key: string]: JsonValue };

const MAX_COLUMNS = 100;
const MAX_FLATTEN = 3;
/** Records whose longest text is longer, on average, are read better under headings than in rows. */
const MAX_CELL = 300;
/** Fewer filled cells than this make no table. */
const MIN_FILL = 0.3;

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isScalar = (value: JsonValue): value is null | boolean | number | string => typeof value !== 'object' || value === null;
export const scalarText = (value: null | boolean | number | string): string => (value === null ? '' : String(value));

/** A list as a table: of objects with alike flat fields, or of rows of plain values. Undefined if it is neither. */
export function tableOf(list: readonly JsonValue[]): TableElement | undefined {
  if (list.length === 0) return undefined;
  if (list.every((row) => Array.isArray(row) && row.every(isScalar)))
    return { kind: 'table', rows: list.map((row) => (Array.isArray(row) ? row.filter(isScalar).map(scalarText) : [])), headerRows: 0 };
  return list.every(isObject) ? recordTable(list) : undefined;
}

function recordTable(records: readonly JsonObject[]): TableElement | undefined {
  const columns = new Map<string, number>();
  const cells: Map<string, string>[] = [];
  let filled = 0;
  let longest = 0;
  for (const record of records) {
    const row = new Map<string, string>();
    if (!flatten(record, '', 1, row)) return undefined;
    for (const [key, text] of row) {
      if (!columns.has(key)) columns.set(key, columns.size);
      if (text !== '') filled++;
    }
    if (columns.size > MAX_COLUMNS) return undefined;
    longest += [...row.values()].reduce((most, text) => Math.max(most, text.length), 0);
    cells.push(row);
  }
  const isSparse = filled < columns.size * records.length * MIN_FILL;
  if (columns.size === 0 || isSparse || longest > records.length * MAX_CELL) return undefined;
  const names = [...columns.keys()];
  return { kind: 'table', rows: [names, ...cells.map((row) => names.map((name) => row.get(name) ?? ''))], headerRows: 1 };
}

/** Fields of fields as `a.b`; false if there are lists of objects in it, or too many levels. */
function flatten(object: JsonObject, prefix: string, level: number, into: Map<string, string>): boolean {
  for (const [key, value] of Object.entries(object)) {
    if (isScalar(value)) into.set(prefix + key, scalarText(value));
    else if (Array.isArray(value)) {
      if (!value.every(isScalar)) return false;
      into.set(prefix + key, value.map(scalarText).join(', '));
    } else if (level >= MAX_FLATTEN || !flatten(value, `${prefix}${key}.`, level + 1, into)) return false;
  }
  return true;
}
