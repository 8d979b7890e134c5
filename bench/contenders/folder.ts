import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type SourceFile = { source: string; text: string };

/** Every file of a folder by its path within it, in order. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort();
}

export const readAll = (folder: string): SourceFile[] =>
  filesOf(folder).map((source) => ({ source, text: readFileSync(path.join(folder, source), 'utf8') }));
