import { propertiesIn } from './runs.ts';

export type CharacterProperties = {
  style?: number;
  vanish?: boolean;
  isDeleted?: boolean;
  isStruck?: boolean;
  isWhite?: boolean;
  isShaded?: boolean;
};

const Character = {
  deleted: 0x0800,
  strike: 0x0837,
  vanish: 0x083c,
  doubleStrike: 0x2a53,
  style: 0x4a30,
  oldColour: 0x2a42,
  colour: 0x6870,
  shading: 0xca71,
  oldShading: 0x4866,
} as const;
const WHITE = 8;
/** Red, green, blue, and whether the colour is left to the program. */
const WHITE_RGB = 0x00ffffff;

/** A switch is on or off, or as in the style (128), or the other way round (129). */
const switched = (value: number, before: boolean): boolean => (value === 0x80 ? before : value === 0x81 ? !before : value !== 0);

export function characterProperties(list: Buffer, inherited: CharacterProperties): CharacterProperties {
  const found: CharacterProperties = { ...inherited };
  for (const { code, value } of propertiesIn(list)) {
    const byte = value[0] ?? 0;
    if (code === Character.deleted) found.isDeleted = byte !== 0;
    else if (code === Character.strike || code === Character.doubleStrike) found.isStruck = switched(byte, inherited.isStruck ?? false);
    else if (code === Character.vanish) found.vanish = switched(byte, inherited.vanish ?? false);
    else if (code === Character.style) found.style = value.readUInt16LE();
    else if (code === Character.oldColour) found.isWhite = byte === WHITE;
    else if (code === Character.colour) found.isWhite = value.readUInt32LE() === WHITE_RGB;
    else if (code === Character.shading || code === Character.oldShading) found.isShaded = true;
  }
  return found;
}

export type ParagraphProperties = {
  style: number;
  outline?: number;
  list?: number;
  level?: number;
  isShaded?: boolean;
  inTable?: boolean;
  /** How many tables it stands in, one in another. */
  depth?: number;
  endsRow?: boolean;
  endsInnerCell?: boolean;
  endsInnerRow?: boolean;
  isHeaderRow?: boolean;
};

const Paragraph = {
  level: 0x260a,
  list: 0x460b,
  outline: 0x2640,
  shading: 0xc64d,
  oldShading: 0x442d,
  inTable: 0x2416,
  endsRow: 0x2417,
  endsInnerCell: 0x244b,
  endsInnerRow: 0x244c,
  depth: 0x6649,
  headerRow: 0x3404,
} as const;
/** Shading of cells, in the forms that versions of Word write it. */
const TABLE_SHADING: ReadonlySet<number> = new Set([0xd609, 0xd612, 0xd616, 0xd60c, 0xd670, 0xd671, 0xd672, 0xd62d, 0xd660]);

export function paragraphProperties(list: Buffer, inherited: ParagraphProperties): ParagraphProperties {
  const found: ParagraphProperties = { ...inherited };
  for (const { code, value } of propertiesIn(list)) {
    const byte = value[0] ?? 0;
    if (code === Paragraph.level) found.level = byte;
    else if (code === Paragraph.list) found.list = value.readInt16LE();
    else if (code === Paragraph.outline) found.outline = byte;
    else if (code === Paragraph.inTable) found.inTable = byte !== 0;
    else if (code === Paragraph.endsRow) found.endsRow = byte !== 0;
    else if (code === Paragraph.endsInnerCell) found.endsInnerCell = byte !== 0;
    else if (code === Paragraph.endsInnerRow) found.endsInnerRow = byte !== 0;
    else if (code === Paragraph.depth) found.depth = value.readInt32LE();
    else if (code === Paragraph.headerRow) found.isHeaderRow = byte !== 0;
    else if (code === Paragraph.shading || code === Paragraph.oldShading || TABLE_SHADING.has(code)) found.isShaded = true;
  }
  return found;
}
