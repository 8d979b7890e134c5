import { type Atom, atomsIn, Type, unicodeOf } from './records.ts';

/** What a text is for ([MS-PPT] 2.13.33). */
export const TextKind = { Title: 0, Body: 1, Notes: 2, CenterBody: 5, CenterTitle: 6, HalfBody: 7, QuarterBody: 8 } as const;

export type TextParagraph = { text: string; level: number; isBulleted: boolean };
export type SlideText = { kind: number; paragraphs: TextParagraph[] };

const BULLETED: ReadonlySet<number> = new Set([TextKind.Body, TextKind.HalfBody, TextKind.QuarterBody]);
const MAX_LEVEL = 8;

type Open = { kind: number; text: string; style: Buffer | undefined; marks: { at: number; shown: string }[] };

/** Texts among records, each with the records that follow it and say how it looks; `slide` is its number. */
export function textsIn(atoms: Iterable<Atom>, slide: number): SlideText[] {
  const texts: SlideText[] = [];
  let open: Open | undefined;
  const close = (): void => {
    if (open !== undefined) texts.push({ kind: open.kind, paragraphs: paragraphsOf(open) });
    open = undefined;
  };
  for (const atom of atoms) {
    if (atom.type === Type.TextHeader) {
      close();
      open = { kind: atom.data.length >= 4 ? atom.data.readUInt32LE() : 4, text: '', style: undefined, marks: [] };
    } else if (open === undefined) continue;
    else if (atom.type === Type.TextChars) open.text = unicodeOf(atom);
    else if (atom.type === Type.TextBytes) open.text = atom.data.toString('latin1');
    else if (atom.type === Type.TextStyle) open.style = atom.data;
    else if (
      atom.type === Type.SlideNumber ||
      (atom.type >= Type.DateTime && atom.type <= Type.DateTime + 3) ||
      atom.type === Type.RtfDateTime
    ) {
      if (atom.data.length >= 4)
        open.marks.push({ at: atom.data.readUInt32LE(), shown: atom.type === Type.SlideNumber ? String(slide) : '' });
    }
  }
  close();
  return texts;
}

export const textsOf = (container: Atom | undefined, slide: number): SlideText[] =>
  container === undefined ? [] : textsIn(atomsIn(container.data), slide);

function paragraphsOf({ kind, text, style, marks }: Open): TextParagraph[] {
  const runs = style === undefined ? [] : paragraphRuns(style, text.length + 1);
  const stars = new Map(marks.map(({ at, shown }) => [at, shown]));
  let run = 0;
  let runEnd = runs[0]?.length ?? Infinity;
  let at = 0;
  return text.split('\r').map((line): TextParagraph => {
    while (at >= runEnd && run + 1 < runs.length) runEnd += runs[++run]?.length ?? Infinity;
    const start = at;
    at += line.length + 1;
    const shown = stars.size === 0 ? line : Array.from({ length: line.length }, (_, i) => stars.get(start + i) ?? line[i]).join('');
    const { level = 0, isBulleted } = runs[run] ?? {};
    return { text: shown.replace(/\v/g, '\n').trim(), level, isBulleted: isBulleted ?? BULLETED.has(kind) };
  });
}

type ParagraphRun = { length: number; level: number; isBulleted: boolean | undefined };

/** Widths of the fields that a paragraph's mask announces, in their order ([MS-PPT] 2.9.20); tab stops count themselves. */
const FIELDS: readonly (readonly [mask: number, bytes: number])[] = [
  [0x80, 2],
  [0x10, 2],
  [0x40, 2],
  [0x20, 4],
  [0x800, 2],
  [0x1000, 2],
  [0x2000, 2],
  [0x4000, 2],
  [0x100, 2],
  [0x400, 2],
  [0x8000, 2],
];
const FIELDS_AFTER_TABS: readonly (readonly [mask: number, bytes: number])[] = [
  [0x10000, 2],
  [0xe0000, 2],
  [0x200000, 2],
];

/** How long each run of alike paragraphs is, how deep, and whether it has bullets of its own; a broken list ends there. */
function paragraphRuns(style: Buffer, wanted: number): ParagraphRun[] {
  const runs: ParagraphRun[] = [];
  try {
    for (let at = 0, covered = 0; covered < wanted; ) {
      const length = style.readUInt32LE(at);
      const level = Math.min(MAX_LEVEL, style.readUInt16LE(at + 4));
      const mask = style.readUInt32LE(at + 6);
      at += 10;
      const isBulleted = mask & 1 ? (style.readUInt16LE(at) & 1) === 1 : undefined;
      if (mask & 15) at += 2;
      for (const [bit, bytes] of FIELDS) if (mask & bit) at += bytes;
      if (mask & 0x100000) at += 2 + style.readUInt16LE(at) * 4;
      for (const [bit, bytes] of FIELDS_AFTER_TABS) if (mask & bit) at += bytes;
      if (length === 0) break;
      runs.push({ length, level, isBulleted });
      covered += length;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return runs;
}
