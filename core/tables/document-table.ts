import type { Extracted, TableElement } from '#schemas/records/extracted.ts';

export type DocumentTable = { header: string[]; rows: string[][] };

const isTable = (element: Extracted['elements'][number]): element is TableElement => element.kind === 'table';
const cells = (table: TableElement): number => table.rows.reduce((sum, row) => sum + row.length, 0);

/** The largest table of a document, or of one of its sheets; what a person cannot see is left out where there is something else. */
export function documentTable({ elements }: Pick<Extracted, 'elements'>, sheet?: string): DocumentTable | undefined {
  const tables = elements.filter(isTable).filter((table) => sheet === undefined || table.sheet === sheet);
  const seen = tables.filter(({ hidden }) => hidden === undefined);
  const [table] = (seen.length > 0 ? seen : tables).sort((a, b) => cells(b) - cells(a));
  if (!table) return undefined;
  const width = table.rows.reduce((most, row) => Math.max(most, row.length), 0);
  const headers = table.rows.slice(0, table.headerRows);
  const header = Array.from({ length: width }, (_, i) =>
    headers
      .map((row) => row[i]?.trim() ?? '')
      .filter(Boolean)
      .join(' '),
  );
  return { header, rows: table.rows.slice(table.headerRows) };
}

/** The sheets that have a table a person can see; undefined for what stands on none. */
export function sheetsWithTables({ elements }: Pick<Extracted, 'elements'>): (string | undefined)[] {
  return [...new Set(elements.filter(isTable).flatMap(({ hidden, sheet }) => (hidden === undefined ? [sheet] : [])))];
}
