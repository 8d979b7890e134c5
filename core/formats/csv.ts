import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { hasHeader } from './csv/header.ts';
import { readRows, splitPreamble } from './csv/rows.ts';
import type { ParseContext } from './index.ts';
import { readText } from './text.ts';

/** Values separated by commas, semicolons, tabs or bars, whichever divides the lines evenly. */
export const parseCsv = (bytes: Uint8Array, context: ParseContext): Extracted => parseSeparated('csv', bytes, context);

/** As `parseCsv`; a file that has tabs is divided by them. */
export const parseTsv = (bytes: Uint8Array, context: ParseContext): Extracted => parseSeparated('tsv', bytes, context);

function parseSeparated(format: 'csv' | 'tsv', bytes: Uint8Array, context: ParseContext): Extracted {
  const { text, warnings } = readText(bytes, context);
  const { rows, unclosedQuotes } = readRows(text, format === 'tsv' && text.slice(0, 65536).includes('\t') ? '\t' : undefined);
  const { preamble, table } = splitPreamble(rows);
  const elements: Element[] = preamble.map((line) => ({ kind: 'paragraph', text: line }));
  if (table.length > 0) elements.push({ kind: 'table', rows: table, headerRows: hasHeader(table) ? 1 : 0 });
  const width = table[0]?.length ?? 0;
  const ragged = table.filter((row) => row.length !== width).length;
  if (ragged > 0)
    warnings.push({ code: 'ragged-rows', message: `${ragged} of ${table.length} rows have more or fewer cells than the first` });
  if (unclosedQuotes > 0) warnings.push({ code: 'unclosed-quote', message: `${unclosedQuotes} quotes are opened and never closed` });
  return { format, metadata: {}, elements, warnings };
}
