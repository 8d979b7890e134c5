import Papa from 'papaparse';

/** Stray quotes after which reading starts anew; more mean that quotes are no quotes in this file. */
const MAX_RESTARTS = 20;
/** Each blank line would become a row first. */
const BLANK_LINES = /\n{3,}/g;
const DELIMITERS = [',', ';', '\t', '|'];
/** Rows that a title or a note may take above a table. */
const MAX_PREAMBLE = 10;

type Rows = { rows: string[][]; unclosedQuotes: number };

/**
 * The rows of separated values; `delimiter` undefined: found out. A quote that never closes would swallow all that
 * follows, so its line is read with its quotes as plain characters.
 */
export function readRows(text: string, delimiter?: string): Rows {
  const { body, declared } = declaredDelimiter(text.replace(/\r\n?/g, '\n').replace(BLANK_LINES, '\n\n'));
  const separator = declared ?? delimiter ?? guessedDelimiter(body);
  const rows: string[][] = [];
  let unclosedQuotes = 0;
  for (let rest = body; rest !== ''; ) {
    const { data, strayRow, strayAt } = parse(rest, separator, unclosedQuotes < MAX_RESTARTS);
    if (strayAt === undefined) {
      append(rows, data);
      break;
    }
    append(rows, data.slice(0, strayRow));
    const lineStart = rest.lastIndexOf('\n', strayAt) + 1;
    const lineEnd = rest.indexOf('\n', strayAt);
    const line = rest.slice(lineStart, lineEnd === -1 ? rest.length : lineEnd);
    append(rows, parse(line, separator, false).data);
    rest = lineEnd === -1 ? '' : rest.slice(lineEnd + 1);
    unclosedQuotes++;
  }
  return { rows, unclosedQuotes };
}

const guessedDelimiter = (body: string): string =>
  Papa.parse<string[]>(body.slice(0, 65536), { delimitersToGuess: DELIMITERS, preview: 100 }).meta.delimiter;

/** What separates the values of a text, and the line that declares it, which is no data. */
export function delimiterOf(text: string, isTsv: boolean): { delimiter: string; declaration: string } {
  const { body, declared } = declaredDelimiter(text);
  const tab = isTsv && text.slice(0, 65536).includes('\t') ? '\t' : undefined;
  return { delimiter: declared ?? tab ?? guessedDelimiter(body), declaration: text.slice(0, text.length - body.length) };
}

function parse(text: string, delimiter: string, quotes: boolean): { data: string[][]; strayRow?: number; strayAt?: number } {
  // No text holds half a surrogate pair, so as a quote it switches quoting off.
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n', ...(quotes ? {} : { quoteChar: '\uDFFF' }) });
  const stray = quotes ? errors.find((error) => swallowsLines(error, data)) : undefined;
  return stray === undefined ? { data } : { data, strayRow: stray.row ?? 0, strayAt: stray.index ?? 0 };
}

/** Whether a badly closed quote made several lines one cell. */
const swallowsLines = (error: Papa.ParseError, data: readonly string[][]): boolean =>
  error.type === 'Quotes' &&
  error.index !== undefined &&
  (error.code === 'MissingQuotes' || (data[error.row ?? 0]?.some((cell) => cell.includes('\n')) ?? false));

/** Adds the rows that have any content. */
function append(rows: string[][], more: readonly string[][]): void {
  for (const row of more) if (row.some((cell) => cell.trim() !== '')) rows.push(row);
}

/** Excel's first line `sep=;`, which is no data. */
function declaredDelimiter(text: string): { body: string; declared: string | undefined } {
  const match = /^"?sep=(.)"?\n/i.exec(text.slice(0, 10));
  return match === null ? { body: text, declared: undefined } : { body: text.slice(match[0].length), declared: match[1] };
}

/** A title or a note above the table: lines with one filled cell, where the table has at least three columns. */
export function splitPreamble(rows: string[][]): { preamble: string[]; table: string[][] } {
  const filled = (row: readonly string[]): string[] => row.filter((cell) => cell.trim() !== '');
  const start = rows.slice(0, MAX_PREAMBLE + 1).findIndex((row) => filled(row).length > 1);
  const isTable = start > 0 && filled(rows[start] ?? []).length >= 3 && filled(rows[start + 1] ?? []).length >= 2;
  return isTable ? { preamble: rows.slice(0, start).flatMap(filled), table: rows.slice(start) } : { preamble: [], table: rows };
}
