import type { Config } from '#schemas/config.ts';
import type { DocumentMetadata, Element, Extracted } from '#schemas/records/extracted.ts';
import { identifier, rowsOf } from '../dqdl/sql.ts';
import { SluiceError } from '../errors.ts';
import { readRows, splitPreamble } from '../formats/csv/rows.ts';
import { decodeAs, textEncoding } from '../formats/encoding.ts';
import { normalised } from '../formats/finish.ts';
import { FORMATS, type Format } from '../formats/index.ts';
import type { ContentHandle } from '../ports/content.ts';
import type { TableEngine, TableFacts, Tables } from '../ports/table-engine.ts';
import { type EngineFormat, engineFormat } from '../tables/engine-format.ts';
import { profileTable } from '../tables/profile.ts';
import { ROWS_LEFT_OUT } from '../tables/rows-left-out.ts';
import { profileSummary } from '../tables/summary.ts';

type Content = Pick<ContentHandle, 'name' | 'size' | 'read' | 'withFile'> & { contentHash?: string };
type Limits = Pick<Config['extraction'], 'wholeTableMb' | 'largeTableRows'>;

/** Rows that are asked for at once. */
const BATCH = 1_000;
/** Of the rows of a large table, however few they are. */
const MOST_CHARACTERS = 1_000_000;
const HEAD = 64 * 1024;
const NEEDS_ENGINE: ReadonlySet<string> = new Set(
  Object.entries<Format>(FORMATS).flatMap(([name, { byEngine }]) => (byEngine ? [name] : [])),
);

/**
 * A table file as a document, read by the table engine within its bounds: all its rows are counted in the summary, and all or
 * the first of them stand in the table. Undefined: its parser reads it, since that holds it whole. Throws as a parser does.
 */
export async function engineTable(
  content: Content,
  format: string,
  { wholeTableMb, largeTableRows }: Limits,
  engine: TableEngine | undefined,
): Promise<Extracted | undefined> {
  if (!engine || (!NEEDS_ENGINE.has(format) && content.size <= wholeTableMb * 1e6)) return undefined;
  const read = await engineFormat(format, content);
  if (!read) return undefined;
  const input = { alias: 'primary', format: read, ...(content.contentHash !== undefined && { contentHash: content.contentHash }) };
  const above = await preambleOf(content, read);
  try {
    return await content.withFile((file) =>
      engine.open([{ ...input, file }], async (tables) => {
        const isWhole = (await charactersOf(tables)) <= wholeTableMb * 1e6;
        return document(format, above, tables, isWhole ? Number.POSITIVE_INFINITY : largeTableRows);
      }),
    );
  } catch (error) {
    // The statements are ours, so nothing is wrong with them but their time.
    if (error instanceof SluiceError && error.code === 'invalid-rules')
      throw new SluiceError('parse-timeout', `reading ${content.name}: counting its rows takes too long`, { cause: error });
    throw error;
  }
}

/** Lines above the table of separated values. */
async function preambleOf({ read }: Content, format: EngineFormat): Promise<Element[]> {
  if (format !== 'csv' && format !== 'tsv') return [];
  const head = await read(0, HEAD);
  const text = decodeAs(textEncoding(head) ?? 'utf-8', head);
  const { preamble } = splitPreamble(readRows(text, format === 'tsv' && text.includes('\t') ? '\t' : undefined).rows);
  return preamble.map((line) => ({ kind: 'paragraph', text: line }));
}

const factsOf = ({ tables }: Tables): TableFacts => tables.get('primary') ?? { columns: [], rows: 0 };
const textOf = (name: string): string => identifier(`${name} (text)`);

async function charactersOf(tables: Tables): Promise<number> {
  const lengths = factsOf(tables).columns.map(({ name }) => `coalesce(sum(length(${textOf(name)})), 0)`);
  if (lengths.length === 0) return 0;
  const [row] = await tables.query(`SELECT CAST(${lengths.join(' + ')} AS DOUBLE) AS n FROM ${rowsOf('primary')}`);
  return Number(row?.n ?? 0);
}

async function document(format: string, above: Element[], tables: Tables, mostRows: number): Promise<Extracted> {
  const facts = factsOf(tables);
  const names = facts.columns.map(({ name }) => name);
  const rows = await firstRows(tables, names, mostRows);
  const warnings: Extracted['warnings'] = [];
  if (facts.isUneven)
    warnings.push({
      code: 'ragged-rows',
      message: 'rows have more or fewer cells than the table has columns; cells beyond these are left out',
    });
  const left = facts.rows - rows.length;
  if (left > 0) warnings.push({ code: ROWS_LEFT_OUT, message: `${left} of ${facts.rows} rows are told by the summary alone`, count: left });
  const table: Element[] = rows.length > 0 ? [{ kind: 'table', rows: [names, ...rows], headerRows: 1 }] : [];
  const read = normalised({ format, metadata: metadataOf(facts), elements: [...above, ...table], warnings });
  const summary = profileSummary(await profileTable(tables), rows.length);
  return summary === undefined ? read : { ...read, elements: [...read.elements, { kind: 'summary', text: summary }] };
}

/** Rows from the first on, as many as may be; of a table that is taken whole all of them. */
async function firstRows(tables: Tables, names: readonly string[], most: number): Promise<string[][]> {
  const texts = names.map((name, i) => `${textOf(name)} AS c${i}`).join(', ');
  const rows: string[][] = [];
  let characters = 0;
  while (names.length > 0 && rows.length < most) {
    const [after, to] = [rows.length, Math.min(most, rows.length + BATCH)];
    const found = await tables.query(`SELECT ${texts} FROM ${rowsOf('primary')} WHERE __row > ${after} AND __row <= ${to} ORDER BY __row`);
    for (const row of found) {
      const cells = names.map((_, i) => String(row[`c${i}`] ?? ''));
      characters += cells.reduce((sum, cell) => sum + cell.length, 0);
      if (Number.isFinite(most) && characters > MOST_CHARACTERS) return rows;
      rows.push(cells);
    }
    if (found.length < to - after) break;
  }
  return rows;
}

const FIELDS = ['title', 'author', 'subject', 'language', 'created', 'modified'] as const;

function metadataOf({ metadata = {} }: TableFacts): DocumentMetadata {
  return Object.fromEntries(FIELDS.flatMap((field) => (metadata[field] === undefined ? [] : [[field, metadata[field]]])));
}
