import type { ParseContext } from '../index.ts';
import { DAYS_FROM_1900_TO_1904, formatNumber, truthsOf } from '../number-format.ts';
import { faultOf, rkNumber } from '../xls/cells.ts';
import { rowCollector } from '../xlsx/rows.ts';
import { type Cell, type CellContext, headerText, type Sheet } from '../xlsx/sheet.ts';
import { type Record12, recordsIn, richString, wideString } from './records.ts';

const Type = {
  Row: 0,
  Rk: 2,
  Error: 3,
  Bool: 4,
  Real: 5,
  Text: 6,
  SharedText: 7,
  FormulaText: 8,
  FormulaNumber: 9,
  FormulaBool: 10,
  FormulaError: 11,
  Column: 60,
  RichText: 62,
  Filter: 161,
  FilterColumn: 163,
  Merge: 176,
  HeaderFooter: 479,
} as const;

const ROW_HIDDEN = 0x10;

/** Cells that stand right of the one before leave their column out; their types follow those of the others. */
const FIRST_SHORT = 12;
const LAST_SHORT = 18;
const FIRST_CELL = 1;

function withColumn({ type, data }: Record12, before: number): Record12 {
  if (type < FIRST_SHORT || type > LAST_SHORT) return { type, data };
  const column = Buffer.alloc(4);
  column.writeUInt32LE(before + 1);
  return { type: type - FIRST_SHORT + FIRST_CELL, data: Buffer.concat([column, data]) };
}

const isCell = (type: number): boolean => (type >= FIRST_CELL && type <= Type.FormulaError) || type === Type.RichText;

export type XlsbSheet = Sheet & { broken: number };

function cellOf({ type, data }: Record12, { strings, formats, language, from1904 }: CellContext): Cell | undefined {
  const number = (value: number): Cell => {
    const format = formats[data.readUIntLE(4, 3)] ?? 'General';
    const isDate = from1904 && /[dmyhs]/i.test(format);
    return { text: formatNumber(isDate ? value + DAYS_FROM_1900_TO_1904 : value, format, language), numeric: true };
  };
  const text = (said: string): Cell => ({ text: said, numeric: false });
  switch (type) {
    case Type.Rk:
      return number(rkNumber(data.readInt32LE(8)));
    case Type.Real:
    case Type.FormulaNumber:
      return number(data.readDoubleLE(8));
    case Type.Text:
    case Type.FormulaText:
      return text(wideString(data, 8).text);
    case Type.RichText:
      return text(richString(data, 8));
    case Type.SharedText:
      return text(strings[data.readUInt32LE(8)] ?? '');
    case Type.Bool:
    case Type.FormulaBool:
      return text(truthsOf(language)[data.readUInt8(8) === 0 ? 1 : 0] ?? '');
    case Type.Error:
    case Type.FormulaError:
      return text(faultOf(data.readUInt8(8)));
    default:
      return undefined;
  }
}

/** A sheet of a binary workbook; a record that cannot be read costs that record. */
export function readXlsbSheet(part: Uint8Array, cells: CellContext, context: ParseContext): XlsbSheet {
  const rows = rowCollector(context);
  const sheet: XlsbSheet = { rows: [], hiddenColumns: [], filtered: [], headerFooter: [], whole: true, broken: 0 };
  let row = 0;
  /** From 0, as the records count; none yet in a new row. */
  let column = -1;
  let filter: Sheet['filtered'][number] | undefined;
  const area = (data: Buffer) => ({
    top: data.readUInt32LE(0) + 1,
    bottom: data.readUInt32LE(4) + 1,
    left: data.readUInt32LE(8) + 1,
    right: data.readUInt32LE(12) + 1,
  });

  function take(record: Record12): void {
    const { type, data } = record;
    if (type === Type.Row) {
      row = data.readUInt32LE(0) + 1;
      column = -1;
      if (data.readUInt8(11) & ROW_HIDDEN) rows.hide(row);
    } else if (type === Type.Column) {
      if (data.readUInt16LE(16) & 1) sheet.hiddenColumns.push({ from: data.readUInt32LE(0) + 1, to: data.readUInt32LE(4) + 1 });
    } else if (type === Type.Merge) rows.merge(area(data));
    else if (type === Type.Filter) filter = area(data);
    else if (type === Type.FilterColumn && filter !== undefined) sheet.filtered.push(filter);
    else if (type === Type.HeaderFooter) readHeaderFooter(data);
    else readCell(withColumn(record, column));
  }

  function readCell(record: Record12): void {
    if (!isCell(record.type)) return;
    column = record.data.readUInt32LE(0);
    const cell = cellOf(record, cells);
    if (cell !== undefined) rows.put(row, column + 1, cell);
  }

  function readHeaderFooter(data: Buffer): void {
    let at = 2;
    for (const kind of ['header', 'footer'] as const) {
      const { text, end } = wideString(data, at);
      at = end;
      const said = headerText(text);
      if (said !== '') sheet.headerFooter.push({ kind, text: said });
    }
  }

  for (const record of recordsIn(part)) {
    try {
      take(record);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      sheet.broken += 1;
    }
  }
  return { ...sheet, rows: rows.finish() };
}
