import { type Frame, frameOf, type PageGeometry } from './frame.ts';
import type { Rule, Run } from './model.ts';
import type { Pdfium } from './pdfium.ts';
import { type Glyph, type RunBuilder, runBuilder } from './run-builder.ts';
import { styleReader } from './text-styles.ts';

/** Runs of one direction of writing, in the frame that makes them read from left to right. */
export type FramedRuns = { frame: Frame; runs: Run[]; characters: number };
/** `unmapped`: characters of which the font does not tell what they mean, only how they look. */
export type PageText = { directions: FramedRuns[]; unmapped: number };

const SPACE = 0x20;
const SKIPPED = 0;
const HYPHEN = 0x2d;
const LINE_END_HYPHEN = 0x02;

/** The characters of a page as runs, most written direction first. `rulesIn` gives the page's rules in a frame. */
export function readRuns(pdfium: Pdfium, textPage: number, geometry: PageGeometry, rulesIn: (frame: Frame) => Rule[]): PageText {
  const { call } = pdfium;
  const styleOf = styleReader(pdfium);
  const place = placer(pdfium, textPage);
  const directions = new Map<number, { frame: Frame; builder: RunBuilder; characters: number }>();
  const count = call.FPDFText_CountChars(textPage);
  const isUnmapped = unmappedTest(pdfium, textPage);
  let [spaced, unmapped] = [true, 0];
  for (let index = 0; index < count; index += 1) {
    const code = characterAt(pdfium, textPage, index);
    if (code === SPACE) spaced = true;
    const object = call.FPDFText_GetTextObject(textPage, index);
    if (object === 0) continue;
    if (isUnmapped(code, object, index)) unmapped += 1;
    if (code === SPACE || code === SKIPPED) continue;
    const style = styleOf(textPage, index, object);
    let direction = directions.get(style.angle);
    if (direction === undefined) {
      const frame = frameOf(style.angle, geometry);
      direction = { frame, builder: runBuilder(frame, geometry, rulesIn(frame)), characters: 0 };
      directions.set(style.angle, direction);
    }
    direction.characters += 1;
    direction.builder.add(place(index, object, direction.frame), code, style, spaced, index);
    spaced = false;
  }
  const sorted = [...directions.values()]
    .map(({ frame, builder, characters }) => ({ frame, runs: builder.finish(), characters }))
    .sort((a, b) => b.characters - a.characters);
  return { directions: sorted, unmapped };
}

/** For private use, or for terminals: a font that maps its letters there does not say what they mean. */
const isMeaningless = (code: number): boolean => (code >= 0xe000 && code <= 0xf8ff) || (code >= 0x80 && code <= 0x9f);

/** Whether a character's meaning is not known. Texts are set in one font each, so the first of each is asked about. */
function unmappedTest({ call }: Pdfium, textPage: number): (code: number, object: number, index: number) => boolean {
  let last = { object: 0, unmapped: false };
  return (code, object, index) => {
    if (object !== last.object) last = { object, unmapped: call.FPDFText_HasUnicodeMapError(textPage, index) === 1 };
    return last.unmapped || isMeaningless(code) || (code === SKIPPED && call.FPDFText_HasUnicodeMapError(textPage, index) === 1);
  };
}

/** The character's code; white space of any kind is a plain space, what is not to be read is 0. */
function characterAt({ call }: Pdfium, textPage: number, index: number): number {
  const code = call.FPDFText_GetUnicode(textPage, index);
  if (code > 0x20 && code < 0x7f) return code;
  if (code === LINE_END_HYPHEN || code === 0xfffe) return call.FPDFText_IsHyphen(textPage, index) === 1 ? HYPHEN : SKIPPED;
  if (code === 0 || code === 0xffff || code === 0xfffd || code === 0xfeff) return SKIPPED;
  // PDFium's guess at a line's end: geometry decides.
  if (code === 0x0a || code === 0x0d) return SKIPPED;
  if (code <= 0x20 || code === 0xa0 || (code >= 0x2000 && code <= 0x200b) || code === 0x202f || code === 0x3000) return SPACE;
  if (code < 0xa0) return code === 0x7f ? SKIPPED : code;
  // What is drawn is no soft hyphen, whatever the font calls it.
  if (code === 0xad) return HYPHEN;
  // Symbol fonts draw their usual bullets in the private use area.
  if (code === 0xf0b7 || code === 0xf0a7 || code === 0xf076 || code === 0xf0d8) return 0x2022;
  return code > 0x10ffff ? SKIPPED : code;
}

/** Where characters stand. The glyph is reused: one per character would be most of a page's garbage. */
function placer({ call, scratch, float, double }: Pdfium, textPage: number): (index: number, object: number, frame: Frame) => Glyph {
  const glyph: Glyph = { x0: 0, x1: 0, baseline: 0, fresh: false };
  let last = 0;
  const fromTightBox = (index: number, frame: Frame): void => {
    call.FPDFText_GetCharBox(textPage, index, scratch, scratch + 8, scratch + 16, scratch + 24);
    const [left, right, bottom, top] = [double(scratch), double(scratch + 8), double(scratch + 16), double(scratch + 24)];
    const xs = [frame.x(left, bottom), frame.x(right, bottom), frame.x(left, top), frame.x(right, top)];
    glyph.x0 = Math.min(...xs);
    glyph.x1 = Math.max(...xs);
  };
  return (index, object, frame) => {
    glyph.fresh = object !== last;
    last = object;
    const upright = frame.angle % 180 === 0;
    if (glyph.fresh || !upright) {
      call.FPDFText_GetCharOrigin(textPage, index, scratch, scratch + 8);
      glyph.baseline = frame.y(double(scratch), double(scratch + 8));
    }
    if (!upright) {
      // The loose box is empty here; the origin stands in for its start.
      const origin = frame.x(double(scratch), double(scratch + 8));
      fromTightBox(index, frame);
      glyph.x0 = Math.min(glyph.x0, origin);
      return glyph;
    }
    call.FPDFText_GetLooseCharBox(textPage, index, scratch);
    const [left, right] = [float(scratch), float(scratch + 8)];
    glyph.x0 = frame.angle === 0 ? left : -Math.max(left, right);
    glyph.x1 = frame.angle === 0 ? right : -Math.min(left, right);
    if (glyph.x1 <= glyph.x0) fromTightBox(index, frame);
    return glyph;
  };
}
