import { SluiceError } from '#core/errors.ts';
import { type Collector, collector } from './collect.ts';
import type { Parse } from './index.ts';
import { coreProperties, type OfficePackage, openPackage, type Relation, related } from './ooxml.ts';
import { addCells, addSheet, type SheetFlags } from './xlsx/cells.ts';
import { addDrawing } from './xlsx/drawing.ts';
import { workbookLanguage } from './xlsx/language.ts';
import { outsideSources } from './xlsx/outside.ts';
import { type CellContext, readSheet, type Sheet } from './xlsx/sheet.ts';
import { cellFormats, readSharedStrings, richText } from './xlsx/workbook.ts';
import { attributeOf, childOf, childrenOf, decodeXml, descendantsOf, parseXmlTree, prefixedAttributeOf, textOf } from './xml-tree.ts';

/** A workbook: each sheet's tables as shown, its charts, text shapes and comments; hidden sheets, rows and columns flagged. */
export const parseXlsx: Parse = async (bytes, context) => {
  const out = collector(context);
  const office = await openPackage(bytes, context, 'xl/workbook.xml', out);
  const root = parseXmlTree(await office.requiredText(office.mainPart), context);
  if (root.name !== 'workbook')
    throw new SluiceError('type-mismatch', `reading ${context.name}: the main part is <${root.name}>, not a workbook`);
  const relations = await office.relations(office.mainPart);
  const styles = await office.tree(related(relations, 'styles'));
  const formats = cellFormats(styles);
  const cells: CellContext = {
    strings: await readSharedStrings(office, related(relations, 'sharedStrings')),
    formats,
    language: workbookLanguage(styles, await office.tree(related(await office.relations(''), 'extended-properties')), formats),
    from1904: /^(1|true)$/.test(attributeOf(childOf(root, 'workbookPr'), 'date1904') ?? ''),
  };
  const sheets = childrenOf(childOf(root, 'sheets'), 'sheet');
  for (const node of sheets) {
    const relation = relations.find((r) => r.id === prefixedAttributeOf(node, 'id'));
    const sheet = attributeOf(node, 'name') ?? '';
    const isHidden = /hidden/i.test(attributeOf(node, 'state') ?? '');
    if (relation === undefined || relation.external) out.warn('broken-part', 'a sheet is not in the file');
    else await readWorksheet(office, relation.target, { sheet, ...(isHidden && { hidden: 'hidden-sheet' }) }, cells, out);
  }
  for (const text of await outsideSources(office, relations)) out.add({ kind: 'paragraph', text, hidden: 'external-source' });
  return { format: 'xlsx', metadata: await coreProperties(office), elements: out.elements, pages: sheets.length, warnings: out.warnings };
};

async function readWorksheet(office: OfficePackage, path: string, flags: SheetFlags, cells: CellContext, out: Collector): Promise<void> {
  const relations = await office.relations(path);
  const sheet = await sheetAt(office, path, cells, out);
  const own = collector(office.context);
  for (const { kind, text } of sheet.headerFooter)
    if (kind === 'header') own.add({ kind: 'paragraph', text, ...flags, boilerplate: 'header' });
  addCells(sheet, flags, own);
  await addDrawing(office, related(relations, 'drawing'), flags, own);
  for (const text of await commentsOf(office, relations)) own.add({ kind: 'note', text, ...flags });
  for (const { kind, text } of sheet.headerFooter)
    if (kind === 'footer') own.add({ kind: 'paragraph', text, ...flags, boilerplate: 'footer' });
  addSheet(own.elements, flags, out);
}

const NO_CELLS: Sheet = { rows: [], hiddenColumns: [], filtered: [], headerFooter: [], whole: true };

async function sheetAt(office: OfficePackage, path: string, cells: CellContext, out: Collector): Promise<Sheet> {
  try {
    const part = await office.zip.read(path);
    if (part === undefined || part.length === 0)
      throw new SluiceError('corrupt', `reading ${office.context.name}: a sheet's part is missing`);
    const sheet = readSheet(decodeXml(part), cells, office.context);
    if (!sheet.whole) out.warn('malformed-xml', 'a sheet is cut off; what stands before the break is kept');
    return sheet;
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code !== 'corrupt') throw error;
    out.warn('broken-part', `${path} cannot be read`);
    return NO_CELLS;
  }
}

/** Threaded comments stand in full in their own part; the older part then holds a stand-in for old readers. */
async function commentsOf(office: OfficePackage, relations: readonly Relation[]): Promise<string[]> {
  const threads = await office.tree(related(relations, 'threadedComment'));
  const older = await office.tree(related(relations, 'comments'));
  const texts = threads === undefined ? [] : [...descendantsOf(threads, 'text')].map((node) => textOf(node).trim());
  for (const comment of older === undefined ? [] : descendantsOf(older, 'comment')) {
    const text = childOf(comment, 'text');
    const said = text === undefined ? '' : richText(text).trim();
    if (!/^\[[^\]]{5,60}\]\s/.test(said) || threads === undefined) texts.push(said);
  }
  return texts;
}
