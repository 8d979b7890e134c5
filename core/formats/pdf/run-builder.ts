import { combined } from './combining.ts';
import type { Frame, PageGeometry } from './frame.ts';
import type { Rule, Run } from './model.ts';
import type { TextStyle } from './text-styles.ts';

/** `fresh`: the page places it anew, instead of right after the character before. */
export type Glyph = { x0: number; x1: number; baseline: number; fresh: boolean };

/** Gaps as parts of the font size: a word ends; it ends before a character placed anew; a run ends. */
const WORD_GAP = 0.2;
const FRESH_WORD_GAP = 0.15;
const RUN_GAP = 0.8;
/** How far characters of one run may overlap, and stand off the baseline, as a part of the font size. */
const MAX_OVERLAP = 0.5;
const MAX_SHIFT = 0.55;
/** Height of letters above, and depth below the baseline, as a part of the font size. */
const ASCENT = 0.8;
const DESCENT = 0.22;

export type RunBuilder = {
  add(glyph: Glyph, code: number, style: TextStyle, spaced: boolean, order: number): void;
  finish(): Run[];
};

/** A run that grows. Its style and baseline are those of its longest stretch. */
type Open = {
  text: string;
  x0: number;
  x1: number;
  order: number;
  rightToLeft: boolean;
  spaceBefore: boolean;
  style: TextStyle;
  baseline: number;
  stretch: number;
  best: { style: TextStyle; baseline: number; stretch: number };
  last: Last;
  /** Whether all of it is in fonts of one width: a word in such a font makes no code of its line. */
  mono: boolean;
};

/** The last character of a run: where in its text it starts, and where it stands. */
type Last = { at: number; code: number; x0: number; x1: number };

/** Joins characters, given in the order that PDFium reads them, to runs. */
export function runBuilder(frame: Frame, geometry: PageGeometry, rules: readonly Rule[]): RunBuilder {
  const runs: Run[] = [];
  const dividers = rules.filter((rule) => !rule.horizontal);
  let open: Open | undefined;
  const close = (): void => {
    if (open !== undefined) runs.push(finished(open, frame, geometry));
    open = undefined;
  };
  return {
    add(glyph, code, style, spaced, order) {
      const rightToLeft = isRightToLeft(code);
      if (open !== undefined) {
        const gap = gapTo(open, glyph, rightToLeft);
        if (continues(open, glyph, style, gap) && !(dividers.length > 0 && (spaced || gap > 0) && isDivided(open, glyph, dividers))) {
          if (!combine(open, glyph, code)) {
            const apart = spaced || gap > (glyph.fresh ? FRESH_WORD_GAP : WORD_GAP) * style.size;
            if (apart) open.text += ' ';
            append(open, glyph, code);
          }
          grow(open, glyph, style);
          open.rightToLeft ||= rightToLeft;
          return;
        }
      }
      close();
      const first = { style, baseline: glyph.baseline, stretch: 0 };
      const last = { at: 0, code: 0, x0: 0, x1: 0 };
      open = { text: '', x0: glyph.x0, x1: glyph.x1, order, rightToLeft, spaceBefore: spaced, ...first, best: first, last, mono: true };
      append(open, glyph, code);
      grow(open, glyph, style);
    },
    finish() {
      close();
      return runs;
    },
  };
}

const gapTo = (open: Open, glyph: Glyph, rightToLeft: boolean): number =>
  rightToLeft || (open.rightToLeft && glyph.x1 <= open.x0) ? open.x0 - glyph.x1 : glyph.x0 - open.x1;

function continues(open: Open, glyph: Glyph, style: TextStyle, gap: number): boolean {
  const size = Math.max(style.size, open.style.size);
  return (
    open.style.hidden === style.hidden &&
    open.style.white === style.white &&
    gap < RUN_GAP * size &&
    gap > -Math.max(MAX_OVERLAP * size, 1.05 * (glyph.x1 - glyph.x0)) &&
    Math.abs(glyph.baseline - open.baseline) <= MAX_SHIFT * size
  );
}

/** Whether a drawn vertical line stands between the run and the next character. */
function isDivided(open: Open, glyph: Glyph, dividers: readonly Rule[]): boolean {
  const [from, to] = glyph.x0 >= open.x0 ? [open.x1, glyph.x0] : [glyph.x1, open.x0];
  const slack = open.style.size * 0.25;
  const middle = glyph.baseline - open.style.size * 0.3;
  return dividers.some((rule) => rule.at > from - slack && rule.at < to + slack && rule.from < middle && rule.to > middle);
}

function append(open: Open, { x0, x1 }: Glyph, code: number): void {
  const { last } = open;
  last.at = open.text.length;
  last.code = code;
  last.x0 = x0;
  last.x1 = x1;
  open.text += String.fromCodePoint(code);
}

/** Writes a character into the one before it where both make one letter; false if they do not. */
function combine(open: Open, glyph: Glyph, code: number): boolean {
  const { last } = open;
  if (code < 0x80 && last.code < 0x80 && code !== 0x60 && last.code !== 0x60) return false;
  const joined = combined(last, { code, x0: glyph.x0, x1: glyph.x1 });
  if (joined === undefined) return false;
  open.text = open.text.slice(0, last.at) + joined;
  last.code = 0;
  return true;
}

function grow(open: Open, glyph: Glyph, style: TextStyle): void {
  if (style !== open.style) {
    open.style = style;
    open.baseline = glyph.baseline;
    open.stretch = 0;
  }
  open.mono &&= style.mono;
  open.stretch += 1;
  if (open.stretch > open.best.stretch) open.best = { style, baseline: open.baseline, stretch: open.stretch };
  if (glyph.x0 < open.x0) open.x0 = glyph.x0;
  if (glyph.x1 > open.x1) open.x1 = glyph.x1;
}

function finished({ text, x0, x1, order, rightToLeft, spaceBefore, best, mono }: Open, frame: Frame, geometry: PageGeometry): Run {
  const { size, bold, italic, hidden, white } = best.style;
  const box = { x0, x1, y0: best.baseline - ASCENT * size, y1: best.baseline + DESCENT * size };
  const shown = frame.toPage(box);
  const outside = shown.x1 <= 0 || shown.y1 <= 0 || shown.x0 >= geometry.width || shown.y0 >= geometry.height;
  const reason = hidden ?? (outside ? 'off-page' : undefined);
  return {
    ...box,
    ...{ text, size, bold, italic, mono, order, rightToLeft, spaceBefore, baseline: best.baseline, white },
    ...(reason === undefined ? {} : { hidden: reason }),
  };
}

/** Hebrew, Arabic and their neighbours, and their presentation forms. */
const isRightToLeft = (code: number): boolean =>
  code >= 0x590 && (code <= 0x8ff || (code >= 0xfb1d && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc));
