import { type Level, type List, type Numbering, numberingOf } from '../docx/numbering.ts';
import type { DocFile } from './file.ts';

const FORMATS: Readonly<Record<number, string>> = {
  0: 'decimal',
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  5: 'ordinal',
  22: 'decimalZero',
  23: 'bullet',
  255: 'none',
};
const LIST = 28;
const LEVEL = 28;
const OVERRIDE = 16;
const MAX_LISTS = 10_000;

/** One level's numbers ([MS-DOC] 2.9.150): in the text a character below 9 stands for the number of that level. */
function levelAt(table: Buffer, start: number): { level: Level; end: number } {
  const textAt = start + LEVEL + table.readUInt8(start + 24) + table.readUInt8(start + 25);
  const count = table.readUInt16LE(textAt);
  const written = table.toString('utf16le', textAt + 2, textAt + 2 + count * 2);
  const level: Level = {
    format: FORMATS[table.readUInt8(start + 4)] ?? 'decimal',
    text: Array.from(written, (char) => (char.charCodeAt(0) < 9 ? `%${char.charCodeAt(0) + 1}` : char)).join(''),
    start: table.readInt32LE(start),
    restartAfter: table.readUInt8(start + 5) & 8 ? table.readUInt8(start + 26) : undefined,
    style: undefined,
    isLegal: (table.readUInt8(start + 5) & 4) !== 0,
  };
  return { level, end: textAt + 2 + count * 2 };
}

/** Definitions by their number; their levels stand behind the table that lists them. */
function definitionsOf(table: Buffer): Map<number, Level[]> {
  const found = new Map<number, Level[]>();
  const count = Math.min(table.readUInt16LE(0), MAX_LISTS);
  let at = 2 + count * LIST;
  for (let i = 0; i < count; i++) {
    const head = 2 + i * LIST;
    const levels: Level[] = [];
    for (let left = table.readUInt8(head + 26) & 1 ? 1 : 9; left > 0; left--) {
      const { level, end } = levelAt(table, at);
      levels.push(level);
      at = end;
    }
    found.set(table.readInt32LE(head), levels);
  }
  return found;
}

function listsOf(definitions: ReadonlyMap<number, Level[]>, table: Buffer): Map<string, List> {
  const lists = new Map<string, List>();
  const count = Math.min(table.readUInt32LE(0), MAX_LISTS);
  let at = 4 + count * OVERRIDE;
  for (let i = 0; i < count; i++) {
    const head = 4 + i * OVERRIDE;
    const definition = table.readInt32LE(head);
    const list: List = { abstractId: String(definition), levels: [...(definitions.get(definition) ?? [])], startOverrides: new Map() };
    lists.set(String(i + 1), list);
    at += 4;
    for (let left = table.readUInt8(head + 12); left > 0; left--) {
      const flags = table.readUInt32LE(at + 4);
      if (flags & 16) list.startOverrides.set(flags & 15, table.readInt32LE(at));
      at += 8;
      if (flags & 32) {
        const { level, end } = levelAt(table, at);
        list.levels[flags & 15] = level;
        at = end;
      }
    }
  }
  return lists;
}

/** Lists as paragraphs name them, counted as Word does; a broken table costs the numbers that it holds. */
export function readLists(file: DocFile): Numbering {
  const whole = file.tableAndRest('lists');
  let lists = new Map<string, List>();
  try {
    if (whole.length > 2) lists = listsOf(definitionsOf(whole), file.table('listOverrides'));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return numberingOf(lists);
}
