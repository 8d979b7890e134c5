import type { TableElement } from '#schemas/records/extracted.ts';
import { hasHeader } from '../csv/header.ts';
import { recordTable } from '../record-table.ts';
import type { JsonValue } from './read.ts';

export type JsonObject = { [key: string]: JsonValue };

const MAX_FLATTEN = 3;

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isScalar = (value: JsonValue): value is null | boolean | number | string => typeof value !== 'object' || value === null;
export const scalarText = (value: null | boolean | number | string): string => (value === null ? '' : String(value));

/** Values on one line, parted by a sign that stands in none of them; sentences part themselves. */
export function joined(texts: readonly string[]): string {
  if (texts.length > 1 && texts.every((text) => /[.!?]$/.test(text))) return texts.join(' ');
  return texts.join(texts.some((text) => text.includes(',')) ? '; ' : ', ');
}

/** A list as a table: of objects with alike flat fields, or of rows of plain values. Undefined if it is neither. */
export function tableOf(list: readonly JsonValue[]): TableElement | undefined {
  if (list.length === 0) return undefined;
  if (list.every((row) => Array.isArray(row) && row.every(isScalar)))
    return tableOfRows(list.map((row) => (Array.isArray(row) ? row.filter(isScalar).map(scalarText) : [])));
  return list.every(isObject) ? tableOfObjects(list) : undefined;
}

/** The first row is a header where figures stand below its texts. */
function tableOfRows(rows: string[][]): TableElement {
  const [first = []] = rows;
  const isHeader =
    first.length > 1 &&
    first.every((cell) => /\p{L}/u.test(cell)) &&
    rows.slice(1).some((row) => row.some((cell) => !/\p{L}/u.test(cell) && cell !== ''));
  return { kind: 'table', rows, headerRows: isHeader && hasHeader(rows) ? 1 : 0 };
}

function tableOfObjects(records: readonly JsonObject[]): TableElement | undefined {
  const rows: Map<string, string>[] = [];
  for (const record of records) {
    const row = new Map<string, string>();
    if (!flatten(record, '', 1, row)) return undefined;
    rows.push(row);
  }
  return recordTable(rows);
}

/** Fields of fields as `a.b`; false if there are lists of objects in it, or too many levels. */
export function flatten(object: JsonObject, prefix: string, level: number, into: Map<string, string>): boolean {
  for (const [key, value] of Object.entries(object)) {
    if (isScalar(value)) into.set(prefix + key, scalarText(value));
    else if (Array.isArray(value)) {
      if (!value.every(isScalar)) return false;
      into.set(prefix + key, joined(value.map(scalarText)));
    } else if (level >= MAX_FLATTEN || !flatten(value, `${prefix}${key}.`, level + 1, into)) return false;
  }
  return true;
}
