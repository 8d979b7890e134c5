import { SluiceError } from '#core/errors.ts';
import { collector } from './collect.ts';
import type { Parse } from './index.ts';
import { openOdf } from './odf.ts';
import { readOdsTable } from './odt/spreadsheet.ts';
import { addCells, addSheet } from './xlsx/cells.ts';
import { attributeOf, eachSubtree } from './xml-tree.ts';

/** An OpenDocument spreadsheet: each sheet's tables as shown, its comments and text shapes; what is hidden is flagged. */
export const parseOds: Parse = async (bytes, context) => {
  const out = collector(context);
  const { content, styles, metadata } = await openOdf(bytes, context, out);
  let sheets = 0;
  const isSheet = (name: string, ancestors: readonly string[]): boolean => name === 'table' && ancestors.at(-1) === 'spreadsheet';
  const whole = eachSubtree(
    content,
    isSheet,
    (node) => {
      sheets += 1;
      const isHidden = styles.get(attributeOf(node, 'style-name')).invisible;
      const flags = { sheet: attributeOf(node, 'name') ?? '', ...(isHidden && { hidden: 'hidden-sheet' }) };
      const own = collector(context);
      const sheet = readOdsTable(node, styles, context);
      addCells(sheet, flags, own);
      for (const text of sheet.shapes) own.add({ kind: 'paragraph', text, ...flags });
      for (const text of sheet.comments) own.add({ kind: 'note', text, ...flags });
      addSheet(own.elements, flags, out);
    },
    context,
  );
  if (sheets === 0) throw new SluiceError('type-mismatch', `reading ${context.name}: an OpenDocument file, but no spreadsheet`);
  if (!whole) out.warn('malformed-xml', 'the content is cut off; what stands before the break is kept');
  return { format: 'ods', metadata, elements: out.elements, pages: sheets, warnings: out.warnings };
};
