import type { Element } from '#schemas/records/extracted.ts';
import type { Collector } from '../collect.ts';
import { blocksOf } from './blocks.ts';
import type { Area, Cell, Row, Sheet } from './sheet.ts';

export type SheetFlags = { sheet: string; hidden?: string };

/** A sheet under its name, unless it has nothing to show; a title that repeats the name is left out. */
export function addSheet(elements: readonly Element[], flags: SheetFlags, out: Collector): void {
  if (elements.length === 0) return;
  out.add({ kind: 'heading', level: 1, text: flags.sheet, ...flags });
  const first = elements[0];
  const repeatsName =
    (first?.kind === 'paragraph' || first?.kind === 'heading') && first.text === flags.sheet && first.boilerplate === undefined;
  for (const element of repeatsName ? elements.slice(1) : elements) out.add(element);
}

const within = (areas: readonly Area[], row: number): boolean => areas.some((area) => row > area.top && row <= area.bottom);

/** The tables and lines of a sheet; what rows, columns and formats hide comes after what is shown. */
export function addCells(sheet: Pick<Sheet, 'rows' | 'hiddenColumns' | 'filtered'>, flags: SheetFlags, out: Collector): void {
  const isHidden = (row: Row) => row.hidden && !within(sheet.filtered, row.index);
  const inHiddenColumn = (column: number) => sheet.hiddenColumns.some(({ from, to }) => column >= from && column <= to);
  const rows = sheet.rows.filter((row) => !isHidden(row));
  const hasHiddenCells = rows.some((row) => [...row.cells.values()].some(({ hidden }) => hidden));
  const shown = hasHiddenCells ? pick(rows, (_, { hidden }) => !hidden) : rows;
  const hasHidden = sheet.hiddenColumns.length > 0;
  addBlocks(hasHidden ? pick(shown, (column) => !inHiddenColumn(column)) : shown, flags, out);
  if (hasHidden) addBlocks(pick(shown, inHiddenColumn), { hidden: 'hidden-column', ...flags }, out);
  if (hasHiddenCells)
    addBlocks(
      pick(rows, (_, { hidden }) => hidden === true),
      { hidden: 'hidden-cell', ...flags },
      out,
    );
  addBlocks(sheet.rows.filter(isHidden), { hidden: 'hidden-row', ...flags }, out);
}

const MAX_TITLE = 120;

/** One cell by itself is a line of text, a title or a remark; two side by side are a name and its value. */
function addBlocks(rows: readonly Row[], flags: SheetFlags, out: Collector): void {
  const blocks = blocksOf(rows);
  blocks.forEach(({ rows, headerRows, isTitle, isPair }, i) => {
    const [text = '', value = '', ...more] = rows.length === 1 ? (rows[0]?.filter((cell) => cell !== '') ?? []) : [];
    const isHeading = isTitle && text.length <= MAX_TITLE && i + 1 < blocks.length && !blocks[i + 1]?.isTitle;
    if (text === '' || more.length > 0 || (value !== '' && !isPair)) out.add({ kind: 'table', rows, headerRows, ...flags });
    else if (isHeading) out.add({ kind: 'heading', level: 2, text, ...flags });
    else out.add({ kind: 'paragraph', text: value === '' ? text : `${text.replace(/\s*:$/, '')}: ${value}`, ...flags });
  });
}

const pick = (rows: readonly Row[], keep: (column: number, cell: Cell) => boolean): Row[] =>
  rows
    .map((row) => ({ ...row, cells: new Map([...row.cells].filter(([column, cell]) => keep(column, cell))) }))
    .filter((row) => row.cells.size > 0);
