import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { SluiceError } from '#core/errors.ts';
import { type CsvDialect, csvDialect } from '#core/formats/csv/dialect.ts';
import { decodeAs, textEncoding } from '#core/formats/encoding.ts';
import { type Loaded, textColumns } from './columns.ts';
import { literal, quoted } from './quoting.ts';

const HEAD = 256 * 1024;

type CsvInput = { alias: string; file: string; format: 'csv' | 'tsv' };

/** A file of separated values as a table of texts; short rows are filled up where the file has such. */
export async function loadCsv(connection: DuckDBConnection, base: string, input: CsvInput, folder: string): Promise<Loaded> {
  const head = await headOf(input.file);
  const encoding = textEncoding(head);
  if (encoding === undefined)
    throw new SluiceError('unsupported-encoding', `reading the table ${input.alias}: its bytes are text in no known encoding`);
  const file = encoding === 'utf-8' ? input.file : await asUtf8(input.file, encoding, path.join(folder, `${input.alias}.utf-8`));
  const dialect = csvDialect(decodeAs(encoding, head), input.format === 'tsv');
  const read = await readEither(connection, base, file, dialect);
  return { columns: await textColumns(connection, base), ...read };
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function asUtf8(file: string, encoding: string, to: string): Promise<string> {
  const decoder = new TextDecoder(encoding);
  async function* decoded() {
    for await (const chunk of createReadStream(file)) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  }
  await pipeline(Readable.from(decoded()), createWriteStream(to, { mode: 0o600, flags: 'wx' }));
  return to;
}

/** Reads strictly, else leniently; tells the line of the first row where lines and rows go together. */
async function readEither(connection: DuckDBConnection, base: string, file: string, dialect: CsvDialect): Promise<Omit<Loaded, 'columns'>> {
  const { delimiter, skip, names } = dialect;
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const read = (more: string): string =>
    `CREATE TABLE ${base} AS SELECT * FROM read_csv(${literal(file)}, delim = ${literal(delimiter)}, quote = '"', escape = '"', header = false,
      skip = ${skip}, columns = {${columns}}, auto_detect = false, nullstr = '', allow_quoted_nulls = false, max_line_size = 2000000, buffer_size = 4000000${more})`;
  try {
    await connection.run(read(''));
  } catch {
    await connection.run(read(', null_padding = true, strict_mode = false, parallel = false'));
    return { isUneven: true };
  }
  return (await linesMatch(connection, base, file, dialect)) ? { firstLine: dialect.skippedLines + 1 } : {};
}

/** Whether the file has as many lines as its rows take: blank lines would move what follows them. */
async function linesMatch(connection: DuckDBConnection, base: string, file: string, { skippedLines, names }: CsvDialect): Promise<boolean> {
  const ends = names.map((name) => `coalesce(length(${quoted(name)}) - length(replace(${quoted(name)}, chr(10), '')), 0)`).join(' + ');
  const counted = await connection.runAndReadAll(`SELECT count(*) + coalesce(sum(${ends}), 0) FROM ${base}`);
  const taken = Number(counted.getRows()[0]?.[0] ?? 0);
  let lines = 0;
  let last = 10;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    if (!(chunk instanceof Uint8Array)) continue;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
    last = chunk.at(-1) ?? last;
  }
  return lines + (last === 10 ? 0 : 1) === skippedLines + taken;
}
