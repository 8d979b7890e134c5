import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** What reads documents in a child process, which is a program of its own beside the function's. */
const PARSING: ReadonlySet<string> = new Set(['extract-text', 'extract-table', 'task']);
/** Of these, what reads PDFs too: the WebAssembly of their reader lies beside the program. */
const WITH_PDF: ReadonlySet<string> = new Set(['extract-text', 'task']);

/** The table of formats loads parsers at their first use, which is in a parsing process: a function carries none. */
export const withoutParsers: Plugin = {
  name: 'without-parsers',
  setup: (builder) =>
    builder.onResolve({ filter: /^\./ }, ({ kind, importer, path: imported }) =>
      kind === 'dynamic-import' && importer.endsWith(path.join('core', 'formats', 'index.ts'))
        ? { path: imported, external: true }
        : undefined,
    ),
};

/**
 * The program of a function's parsing processes, each parser in a file of its own: a process loads those that it needs.
 * Undefined: the function parses nothing.
 */
export async function bundleParsers(name: string, folder: string, options: BuildOptions): Promise<Metafile | undefined> {
  if (!PARSING.has(name)) return undefined;
  if (WITH_PDF.has(name)) {
    copyFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'), path.join(folder, 'pdfium.wasm'));
  }
  const { metafile } = await build({
    ...options,
    entryPoints: [path.join(import.meta.dirname, '../adapters/parsing/parse-child.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parser-[hash]',
    splitting: true,
  });
  return metafile;
}
