import { SluiceError } from '#core/errors.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { tellActiveStorage } from './active/office.ts';
import { type Collector, collector } from './collect.ts';
import { openCompoundFile } from './compound-file.ts';
import { carryObjects } from './embedded/objects.ts';
import type { ParseContext } from './index.ts';
import { summaryProperties } from './summary-properties.ts';
import { readXlsSheet, type XlsSheet } from './xls/sheet.ts';
import { readWorkbook } from './xls/workbook.ts';
import { addCells, addSheet, type SheetFlags } from './xlsx/cells.ts';

/** A workbook of Excel 5 to 2003: as `parseXlsx` gives one, read from its records. */
export function parseXls(bytes: Uint8Array, context: ParseContext): Extracted {
  const out = collector(context);
  const file = openCompoundFile(bytes, context);
  const stream = file.read('Workbook') ?? file.read('Book');
  if (stream === undefined) throw new SluiceError('corrupt', `reading ${context.name}: the workbook is not in the file`);
  const records = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const workbook = readWorkbook(records, context);
  tellActiveStorage(file, context.active);
  carryObjects(new Map([...file.storages].filter(([name]) => name.startsWith('MBD'))), context);
  context.active?.('active-macro', workbook.sheets.filter(({ kind }) => kind === 'macros').length);
  context.active?.('active-exchange', workbook.exchanges);
  for (const entry of workbook.sheets) {
    if (entry.kind === 'other' || entry.kind === 'macros') continue;
    const sheet = readXlsSheet(records, entry, workbook, context);
    if (sheet.broken > 0) out.warn('broken-part', `records of a sheet cannot be read: ${sheet.broken}`);
    const flags = { sheet: entry.name, ...(entry.hidden && { hidden: 'hidden-sheet' }) };
    const own = collector(context);
    addContents(sheet, flags, own);
    addSheet(own.elements, flags, out);
  }
  return {
    format: 'xls',
    metadata: summaryProperties(file),
    elements: out.elements,
    pages: workbook.sheets.length,
    warnings: out.warnings,
  };
}

function addContents(sheet: XlsSheet, flags: SheetFlags, out: Collector): void {
  const furniture = (wanted: 'header' | 'footer'): void => {
    for (const { kind, text } of sheet.headerFooter)
      if (kind === wanted) out.add({ kind: 'paragraph', text, ...flags, boilerplate: wanted });
  };
  furniture('header');
  addCells(sheet, flags, out);
  for (const text of sheet.shapes) out.add({ kind: 'paragraph', text, ...flags });
  for (const { texts, table } of sheet.charts) {
    for (const text of texts) out.add({ kind: 'caption', text, ...flags });
    if (table !== undefined) out.add({ ...table, ...flags });
  }
  for (const text of sheet.comments) out.add({ kind: 'note', text, ...flags });
  furniture('footer');
}
