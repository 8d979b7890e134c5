import { decodeCodePage } from '../rtf/code-pages.ts';
import type { DocFile } from './file.ts';

/** A stretch of text that stands in one place of the file; positions count characters, `start` bytes. */
export type Piece = { from: number; to: number; start: number; width: 1 | 2 };

const PROPERTIES = 1;
const PIECES = 2;
const IS_NARROW = 0x40000000;

/** The pieces that make up the text, in its order ([MS-DOC] 2.8.35): what was edited stands behind what was there before. */
export function readPieces(file: DocFile): Piece[] {
  const table = file.table('pieces');
  for (let at = 0; at + 5 <= table.length; ) {
    if (table[at] === PIECES) return piecesOf(table.subarray(at + 5, at + 5 + table.readUInt32LE(at + 1)), file.stream.length);
    if (table[at] !== PROPERTIES) break;
    at += 3 + table.readUInt16LE(at + 1);
  }
  const { start, end } = file.text;
  return end > start && end <= file.stream.length ? [{ from: 0, to: end - start, start, width: 1 }] : [];
}

function piecesOf(list: Buffer, size: number): Piece[] {
  const count = Math.floor((list.length - 4) / 12);
  const pieces: Piece[] = [];
  for (let i = 0, at = 0; i < count; i++) {
    const from = list.readUInt32LE(i * 4);
    const to = list.readUInt32LE(i * 4 + 4);
    const place = list.readUInt32LE((count + 1) * 4 + i * 8 + 2);
    const width = place & IS_NARROW ? 1 : 2;
    const start = width === 1 ? (place & (IS_NARROW - 1)) / 2 : place;
    // Each character has one place: pieces that lie over each other would make a small file endless.
    if (from !== at || to <= from || start + (to - from) * width > size) continue;
    pieces.push({ from, to, start, width });
    at = to;
  }
  return pieces;
}

export const textOf = (stream: Buffer, start: number, end: number, width: 1 | 2): string =>
  width === 2 ? stream.toString('utf16le', start, end) : decodeCodePage(stream.subarray(start, end), 1252);
