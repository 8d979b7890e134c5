import type { Anonymity } from '#schemas/pii.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { localSpans } from '../purify/local-spans.ts';
import { maskSpans } from '../purify/mask-text.ts';
import type { MaskPolicy } from '../purify/policy.ts';
import { type DocumentTable, documentTable, sheetsWithTables } from '../tables/document-table.ts';
import { limits, type Result, resultOf } from './check.ts';

type Group = { sheet: string | undefined; smallest: number; rows: number; all: number };

const plain = (header: string): string => header.normalize('NFKC').trim().toLowerCase();

/** Where the columns stand; undefined: the table lacks one. */
function placesOf({ header }: DocumentTable, columns: readonly string[]): number[] | undefined {
  const headers = header.map(plain);
  const places = columns.map((column) => headers.indexOf(plain(column)));
  return places.includes(-1) ? undefined : places;
}

/** The values of the columns in each row, as they will be when they are masked. */
function masked({ header, rows }: DocumentTable, places: readonly number[], policy: MaskPolicy): string[] {
  const pieces = rows.flatMap((row) => places.map((place) => ({ text: row[place] ?? '', hint: header[place] ?? '' })));
  const spans = localSpans(pieces, policy);
  const values = pieces.map(({ text }, i) => maskSpans(text, spans[i] ?? [], policy).trim());
  return rows.map((_, row) => JSON.stringify(values.slice(row * places.length, (row + 1) * places.length)));
}

function groupOf(table: DocumentTable, { columns, k }: Anonymity, policy: MaskPolicy): Omit<Group, 'sheet'> | undefined {
  const places = placesOf(table, columns);
  if (!places || table.rows.length === 0) return undefined;
  const sizes = new Map<string, number>();
  for (const values of masked(table, places, policy)) sizes.set(values, (sizes.get(values) ?? 0) + 1);
  let [smallest, rows] = [table.rows.length, 0];
  for (const size of sizes.values()) {
    smallest = Math.min(smallest, size);
    if (size < k) rows += size;
  }
  return { smallest, rows, all: table.rows.length };
}

/** How anonymous the rows of a document's tables are, by the worst of them; nothing where none has the columns. */
export function judgeAnonymity(extracted: Extracted, anonymity: Anonymity | undefined, policy: MaskPolicy): Result[] {
  if (!anonymity) return [];
  const groups = sheetsWithTables(extracted).flatMap((sheet): Group[] => {
    const table = documentTable(extracted, sheet);
    const group = table && groupOf(table, anonymity, policy);
    return group ? [{ sheet, ...group }] : [];
  });
  const [worst] = groups.sort((a, b) => a.smallest - b.smallest);
  if (!worst) return [];
  const { k, columns, otherwise } = anonymity;
  const where = worst.sheet === undefined ? '' : ' of a sheet';
  const message = `the smallest group${where} by ${columns.join(', ')} has ${worst.smallest} rows; ${worst.rows} of ${worst.all} rows are in groups of fewer than ${k}`;
  return [resultOf('k-anonymity', { score: worst.smallest / k, message }, limits({ weight: 0, [otherwise]: 1 }))];
}
