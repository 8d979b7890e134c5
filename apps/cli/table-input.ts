import { fileContent } from '#adapters/parsing/file-content.ts';
import { SluiceError } from '#core/errors.ts';
import { sniff } from '#core/formats/sniff.ts';
import type { ContentHandle } from '#core/ports/content.ts';
import type { Parsers } from '#core/ports/parsers.ts';
import type { TableInput } from '#core/ports/table-engine.ts';
import { documentTable, sheetsWithTables } from '#core/tables/document-table.ts';
import { engineFormat } from '#core/tables/engine-format.ts';

type Content = Pick<ContentHandle, 'name' | 'size' | 'read' | 'withFile'> & { contentHash?: string };

/** A file as an input of the table engine: read by it where it can, else the table that its parser finds in it. */
export async function tableInput(alias: string, name: string, parsers: () => Parsers, sheet?: string): Promise<TableInput> {
  const content = await fileContent(name);
  const read = await readByEngine(alias, content);
  if (read) return content.withFile(async (file) => ({ ...read, file }));
  const table = documentTable(await parsers().parse(content), sheet);
  if (!table)
    throw new SluiceError('invalid-input', `reading ${name}: there is no table in it${sheet === undefined ? '' : ` on a sheet ${sheet}`}`);
  return { alias, ...table };
}

async function readByEngine(alias: string, content: Content): Promise<Omit<Extract<TableInput, { file: string }>, 'file'> | undefined> {
  const format = await engineFormat((await sniff(content)).format, content);
  return format && { alias, format, ...(content.contentHash !== undefined && { contentHash: content.contentHash }) };
}

export type NamedTable = { sheet?: string; input: TableInput };

/** Lends a document's tables to the table engine: one, or of a workbook the largest of each sheet. */
export async function withTables(content: Content, parsers: Parsers, use: (table: NamedTable) => Promise<void>): Promise<void> {
  const read = await readByEngine('primary', content);
  if (read) return content.withFile((file) => use({ input: { ...read, file } }));
  const extracted = await parsers.parse(content);
  for (const sheet of sheetsWithTables(extracted)) {
    const table = documentTable(extracted, sheet);
    if (table) await use({ ...(sheet !== undefined && { sheet }), input: { alias: 'primary', ...table } });
  }
}
