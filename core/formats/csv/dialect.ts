import Papa from 'papaparse';
import { hasHeader } from './header.ts';
import { delimiterOf, splitPreamble } from './rows.ts';

/** How a file of separated values is written: what a reader that is not ours has to be told. */
export type CsvDialect = {
  delimiter: string;
  /** Rows before the first row of values, as DuckDB counts them (blank ones too): what declares the delimiter, a title, the header. */
  skip: number;
  /** The lines of these rows: more where a quoted name runs over several. */
  skippedLines: number;
  /** The names of the columns, none twice in any case; `column1` and so on where the file has none. */
  names: string[];
};

/** A file of one line: an export of nothing has its header. */
const NAME = /^\s*\p{L}[\p{L}\p{N}_ .-]*$/u;

/** Names that are not empty, and no two alike. */
export function distinctNames(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, i) => {
    const base = name.trim() || `column${i + 1}`;
    let distinct = base;
    for (let n = 2; seen.has(distinct.toLowerCase()); n++) distinct = `${base}_${n}`;
    seen.add(distinct.toLowerCase());
    return distinct;
  });
}

/** The dialect by a file's beginning, which need not end at a line's end. */
export function csvDialect(head: string, isTsv: boolean): CsvDialect {
  const text = head.replace(/\r\n?/g, '\n').replace(/^\ufeff/, '');
  const { delimiter, declaration } = delimiterOf(text, isTsv);
  const { data, errors } = Papa.parse<string[]>(text.slice(declaration.length), { delimiter, newline: '\n', preview: 200 });
  const rows = errors.some(({ code }) => code === 'MissingQuotes') ? data.slice(0, -1) : data;
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  const { table } = splitPreamble(filled);
  const first = table[0] ?? [];
  const header = hasHeader(table) || (table.length === 1 && first.every((cell) => NAME.test(cell)));
  const declared = declaration.split('\n').length - 1;
  const skipped = rows.slice(0, Math.max(0, rows.indexOf(first)) + (header ? 1 : 0));
  const width = header ? first.length : Math.max(...table.map((row) => row.length), 1);
  return {
    delimiter,
    skip: declared + skipped.length,
    skippedLines: declared + skipped.reduce((sum, row) => sum + linesOf(row), 0),
    names: distinctNames(header ? first : Array<string>(width).fill('')),
  };
}

const linesOf = (row: readonly string[]): number => 1 + row.join('').split('\n').length - 1;
