import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';

const SAMPLES = path.join(import.meta.dirname, '../../samples');
/** Rules are no document, and a picture is read by a recogniser, which has tests of its own. */
const isRead = (file: string): boolean => !file.endsWith(SIDECAR_SUFFIX) && !/\.(?:dqdl|png)$/.test(file);

const files = globSync('{claims,documents,problems,tables}/**/*.*', { cwd: SAMPLES }).filter(isRead).sort();

/** Rows of a table that are shown from its start and its end. */
const ROWS = 15;

function rowsOf({ rows, headerRows }: Extract<Element, { kind: 'table' }>): string {
  const shown = rows.map((cells, i) => `${i < headerRows ? '=' : ' '} ${cells.join(' | ')}`);
  if (shown.length <= 2 * ROWS) return shown.join('\n');
  return [...shown.slice(0, ROWS), `  ... ${shown.length - 2 * ROWS} rows`, ...shown.slice(-ROWS)].join('\n');
}

/** What stands before a text: its kind, and all that is known of it but its place on the page to the point. */
function labelOf(element: Element): string {
  const { kind, text: _, rows: __, headerRows: ___, box: ____, ...rest } = { text: '', rows: [], headerRows: 0, ...element };
  const facts = Object.entries(rest)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return `[${[kind, ...facts].join(' ')}]`;
}

const linesOf = ({ format, metadata, pages, members = [], warnings, elements }: Extracted): string[] => [
  `format: ${format}${pages === undefined ? '' : `, ${pages} pages`}`,
  ...Object.entries(metadata).map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : value}`),
  ...members.map(({ path: name, size }) => `member: ${name} (${size} bytes)`),
  ...warnings.map(
    ({ code, message, page, count }) => `warning: ${code}: ${message}${page ? `, page ${page}` : ''}${count ? `, ${count} times` : ''}`,
  ),
  ...elements.map((element) => `\n${labelOf(element)}\n${element.kind === 'table' ? rowsOf(element) : element.text}`),
];

async function shown(file: string): Promise<string> {
  try {
    const bytes = readFileSync(path.join(SAMPLES, file));
    return `${linesOf(await parseDocument(bytes, path.basename(file), DEFAULT_PARSE_LIMITS)).join('\n')}\n`;
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    return `${error.code}: ${error.message}\n`;
  }
}

// After a change that is meant: npx vitest run test/golden -u, and read the difference.
it.each(files)('%s gives what was reviewed', async (file) => {
  await expect(await shown(file)).toMatchFileSnapshot(path.join(import.meta.dirname, `${file}.txt`));
});
