import { z } from 'zod';
import type { Element, Extracted } from '#schemas/records/extracted.ts';
import type { FormatName } from '../formats/index.ts';
import type { ContentHandle } from '../ports/content.ts';

/** How a document is divided: pages of a PDF (from 1, both ends included), or bytes of rows (end exclusive). */
export const Parts = z.object({
  v: z.literal(1),
  unit: z.enum(['pages', 'bytes']),
  format: z.string(),
  parts: z.array(z.object({ from: z.int().nonnegative(), to: z.int().nonnegative() })).min(1),
});
export type Parts = z.infer<typeof Parts>;

const ROW_FORMATS: ReadonlySet<string> = new Set(['csv', 'tsv', 'ndjson'] satisfies FormatName[]);

/** Whether a file of this format can be read in parts. */
export const isDivisible = (format: string): boolean => format === 'pdf' || ROW_FORMATS.has(format);
export const hasRows = (format: string): boolean => ROW_FORMATS.has(format);

export function pageParts(pages: number, size: number): Parts {
  const parts = Array.from({ length: Math.ceil(pages / size) }, (_, i) => ({ from: i * size + 1, to: Math.min(pages, (i + 1) * size) }));
  return { v: 1, unit: 'pages', format: 'pdf', parts };
}

const STEP = 4 * 1024 * 1024;
/** A row this long is no row; the file is then not divided. */
const MAX_ROW = 8 * 1024 * 1024;
const [NEWLINE, QUOTE] = [0x0a, 0x22];

/** UTF-16 and UTF-32 have zero bytes, and their line ends stand elsewhere. */
const isWide = (head: Uint8Array): boolean => head.subarray(0, 1024).includes(0);

/**
 * Cuts a file of rows into stretches of about `size` bytes that begin with a row, in one pass over its bytes and no
 * more memory than a step of it. In separated values a line end between quotes ends no row. Undefined: it is read whole.
 */
export async function rowParts(content: Pick<ContentHandle, 'size' | 'read'>, format: string, size: number): Promise<Parts | undefined> {
  const parts: Parts['parts'] = [];
  let [from, isQuoted] = [0, false];
  for (let at = 0; at < content.size; at += STEP) {
    const bytes = await content.read(at, Math.min(content.size, at + STEP));
    if (at === 0 && isWide(bytes)) return undefined;
    if (bytes.length === 0) break;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === QUOTE && format !== 'ndjson') isQuoted = !isQuoted;
      else if (byte === NEWLINE && !isQuoted && at + i + 1 - from >= size) {
        parts.push({ from, to: at + i + 1 });
        from = at + i + 1;
      }
    }
    if (at + bytes.length - from > size + MAX_ROW) return undefined;
  }
  if (from < content.size) parts.push({ from, to: content.size });
  return { v: 1, unit: 'bytes', format, parts };
}

/** A summary of a part says nothing of the whole; that gets its own. */
const ownElements = ({ elements }: Extracted): Element[] => elements.filter(({ kind }) => kind !== 'summary');

/** The parts of a document as one, in order. Rows of a table that goes on in the next part are one table. */
export function joined(format: string, parts: readonly Extracted[]): Extracted {
  const [first, ...others] = parts;
  if (!first) throw new Error('a document without parts');
  if (others.length === 0) return first;
  const elements = ownElements(first);
  for (const part of others) append(elements, ownElements(part), hasRows(format), format !== 'ndjson');
  const scans = parts.flatMap((part) => part.scans ?? []);
  const { pages: _, scans: __, ...rest } = first;
  const pages = Math.max(...parts.map((part) => part.pages ?? 0));
  return {
    ...rest,
    elements,
    ...(pages > 0 && { pages }),
    ...(scans.length > 0 && { scans }),
    warnings: parts.flatMap((part) => part.warnings),
  };
}

type Table = Extract<Element, { kind: 'table' }>;
const isSameRow = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Adds a part's elements. What the parser of a part of separated values took for a title or a header are rows like the
 * others, since only the file's first part has one; JSON lines give every table its names, and like ones go on.
 */
function append(elements: Element[], more: readonly Element[], isRows: boolean, isSeparated: boolean): void {
  const last = elements.at(-1);
  if (!isRows || last?.kind !== 'table') {
    elements.push(...more);
    return;
  }
  const [next] = more;
  if (isSeparated) {
    const rows = more.flatMap((element) => (element.kind === 'table' ? element.rows : [[element.text]]));
    elements[elements.length - 1] = { ...last, rows: last.rows.concat(rows) };
  } else if (next?.kind === 'table' && isContinued(last, next)) {
    elements[elements.length - 1] = { ...last, rows: last.rows.concat(next.rows.slice(next.headerRows)) };
    elements.push(...more.slice(1));
  } else elements.push(...more);
}

const isContinued = (last: Table, next: Table): boolean =>
  last.headerRows === 1 && next.headerRows === 1 && isSameRow(last.rows[0], next.rows[0]);
