import type { Field } from './read-fields.ts';
import { columnsOfTable } from './sql-tables.ts';

const INSERT =
  /insert\s+(?:ignore\s+)?into\s+(?<table>[\p{L}\d_."`[\]]{1,120})\s{0,4}(?:\((?<columns>[^()]{1,2000})\))?\s{0,8}values?\s{0,8}$/iu;
const ENDS_VALUES = /values?\s{0,8}$/i;
const REACH = 2_400;
const ROW = /\s{0,8}\(/y;
const VALUE = /\s{0,8}(?:[EN]?'(?<quoted>(?:[^'\\]|''|\\.){0,2000})'|(?<bare>[^,()']{0,200}(?:\([^()]{0,200}\))?))\s{0,8}(?<end>[,)])/y;
const NEXT = /\s{0,8},(?=\s{0,8}\()/y;

/** The values of the rows that an `INSERT` of SQL, or the table's `CREATE` before it, names columns for; undefined where none begin at the bracket. Ends behind the last. */
export function sqlRows(text: string, bracket: number): { fields: Field[]; end: number } | undefined {
  // Most brackets of a text stand behind another letter.
  let before = bracket;
  while (before > 0 && text.charCodeAt(before - 1) <= 32) before--;
  if (!/[se]/i.test(text[before - 1] ?? '') || !ENDS_VALUES.test(text.slice(Math.max(0, bracket - 14), bracket))) return undefined;
  const { table, columns: named } = INSERT.exec(text.slice(Math.max(0, bracket - REACH), bracket))?.groups ?? {};
  if (table === undefined) return undefined;
  const columns = named?.split(',') ?? columnsOfTable(text, bracket, table);
  if (!columns) return undefined;
  const keys = columns.map((column) => column.replace(/[\s"'`[\]]/g, ''));
  const fields: Field[] = [];
  let at = bracket;
  for (ROW.lastIndex = at; ROW.test(text); ROW.lastIndex = at) {
    const end = rowFrom(text, ROW.lastIndex, keys, fields);
    if (end === undefined) break;
    NEXT.lastIndex = end;
    if (!NEXT.test(text)) return { fields, end };
    at = NEXT.lastIndex;
  }
  return { fields, end: Math.max(at, bracket + 1) };
}

/** Adds the values of one row; answers where it ends. */
function rowFrom(text: string, from: number, keys: readonly string[], fields: Field[]): number | undefined {
  VALUE.lastIndex = from;
  for (let column = 0; column <= keys.length; column++) {
    const begin = VALUE.lastIndex;
    const match = VALUE.exec(text);
    if (!match) return undefined;
    const { quoted, bare = '', end } = match.groups ?? {};
    const value = quoted ?? bare.trimEnd();
    const start = begin + match[0].lastIndexOf(value);
    const key = keys[column];
    if (key !== undefined && value !== '')
      fields.push({ key, start, end: start + value.length, form: quoted === undefined ? 'number' : 'quoted' });
    if (end === ')') return VALUE.lastIndex;
  }
  return undefined;
}
