import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import { sniff } from '#core/formats/sniff.ts';
import type { Parsers } from '#core/ports/parsers.ts';
import type { TableInput } from '#core/ports/table-engine.ts';
import { documentTable } from '#core/tables/document-table.ts';

/** A file as an input of the table engine: read by it where it can, else the table that its parser finds in it. */
export async function tableInput(alias: string, file: string, parsers: () => Parsers, sheet?: string): Promise<TableInput> {
  const stats = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new SluiceError('not-found', `reading ${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  if (!stats.isFile()) throw new SluiceError('invalid-input', `reading ${file}: not a file`);
  const name = path.basename(file);
  const handle = await open(file);
  try {
    const read = async (start: number, end: number): Promise<Uint8Array> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.max(0, end - start)), 0, Math.max(0, end - start), start);
      return buffer.subarray(0, bytesRead);
    };
    const { format } = await sniff({ name, size: stats.size, read });
    if (format === 'csv' || format === 'tsv' || format === 'ndjson' || format === 'parquet') return { alias, file, format };
    if (
      format === 'json' &&
      /^\s*\[/.test(
        Buffer.from(await read(0, 1024))
          .toString('utf8')
          .replace(/^\ufeff/, ''),
      )
    )
      return { alias, file, format };
  } finally {
    await handle.close();
  }
  const extracted = await parsers().parse({ name, size: stats.size, withFile: (use) => use(path.resolve(file)) });
  const table = documentTable(extracted, sheet);
  if (!table)
    throw new SluiceError('invalid-input', `reading ${file}: there is no table in it${sheet === undefined ? '' : ` on a sheet ${sheet}`}`);
  return { alias, ...table };
}
