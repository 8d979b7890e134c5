import type { Style } from '../docx/styles.ts';
import { type CharacterProperties, characterProperties, type ParagraphProperties, paragraphProperties } from './properties.ts';

export type DocStyle = { name: string; outline: number | undefined; paragraph: ParagraphProperties; character: CharacterProperties };

export type DocStyles = {
  get(index: number): DocStyle;
  /** As `roleOf` wants it. */
  role(index: number): Style;
};

type Definition = { name: string; builtIn: number; kind: number; base: number; formats: Buffer[] };

const PARAGRAPH = 1;
const NO_BASE = 0xfff;
/** Built-in styles whose names a program writes in its own language, by their numbers. */
const TITLE = 62;
const NAMES: Readonly<Record<number, string>> = { 34: 'caption', 35: 'table of figures' };
const isContents = (builtIn: number): boolean => (builtIn >= 10 && builtIn <= 27) || builtIn === 33;

function definitionsOf(table: Buffer): (Definition | undefined)[] {
  if (table.length < 20) return [];
  const header = table.readUInt16LE(0);
  const count = Math.min(table.readUInt16LE(2), 4096);
  const base = table.readUInt16LE(4);
  const found: (Definition | undefined)[] = [];
  for (let at = 2 + header, i = 0; i < count && at + 2 <= table.length; i++) {
    const length = table.readUInt16LE(at);
    found.push(length < base + 2 ? undefined : definitionOf(table.subarray(at + 2, at + 2 + length), base));
    at += 2 + length;
  }
  return found;
}

function definitionOf(bytes: Buffer, base: number): Definition | undefined {
  try {
    const nameLength = bytes.readUInt16LE(base);
    const nameEnd = base + 2 + nameLength * 2;
    const formats: Buffer[] = [];
    for (let at = nameEnd + 2, left = bytes.readUInt16LE(4) & 15; left > 0 && at + 2 <= bytes.length; left--) {
      const length = bytes.readUInt16LE(at);
      formats.push(bytes.subarray(at + 2, at + 2 + length));
      at += 2 + length + (length % 2);
    }
    const kindAndBase = bytes.readUInt16LE(2);
    return {
      name: bytes.toString('utf16le', base + 2, nameEnd),
      builtIn: bytes.readUInt16LE(0) & 0xfff,
      kind: kindAndBase & 15,
      base: kindAndBase >> 4,
      formats,
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The style sheet ([MS-DOC] 2.9.271), each style with what it inherits. */
export function readDocStyles(table: Buffer): DocStyles {
  const definitions = definitionsOf(table);
  const known = new Map<number, DocStyle>();
  const plain = (index: number): DocStyle => ({ name: 'Normal', outline: undefined, paragraph: { style: index }, character: {} });

  function get(index: number, chain: readonly number[] = []): DocStyle {
    const before = known.get(index);
    if (before !== undefined) return before;
    const definition = definitions[index];
    if (definition === undefined || chain.length > 20 || chain.includes(index)) return plain(index);
    const parent = definition.base === NO_BASE ? plain(index) : get(definition.base, [...chain, index]);
    const isParagraph = definition.kind === PARAGRAPH;
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = definition.formats;
    const paragraph = isParagraph ? paragraphProperties(first.subarray(2), { ...parent.paragraph, style: index }) : parent.paragraph;
    const { builtIn } = definition;
    const outline = builtIn >= 1 && builtIn <= 9 ? builtIn - 1 : builtIn === TITLE ? 0 : (paragraph.outline ?? parent.outline);
    const style: DocStyle = {
      name: isContents(builtIn) ? 'toc 1' : (NAMES[builtIn] ?? definition.name),
      outline,
      paragraph: { ...paragraph, style: index },
      character: characterProperties(isParagraph ? second : first, parent.character),
    };
    known.set(index, style);
    return style;
  }

  return {
    get,
    role(index) {
      const { name, outline } = get(index);
      return { name, ...(outline !== undefined && { outline }) };
    },
  };
}
