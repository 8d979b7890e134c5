import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import type { JsonValue } from '../json/read.ts';

export type JsonObject = { [key: string]: JsonValue };
export type Cell = { kind: 'markdown' | 'code' | 'raw'; source: string; outputs: JsonObject[] };
export type Notebook = { cells: Cell[]; language: string | undefined; metadata: DocumentMetadata };

export const objectOf = (value: JsonValue | undefined): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;

const listOf = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value) ? value.map(objectOf).filter((item) => item !== undefined) : [];

/** A text, which notebooks keep in one string or line by line. */
export const textOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : '';

function cellOf(value: JsonObject): Cell {
  const type = textOf(value.cell_type);
  const source = textOf(value.source) || textOf(value.input);
  // Version 3 had headings as cells of their own.
  if (type === 'heading') {
    const level = typeof value.level === 'number' ? Math.min(6, Math.max(1, value.level)) : 1;
    return { kind: 'markdown', source: `${'#'.repeat(level)} ${source.replace(/\s+/g, ' ')}`, outputs: [] };
  }
  return { kind: type === 'code' || type === 'markdown' ? type : 'raw', source, outputs: listOf(value.outputs) };
}

/** A notebook of any version; undefined: the value is none. */
export function readNotebook(value: JsonValue): Notebook | undefined {
  const root = objectOf(value);
  const cells = Array.isArray(root?.cells) ? listOf(root.cells) : listOf(root?.worksheets).flatMap((sheet) => listOf(sheet.cells));
  if (root === undefined || (!Array.isArray(root.cells) && !Array.isArray(root.worksheets))) return undefined;
  const metadata = objectOf(root.metadata);
  const language = textOf(objectOf(metadata?.language_info)?.name) || textOf(objectOf(metadata?.kernelspec)?.language);
  const author = listOf(metadata?.authors)
    .map((person) => textOf(person.name))
    .filter((name) => name !== '')
    .join(', ');
  const title = textOf(metadata?.title);
  return {
    cells: cells.map(cellOf),
    language: language === '' ? undefined : language.toLowerCase(),
    metadata: { ...(title !== '' && { title }), ...(author !== '' && { author }) },
  };
}
