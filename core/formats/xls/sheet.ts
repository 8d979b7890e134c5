import type { ParseContext } from '../index.ts';
import { headerText, type Sheet } from '../xlsx/sheet.ts';
import { cellReader } from './cells.ts';
import { type Chart, chartReader } from './chart.ts';
import { type Biff, BOF, EOF, substream } from './records.ts';
import { StringReader } from './strings.ts';
import type { SheetEntry, XlsWorkbook } from './workbook.ts';

export type XlsSheet = Omit<Sheet, 'whole'> & { comments: string[]; shapes: string[]; charts: Chart[]; broken: number };

const Record = {
  Header: 0x0014,
  Footer: 0x0015,
  Obj: 0x005d,
  ColInfo: 0x007d,
  FilterMode: 0x009b,
  MergedCells: 0x00e5,
  Txo: 0x01b6,
  Row: 0x0208,
} as const;

const NOTE_OBJECT = 0x19;
/** Every row of a sheet: a filter hides rows as a view, without saying here in which area. */
const WHOLE_SHEET = { top: 1, left: 1, bottom: 1_048_576, right: 16_384 };

/** One sheet's substream; a record that cannot be read costs that record. */
export function readXlsSheet(stream: Buffer, entry: SheetEntry, { cells, readString }: XlsWorkbook, context: ParseContext): XlsSheet {
  const reader = cellReader(cells, readString, context);
  const sheet: Omit<XlsSheet, 'rows'> = {
    hiddenColumns: [],
    filtered: [],
    headerFooter: [],
    comments: [],
    shapes: [],
    charts: [],
    broken: 0,
  };
  let isNote = false;
  let chart: ReturnType<typeof chartReader> | undefined;

  function take(record: Biff): void {
    const [data] = record.parts;
    switch (record.type) {
      case Record.Row:
        if (data.readUInt32LE(12) & 0x20) reader.rows.hide(data.readUInt16LE() + 1);
        break;
      case Record.ColInfo:
        if (data.readUInt16LE(8) & 1) sheet.hiddenColumns.push({ from: data.readUInt16LE() + 1, to: data.readUInt16LE(2) + 1 });
        break;
      case Record.FilterMode:
        sheet.filtered.push(WHOLE_SHEET);
        break;
      case Record.MergedCells:
        for (let at = 2; at + 8 <= data.length; at += 8) {
          const [top, bottom, left, right] = [0, 2, 4, 6].map((i) => data.readUInt16LE(at + i) + 1);
          reader.rows.merge({ top: top ?? 1, bottom: bottom ?? 1, left: left ?? 1, right: right ?? 1 });
        }
        break;
      case Record.Header:
      case Record.Footer:
        if (data.length > 2) headerFooter(record.type === Record.Header ? 'header' : 'footer', record);
        break;
      case Record.Obj:
        isNote = data.readUInt16LE(4) === NOTE_OBJECT;
        break;
      case Record.Txo:
        if (record.parts.length > 1) (isNote ? sheet.comments : sheet.shapes).push(textOfObject(record));
        break;
      default:
        reader.take(record);
    }
  }

  function headerFooter(kind: 'header' | 'footer', record: Biff): void {
    const text = headerText(readString(record, 0));
    if (text !== '') sheet.headerFooter.push({ kind, text });
  }

  for (const record of substream(stream, entry.offset)) {
    try {
      const isChart = record.depth > 1 || entry.kind === 'chart';
      if (record.type === BOF && isChart) chart ??= chartReader(cells, readString);
      if (!isChart) take(record);
      else if (record.type === EOF && chart !== undefined) {
        sheet.charts.push(chart.finish());
        chart = undefined;
      } else chart?.take(record);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      sheet.broken += 1;
    }
  }
  return { ...sheet, rows: reader.rows.finish() };
}

/** The text of a box stands in the records that continue it. */
function textOfObject({ parts: [data, first, ...rest] }: Biff): string {
  const count = data.readUInt16LE(10);
  if (first === undefined || count === 0) return '';
  const text = new StringReader({ parts: [first, ...rest] }, 1).characters(count, (first.readUInt8() & 1) === 1);
  return text.replace(/\r\n?/g, '\n').trim();
}
