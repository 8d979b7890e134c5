import { type Collector, collector } from './collect.ts';
import type { Parse } from './index.ts';
import { BUILT_IN_FORMATS } from './number-format.ts';
import { coreProperties, type OfficePackage, openPackage, related } from './ooxml.ts';
import { recordsIn, richString, wideString } from './xlsb/records.ts';
import { readXlsbSheet } from './xlsb/sheet.ts';
import { addCells, addSheet, type SheetFlags } from './xlsx/cells.ts';
import { addDrawing } from './xlsx/drawing.ts';
import { languageOfFormats } from './xlsx/language.ts';
import { outsideSources } from './xlsx/outside.ts';
import type { CellContext } from './xlsx/sheet.ts';

const Type = {
  Sheet: 156,
  Properties: 153,
  SharedString: 19,
  Format: 44,
  CellStyle: 47,
  CellStyles: 617,
  CellStylesEnd: 618,
  Comment: 637,
} as const;

type Entry = { relation: string; flags: SheetFlags };

/** A binary workbook: as `parseXlsx` gives one, its sheets read from their records. */
export const parseXlsb: Parse = async (bytes, context) => {
  const out = collector(context);
  const office = await openPackage(bytes, context, 'xl/workbook.bin', out);
  const relations = await office.relations(office.mainPart);
  const { sheets, from1904 } = workbookOf(await partOf(office, office.mainPart));
  const formats = formatsOf(await partOf(office, related(relations, 'styles')));
  const strings = stringsOf(await partOf(office, related(relations, 'sharedStrings')), Type.SharedString);
  const cells: CellContext = { strings, formats, language: languageOfFormats(formats), from1904 };
  for (const { relation, flags } of sheets) {
    const path = relations.find(({ id, external }) => id === relation && !external)?.target;
    if (path === undefined || office.zip.find(path) === undefined) out.warn('broken-part', 'a sheet is not in the file');
    else await addWorksheet(office, path, flags, cells, out);
  }
  for (const text of await outsideSources(office, relations)) out.add({ kind: 'paragraph', text, hidden: 'external-source' });
  return { format: 'xlsb', metadata: await coreProperties(office), elements: out.elements, pages: sheets.length, warnings: out.warnings };
};

const partOf = async (office: OfficePackage, path: string | undefined): Promise<Uint8Array> =>
  (path === undefined ? undefined : await office.zip.read(path)) ?? new Uint8Array(0);

function workbookOf(part: Uint8Array): { sheets: Entry[]; from1904: boolean } {
  const sheets: Entry[] = [];
  let from1904 = false;
  for (const { type, data } of recordsIn(part)) {
    if (type === Type.Properties) from1904 = (data.readUInt32LE(0) & 1) === 1;
    else if (type === Type.Sheet) {
      const relation = wideString(data, 8);
      const isHidden = data.readUInt32LE(0) !== 0;
      const sheet = wideString(data, relation.end).text;
      sheets.push({ relation: relation.text, flags: { sheet, ...(isHidden && { hidden: 'hidden-sheet' }) } });
    }
  }
  return { sheets, from1904 };
}

/** Number formats by the index that cells carry. */
function formatsOf(part: Uint8Array): string[] {
  const custom = new Map<number, string>();
  const formats: string[] = [];
  let isOfCells = false;
  for (const { type, data } of recordsIn(part)) {
    if (type === Type.Format) custom.set(data.readUInt16LE(0), wideString(data, 2).text);
    else if (type === Type.CellStyles || type === Type.CellStylesEnd) isOfCells = type === Type.CellStyles;
    else if (type === Type.CellStyle && isOfCells) {
      const id = data.readUInt16LE(2);
      formats.push(custom.get(id) ?? BUILT_IN_FORMATS[id] ?? 'General');
    }
  }
  return formats;
}

const stringsOf = (part: Uint8Array, wanted: number): string[] =>
  [...recordsIn(part)].filter(({ type }) => type === wanted).map(({ data }) => richString(data, 0));

async function addWorksheet(office: OfficePackage, path: string, flags: SheetFlags, cells: CellContext, out: Collector): Promise<void> {
  const relations = await office.relations(path);
  const sheet = readXlsbSheet(await partOf(office, path), cells, office.context);
  if (sheet.broken > 0) out.warn('broken-part', `records of a sheet cannot be read: ${sheet.broken}`);
  const own = collector(office.context);
  const furniture = (wanted: 'header' | 'footer'): void => {
    for (const { kind, text } of sheet.headerFooter)
      if (kind === wanted) own.add({ kind: 'paragraph', text, ...flags, boilerplate: wanted });
  };
  furniture('header');
  addCells(sheet, flags, own);
  await addDrawing(office, related(relations, 'drawing'), flags, own);
  for (const text of stringsOf(await partOf(office, related(relations, 'comments')), Type.Comment))
    own.add({ kind: 'note', text, ...flags });
  furniture('footer');
  addSheet(own.elements, flags, out);
}
