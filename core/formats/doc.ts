import type { Extracted } from '#schemas/records/extracted.ts';
import { tellActiveStorage, tellMarkedFields } from './active/office.ts';
import { type Collector, collector } from './collect.ts';
import { openCompoundFile } from './compound-file.ts';
import { readBlocks } from './doc/blocks.ts';
import { type DocFile, openDoc } from './doc/file.ts';
import { readLists } from './doc/lists.ts';
import type { Source } from './doc/paragraphs.ts';
import { readPieces, textOf } from './doc/pieces.ts';
import { readRuns } from './doc/runs.ts';
import { readDocStyles } from './doc/styles.ts';
import { carryObjects } from './embedded/objects.ts';
import type { ParseContext } from './index.ts';
import { summaryProperties } from './summary-properties.ts';

/** A document of Word 6 to 2003: body in order, then text boxes, notes and comments; headers and footers as boilerplate. */
export function parseDoc(bytes: Uint8Array, context: ParseContext): Extracted {
  const out = collector(context);
  const storage = openCompoundFile(bytes, context);
  const file = openDoc(storage, context);
  const source: Source = {
    file,
    pieces: readPieces(file),
    characters: readRuns(file.table('characterRuns'), file.stream, 1),
    paragraphs: readRuns(file.table('paragraphRuns'), file.stream, 13),
    styles: readDocStyles(file.table('styles')),
  };
  tellActiveStorage(storage, context.active);
  carryObjects(storage.storages.get('ObjectPool')?.storages, context);
  tellMarkedFields(
    source.pieces.map(({ from, to, start, width }) => textOf(file.stream, start, start + (to - from) * width, width)).join(''),
    context.active,
  );
  readStories(source, context, out);
  const { main } = file.parts;
  if ((source.pieces.at(-1)?.to ?? 0) < main) out.warn('truncated', 'the text is cut off; what stands before the break is kept');
  return { format: 'doc', metadata: summaryProperties(storage), elements: out.elements, warnings: out.warnings };
}

function readStories(source: Source, context: ParseContext, out: Collector): void {
  const { main, footnotes, headers, comments, endnotes, boxes } = source.file.parts;
  const numbering = readLists(source.file);
  const afterHeaders = main + footnotes + headers;
  const furniture = (wanted: 'header' | 'footer'): void => {
    const own = collector(context);
    for (const { kind, from, to } of furnitureOf(source.file))
      if (kind === wanted) readBlocks(source, numbering, main + footnotes + from, main + footnotes + to, { boilerplate: kind }, own);
    addOnce(own, out);
  };
  const notes = (from: number, length: number, kind: 'footnote' | 'note'): void => {
    const own = collector(context);
    readBlocks(source, numbering, from, from + length, {}, own);
    for (const element of own.elements) out.add(element.kind === 'table' ? element : { ...plain(element), kind });
  };
  furniture('header');
  readBlocks(source, numbering, 0, main, {}, out);
  readBlocks(source, numbering, afterHeaders + comments + endnotes, afterHeaders + comments + endnotes + boxes, {}, out);
  notes(main, footnotes, 'footnote');
  notes(afterHeaders + comments, endnotes, 'footnote');
  notes(afterHeaders, comments, 'note');
  furniture('footer');
}

const plain = <T extends { text: string; hidden?: string }>({ text, hidden }: T) => ({ text, ...(hidden !== undefined && { hidden }) });

/** The same header stands in every section. */
function addOnce(own: Collector, out: Collector): void {
  const known = new Set<string>();
  for (const element of own.elements) {
    const key = JSON.stringify(element);
    if (!known.has(key)) out.add(element);
    known.add(key);
  }
}

const KINDS = ['header', 'header', 'footer', 'footer', 'header', 'footer'] as const;

/** After six separators of notes each section has its headers and footers: even, odd, and of the first page. */
function furnitureOf(file: DocFile): { kind: 'header' | 'footer'; from: number; to: number }[] {
  const table = file.table('headers');
  const found: { kind: 'header' | 'footer'; from: number; to: number }[] = [];
  for (let i = 6; (i + 2) * 4 <= table.length; i++) {
    const [from, to] = [table.readUInt32LE(i * 4), Math.min(table.readUInt32LE(i * 4 + 4), file.parts.headers)];
    if (to > from) found.push({ kind: KINDS[i % 6] ?? 'header', from, to });
  }
  return found;
}
