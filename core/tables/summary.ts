import type { Element, Extracted, TableElement } from '#schemas/records/extracted.ts';
import { type ColumnStatistics, columnStatistics, profiledStatistics } from './column-statistics.ts';
import type { Profile } from './profile.ts';

/** Shorter tables tell themselves. */
const LEAST_ROWS = 10;
const MOST_COLUMNS = 30;
const MOST_CHARACTERS = 60;

const count = (value: number): string => value.toLocaleString('en-US');
const number = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: Math.abs(value) < 1000 ? 4 : 7 });
const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
};

const shares = (top: readonly [string, number][], of: number): string =>
  top.map(([value, times]) => `${short(value)} ${count(times)} (${Math.round((100 * times) / of)} %)`).join(', ');

function told(column: ColumnStatistics, rows: number): string {
  const filled = rows - column.empty;
  switch (column.kind) {
    case 'nothing':
      return 'no values';
    case 'numbers': {
      const [quarter, median, threeQuarters] = column.quartiles.map(number);
      const spread = `mean ${number(column.mean)}, median ${median}, half of them between ${quarter} and ${threeQuarters}, sum ${number(column.sum)}`;
      return `numbers from ${number(column.least)} to ${number(column.most)}${column.distinct === filled ? ', all different' : ''}, ${spread}`;
    }
    case 'dates':
      return column.first === column.last ? `the date ${column.first}` : `dates from ${column.first} to ${column.last}`;
    case 'answers':
      return `answers worth ${number(column.mean)} on average on a scale from 1 (worst) to ${column.of} (best): ${shares(column.top, filled)}`;
    case 'categories':
      return `${column.distinct} different values, most often ${shares(column.top, filled)}`;
    case 'texts':
      return `texts of ${Math.round(column.length)} characters on average, ${column.isUnique ? 'all different' : `${column.isEstimate ? 'about ' : ''}${count(column.distinct)} different ones`}`;
  }
}

/** What a table says as a whole, a line for each column; undefined for one that is short, or whose columns have no names. */
export function tableSummary({ rows, headerRows }: Pick<TableElement, 'rows' | 'headerRows'>): string | undefined {
  const body = rows.slice(headerRows);
  const names = (rows[headerRows - 1] ?? []).map(short);
  if (body.length < LEAST_ROWS || names.length === 0) return undefined;
  const columns = names.slice(0, MOST_COLUMNS).map((name, i) =>
    columnStatistics(
      name || `column ${i + 1}`,
      body.map((row) => row[i] ?? ''),
    ),
  );
  return summaryText(columns, body.length, names.length);
}

/** As `tableSummary`, of a table that a table engine profiled; `found`: how many of its rows stand beside it. */
export function profileSummary({ rows, columns }: Profile, found: number): string | undefined {
  if (rows < LEAST_ROWS && found === rows) return undefined;
  const statistics = columns.slice(0, MOST_COLUMNS).map((column) => profiledStatistics({ ...column, name: short(column.name) }, rows));
  const left = found === rows ? '' : ` The first ${count(found)} rows can be found one by one.`;
  return summaryText(statistics, rows, columns.length, left);
}

const columnLine = (column: ColumnStatistics, rows: number): string =>
  `${column.name}: ${told(column, rows)}${column.empty > 0 && column.kind !== 'nothing' ? `, ${count(column.empty)} empty` : ''}.`;

/**
 * The summary of a table of which some columns have other values now, as masking gives them: what it says of these is said
 * anew, by the rows that stand in the document.
 */
export function summaryOfChanged(
  summary: string,
  before: readonly string[][],
  { rows, headerRows }: Pick<TableElement, 'rows' | 'headerRows'>,
) {
  const body = rows.slice(headerRows);
  const [title = '', ...lines] = summary.split('\n');
  const remade = lines.map((line, i) => {
    const isChanged = i < MOST_COLUMNS && body.some((row, at) => row[i] !== before[headerRows + at]?.[i]);
    if (!isChanged) return line;
    const name = short(rows[headerRows - 1]?.[i] ?? '') || `column ${i + 1}`;
    const values = body.map((row) => row[i] ?? '');
    return columnLine(columnStatistics(name, values), values.length);
  });
  return [title, ...remade].join('\n');
}

function summaryText(columns: readonly ColumnStatistics[], rows: number, width: number, note = ''): string {
  const more = width - columns.length;
  return [
    `Summary of a table with ${count(rows)} rows and ${width} columns.${note}`,
    ...columns.map((column) => columnLine(column, rows)),
    ...(more > 0 ? [`And ${more} more columns.`] : []),
  ].join('\n');
}

function summaryAfter(element: Element): Element[] {
  if (element.kind === 'summary') return [];
  if (element.kind !== 'table' || element.hidden !== undefined || element.boilerplate !== undefined) return [element];
  const text = tableSummary(element);
  if (text === undefined) return [element];
  const { rows: _, headerRows: __, kind: ___, ...place } = element;
  return [element, { kind: 'summary', text, ...place }];
}

/** A document with a summary after each of its tables; those that it has already are made anew. */
export const withSummaries = (extracted: Extracted): Extracted => ({ ...extracted, elements: extracted.elements.flatMap(summaryAfter) });
