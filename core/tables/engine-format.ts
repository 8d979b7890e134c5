import type { ContentHandle } from '../ports/content.ts';
import type { TableInput } from '../ports/table-engine.ts';

export type EngineFormat = Extract<TableInput, { file: string }>['format'];

const ALWAYS: ReadonlySet<string> = new Set(['csv', 'tsv', 'ndjson', 'parquet'] satisfies EngineFormat[]);
const isAlways = (format: string): format is EngineFormat => ALWAYS.has(format);

const SUFFIXES: Readonly<Record<string, EngineFormat>> = { tab: 'tsv', jsonl: 'ndjson' };
/** What a file's name says that it is. */
export function formatNamed(path: string): string {
  const suffix = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return SUFFIXES[suffix] ?? suffix;
}

/** How a table engine reads a file itself; undefined: the file's parser knows its tables. JSON is a table if it is a list. */
export async function engineFormat(format: string, { read }: Pick<ContentHandle, 'read'>): Promise<EngineFormat | undefined> {
  if (isAlways(format)) return format;
  if (format !== 'json') return undefined;
  const head = new TextDecoder().decode(await read(0, 1024));
  return /^\s*\[/.test(head) ? 'json' : undefined;
}
