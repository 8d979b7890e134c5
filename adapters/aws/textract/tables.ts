import type { Block } from '@aws-sdk/client-textract';
import type { RecognisedTable } from '#core/ports/ocr.ts';
import { areaOf, type Blocks, cellText, confidenceOf, related } from './relations.ts';

type Cell = { row: number; column: number; text: string; isHeader: boolean };

function cellOf(blocks: Blocks, block: Block): Cell {
  const { RowIndex = 1, ColumnIndex = 1, EntityTypes = [] } = block;
  return { row: RowIndex - 1, column: ColumnIndex - 1, text: cellText(blocks, block), isHeader: EntityTypes.includes('COLUMN_HEADER') };
}

/** A merged cell has its cells as children: their text stands in the first, the others are empty. */
function mergedOf(blocks: Blocks, block: Block): Cell[] {
  const cells = related(blocks, block, 'CHILD').map((child) => cellOf(blocks, child));
  const [first, ...others] = cells.sort((a, b) => a.row - b.row || a.column - b.column);
  if (!first) return [];
  const text = cells.map((cell) => cell.text).filter((part) => part !== '');
  const isHeader = cells.some((cell) => cell.isHeader);
  return [{ ...first, text: text.join(' '), isHeader }, ...others.map((cell) => ({ ...cell, text: '', isHeader }))];
}

/** https://docs.aws.amazon.com/textract/latest/dg/how-it-works-tables.html */
export function tableOf(blocks: Blocks, table: Block): RecognisedTable {
  const cells = related(blocks, table, 'CHILD').filter(({ BlockType }) => BlockType === 'CELL');
  const merged = related(blocks, table, 'MERGED_CELL').flatMap((block) => mergedOf(blocks, block));
  const grid = new Map<string, Cell>();
  for (const cell of [...cells.map((block) => cellOf(blocks, block)), ...merged]) grid.set(`${cell.row}:${cell.column}`, cell);
  const all = [...grid.values()];
  const [height, width] = [Math.max(0, ...all.map(({ row }) => row + 1)), Math.max(0, ...all.map(({ column }) => column + 1))];
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (__, column) => grid.get(`${row}:${column}`)?.text ?? ''),
  );
  const isBody = rows.findIndex((_, row) => !all.some((cell) => cell.row === row && cell.isHeader));
  const title = related(blocks, table, 'TABLE_TITLE').map((block) => cellText(blocks, block))[0];
  return {
    rows,
    headerRows: isBody === -1 ? rows.length : isBody,
    confidence: confidenceOf(table),
    area: areaOf(table),
    ...(title !== undefined && title !== '' && { title }),
  };
}
