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
/** Text of this size, in points, is meant not to be read. */
const TINY = 1;
const SPACE = 0x20;
/** A run is cut here; beyond it a call could not take its characters as arguments. */
const MAX_UNITS = 10_000;

export type RunBuilder = {
  add(glyph: Glyph, code: number, style: TextStyle, spaced: boolean, order: number): void;
  finish(): Run[];
};

/** A run that grows. Its style and baseline are those of its longest stretch. */
type Open = {
  /** UTF-16 units: a string that grows by a character at a time would hold a node for each. */
  units: number[];
  x0: number;
  x1: number;
  order: number;
  rightToLeft: boolean;
  spaceBefore: boolean;
  style: TextStyle;
  baseline: number;
  stretch: number;
  bestStyle: TextStyle;
  bestBaseline: number;
  bestStretch: number;
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
            if (apart) open.units.push(SPACE);
            append(open, glyph, code);
          }
          grow(open, glyph, style);
          open.rightToLeft ||= rightToLeft;
          return;
        }
      }
      close();
      open = opened(glyph, style, spaced, order, rightToLeft);
      append(open, glyph, code);
      grow(open, glyph, style);
    },
    finish() {
      close();
      return runs;
    },
  };
}

const opened = ({ x0, x1, baseline }: Glyph, style: TextStyle, spaceBefore: boolean, order: number, rightToLeft: boolean): Open => ({
  units: [],
  x0,
  x1,
  order,
  rightToLeft,
  spaceBefore,
  mono: true,
  style,
  baseline,
  stretch: 0,
  bestStyle: style,
  bestBaseline: baseline,
  bestStretch: 0,
  last: { at: 0, code: 0, x0: 0, x1: 0 },
});

const gapTo = (open: Open, glyph: Glyph, rightToLeft: boolean): number =>
  rightToLeft || (open.rightToLeft && glyph.x1 <= open.x0) ? open.x0 - glyph.x1 : glyph.x0 - open.x1;

function continues(open: Open, glyph: Glyph, style: TextStyle, gap: number): boolean {
  const size = Math.max(style.size, open.style.size);
  return (
    open.style.hidden === style.hidden &&
    open.style.white === style.white &&
    open.units.length < MAX_UNITS &&
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
  last.at = open.units.length;
  last.code = code;
  last.x0 = x0;
  last.x1 = x1;
  write(open.units, code);
}

function write(units: number[], code: number): void {
  if (code <= 0xffff) units.push(code);
  else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
}

/** Writes a character into the one before it where both make one letter; false if they do not. */
function combine(open: Open, glyph: Glyph, code: number): boolean {
  const { last } = open;
  if (code < 0x80 && last.code < 0x80 && code !== 0x60 && last.code !== 0x60) return false;
  const joined = combined(last, { code, x0: glyph.x0, x1: glyph.x1 });
  if (joined === undefined) return false;
  open.units.length = last.at;
  for (const character of joined) write(open.units, character.codePointAt(0) ?? 0);
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
  if (open.stretch > open.bestStretch) {
    open.bestStyle = style;
    open.bestBaseline = open.baseline;
    open.bestStretch = open.stretch;
  }
  if (glyph.x0 < open.x0) open.x0 = glyph.x0;
  if (glyph.x1 > open.x1) open.x1 = glyph.x1;
}

function finished(open: Open, frame: Frame, geometry: PageGeometry): Run {
  const { units, x0, x1, order, rightToLeft, spaceBefore, bestStyle, bestBaseline: baseline, mono } = open;
  const { size, bold, italic, hidden, white } = bestStyle;
  const [y0, y1, text] = [baseline - ASCENT * size, baseline + DESCENT * size, String.fromCharCode(...units)];
  const run: Run = { x0, x1, y0, y1, text, size, bold, italic, mono, order, rightToLeft, spaceBefore, baseline, white };
  const shown = frame.toPage(run);
  const outside = shown.x1 <= 0 || shown.y1 <= 0 || shown.x0 >= geometry.width || shown.y0 >= geometry.height;
  const reason = hidden ?? (outside ? 'off-page' : size <= TINY ? 'tiny-text' : undefined);
  if (reason !== undefined) run.hidden = reason;
  return run;
}

/** Hebrew, Arabic and their neighbours, and their presentation forms. */
const isRightToLeft = (code: number): boolean =>
  code >= 0x590 && (code <= 0x8ff || (code >= 0xfb1d && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc));
