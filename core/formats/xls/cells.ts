import type { ParseContext } from '../index.ts';
import { DAYS_FROM_1900_TO_1904, formatNumber, truthsOf } from '../number-format.ts';
import { rowCollector } from '../xlsx/rows.ts';
import type { Cell, CellContext } from '../xlsx/sheet.ts';
import type { Biff } from './records.ts';
import type { Strings } from './strings.ts';

const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

export const CellRecord = {
  Formula: 0x0006,
  OldFormula: 0x0206,
  MulRk: 0x00bd,
  RString: 0x00d6,
  LabelSst: 0x00fd,
  Number: 0x0203,
  Label: 0x0204,
  BoolErr: 0x0205,
  String: 0x0207,
  Rk: 0x027e,
} as const;

/** What a cell shows whose formula failed. */
export const faultOf = (code: number): string => ERRORS[code] ?? '#N/A';

/** A number in 30 bits: an integer or the upper half of a double, perhaps a hundredth of it. */
export function rkNumber(rk: number): number {
  const half = Buffer.alloc(8);
  half.writeInt32LE(rk & ~3, 4);
  const value = rk & 2 ? rk >> 2 : half.readDoubleLE();
  return rk & 1 ? value / 100 : value;
}

/** Collects the cells of a sheet from its records. */
export function cellReader(cells: CellContext, readString: Strings, context: ParseContext) {
  const rows = rowCollector(context);
  /** The cell whose formula gave a text: that stands in the next record. */
  let awaiting: { row: number; column: number } | undefined;

  const put = (row: number, column: number, cell: Cell): void => rows.put(row + 1, column + 1, cell);

  function number(value: number, style: number): Cell {
    const format = cells.formats[style] ?? 'General';
    const isDate = cells.from1904 && /[dmyhs]/i.test(format);
    return { text: formatNumber(isDate ? value + DAYS_FROM_1900_TO_1904 : value, format, cells.language), numeric: true };
  }
  const truth = (value: number): Cell => ({ text: truthsOf(cells.language)[value === 0 ? 1 : 0] ?? '', numeric: false });
  const fault = (code: number): Cell => ({ text: faultOf(code), numeric: false });

  function formula(data: Buffer, row: number, column: number, style: number): void {
    // Half of a double that is no number says that the result is none, and what it is instead.
    const kind = data.readUInt16LE(12) === 0xffff ? data.readUInt8(6) : undefined;
    if (kind === undefined) put(row, column, number(data.readDoubleLE(6), style));
    else if (kind === 0) awaiting = { row, column };
    else if (kind === 1) put(row, column, truth(data.readUInt8(8)));
    else if (kind === 2) put(row, column, fault(data.readUInt8(8)));
  }

  return {
    rows,
    /** Takes a record if it is a cell's. */
    take(record: Biff): void {
      const [data] = record.parts;
      if (record.type === CellRecord.String) {
        if (awaiting !== undefined) put(awaiting.row, awaiting.column, { text: readString(record, 0), numeric: false });
        awaiting = undefined;
        return;
      }
      if (!Object.values<number>(CellRecord).includes(record.type)) return;
      const [row, column, style] = [data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)];
      switch (record.type) {
        case CellRecord.LabelSst:
          put(row, column, { text: cells.strings[data.readUInt32LE(6)] ?? '', numeric: false });
          break;
        case CellRecord.Label:
        case CellRecord.RString:
          put(row, column, { text: readString(record, 6), numeric: false });
          break;
        case CellRecord.Number:
          put(row, column, number(data.readDoubleLE(6), style));
          break;
        case CellRecord.Rk:
          put(row, column, number(rkNumber(data.readInt32LE(6)), style));
          break;
        case CellRecord.MulRk:
          for (let at = 4, to = column; at + 6 <= data.length - 2; at += 6, to++)
            put(row, to, number(rkNumber(data.readInt32LE(at + 2)), data.readUInt16LE(at)));
          break;
        case CellRecord.BoolErr:
          put(row, column, data.readUInt8(7) === 1 ? fault(data.readUInt8(6)) : truth(data.readUInt8(6)));
          break;
        default:
          formula(data, row, column, style);
      }
    },
  };
}
