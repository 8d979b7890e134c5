/** A character, and the stretch of its line that it takes. */
type Placed = { code: number; x0: number; x1: number };

/** Accents that older fonts draw as characters of their own, and the marks that they are on a letter. */
const MARKS = new Map([
  [0x60, 0x300],
  [0xb4, 0x301],
  [0x2c6, 0x302],
  [0x2dc, 0x303],
  [0xaf, 0x304],
  [0x2d8, 0x306],
  [0x2d9, 0x307],
  [0xa8, 0x308],
  [0x2da, 0x30a],
  [0x2dd, 0x30b],
  [0x2c7, 0x30c],
  [0xb8, 0x327],
  [0x2db, 0x328],
]);
const LETTER = /\p{L}/u;
const LAM = 0x644;
const ALEFS = new Set([0x622, 0x623, 0x625, 0x627]);

/** Two neighbouring characters as the one text that they make, if they do. */
export function combined(first: Placed, second: Placed): string | undefined {
  // One glyph for both letters: its parts come in the order of the page, against the direction of reading.
  if (second.code === LAM && ALEFS.has(first.code) && Math.abs(first.x0 - second.x0) < 0.01 && Math.abs(first.x1 - second.x1) < 0.01)
    return String.fromCodePoint(LAM, first.code);
  const [before, after] = [MARKS.get(first.code), MARKS.get(second.code)];
  if (before !== undefined && after === undefined) return accented(second, before, first);
  return after !== undefined && before === undefined ? accented(first, after, second) : undefined;
}

function accented(letter: Placed, mark: number, accent: Placed): string | undefined {
  const middle = (accent.x0 + accent.x1) / 2;
  if (middle <= letter.x0 || middle >= letter.x1) return undefined;
  const base = letter.code === 0x131 ? 'i' : letter.code === 0x237 ? 'j' : String.fromCodePoint(letter.code);
  return LETTER.test(base) ? (base + String.fromCodePoint(mark)).normalize('NFC') : undefined;
}
