import type { TableElement } from '#schemas/records/extracted.ts';
import { formatNumber } from '../number-format.ts';
import type { CellContext } from '../xlsx/sheet.ts';
import { CellRecord } from './cells.ts';
import type { Biff } from './records.ts';
import type { Strings } from './strings.ts';

/** Titles and labels that a chart shows, and the values that it draws. */
export type Chart = { texts: string[]; table: TableElement | undefined };

const SERIES_TEXT = 0x100d;
const SERIES_INDEX = 0x1065;
const VALUES = 1;
const CATEGORIES = 2;
/** More than this is a data dump, not a chart that someone reads. */
const MAX_POINTS = 10_000;

/** Reads the records of a chart, which keeps a copy of the values that it draws. */
export function chartReader({ language }: CellContext, readString: Strings) {
  const texts: string[] = [];
  const values = new Map<number, Map<number, string>>();
  const categories = new Map<number, string>();
  let kind = 0;
  let points = 0;

  function point(point: number, series: number, text: string): void {
    points += 1;
    if (points > MAX_POINTS) return;
    if (kind === CATEGORIES) categories.set(point, text);
    else if (kind === VALUES) values.set(point, (values.get(point) ?? new Map<number, string>()).set(series, text));
  }

  function table(): TableElement | undefined {
    const series = [...new Set([...values.values()].flatMap((row) => [...row.keys()]))].sort((a, b) => a - b);
    const indexes = [...new Set([...categories.keys(), ...values.keys()])].sort((a, b) => a - b);
    if (series.length === 0 || indexes.length * series.length > MAX_POINTS) return undefined;
    const rows = indexes.map((index) => [categories.get(index) ?? '', ...series.map((column) => values.get(index)?.get(column) ?? '')]);
    return { kind: 'table', rows, headerRows: 0 };
  }

  return {
    take(record: Biff): void {
      const [data] = record.parts;
      if (record.type === SERIES_TEXT) texts.push(readString(record, 2, 1).trim());
      else if (record.type === SERIES_INDEX) kind = data.readUInt16LE();
      else if (record.type === CellRecord.Number)
        point(data.readUInt16LE(), data.readUInt16LE(2), formatNumber(data.readDoubleLE(6), 'General', language));
      else if (record.type === CellRecord.Label) point(data.readUInt16LE(), data.readUInt16LE(2), readString(record, 6));
    },
    finish: (): Chart => ({ texts: texts.filter((text) => text !== ''), table: table() }),
  };
}
