import type { Boilerplate } from './boilerplate.ts';
import { flowed } from './lines.ts';
import { type Box, type Line, type Region, type TableBlock, unionOf } from './model.ts';

/** Lines that belong together, of one style. */
export type Paragraph = { kind: 'lines'; lines: Line[]; boilerplate: Boilerplate | undefined; region: Region };
export type Part = Paragraph | TableBlock;

/** Sizes further apart than this part are two styles. */
const SIZE_CHANGE = 0.08;
/** A line distance beyond the usual by this factor parts paragraphs. */
const SPACING = 1.3;
/** A line that starts this many font sizes further in is indented. */
const INDENT = 0.8;
/** Lines before and after one that show how wide its text is set. */
const NEIGHBOURS = 8;
const BULLET = /^[•◦▪▫‣●○■□◆❖➢➤✓✔–—*·∙-]\s+(?=\S)/u;
const ENUMERATOR = /^(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\([A-Z]\)|[A-Z]\)|\(?[ivx]{1,5}[.)])\s+(?=\S)/;
const SENTENCE_END = /[.!?:;…]["'”’»)\]]*$/u;

/** The marker that a list item begins with, and whether it counts. */
export function listMarker(text: string): { marker: string; rest: string; counts: boolean } | undefined {
  const bullet = BULLET.exec(text)?.[0];
  const marker = bullet ?? ENUMERATOR.exec(text)?.[0];
  return marker === undefined ? undefined : { marker: marker.trim(), rest: text.slice(marker.length), counts: bullet === undefined };
}

/** A region's lines as paragraphs, tables between them, from the top. */
export function partsOf(region: Region, boilerplate: ReadonlyMap<Line, Boilerplate>): Part[] {
  const parts: Part[] = [];
  const lines = region.blocks.flatMap((block) => (block.kind === 'line' ? [block] : []));
  const pitch = usualPitch(lines);
  let open: Paragraph | undefined;
  for (const [index, block] of region.blocks.entries()) {
    if (block.kind === 'table') {
      parts.push(block);
      open = undefined;
      continue;
    }
    const after = region.blocks[index + 1];
    const next = after?.kind === 'line' ? after : undefined;
    const own = boilerplate.get(block);
    if (
      open !== undefined &&
      open.boilerplate === own &&
      own === undefined &&
      belongs(open.lines, block, next, rightEdge(region, index), pitch)
    )
      open.lines.push(block);
    else {
      open = { kind: 'lines', lines: [block], boilerplate: own, region };
      parts.push(open);
    }
  }
  return parts;
}

/** The distance from line to line, as a part of the font size, that most lines of the region have. */
function usualPitch(lines: readonly Line[]): number {
  const pitches: number[] = [];
  for (let i = 1; i < lines.length; i += 1) {
    const [above, below] = [lines[i - 1], lines[i]];
    if (above === undefined || below === undefined || isOtherSize(above, below)) continue;
    const pitch = (below.baseline - above.baseline) / below.size;
    if (pitch > 0.8 && pitch < 3) pitches.push(pitch);
  }
  if (pitches.length < 3) return 1.25;
  pitches.sort((a, b) => a - b);
  // Below the median: paragraphs of a line or two would hide the distance within one.
  return pitches[Math.floor(pitches.length * 0.35)] ?? 1.25;
}

/** How far lines of the same size reach around a line: a title or a table may be wider than the text. */
function rightEdge({ blocks }: Region, index: number): number {
  const line = blocks[index];
  if (line?.kind !== 'line') return 0;
  let right = line.x1;
  for (const other of blocks.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1))
    if (other.kind === 'line' && !isOtherSize(line, other)) right = Math.max(right, other.x1);
  return right;
}

const isOtherSize = (a: Line, b: Line): boolean => Math.abs(a.size - b.size) > SIZE_CHANGE * Math.max(a.size, b.size);

function belongs(open: readonly Line[], line: Line, next: Line | undefined, right: number, pitch: number): boolean {
  const last = open.at(-1);
  if (last === undefined || last.hidden !== line.hidden || isOtherSize(last, line) || last.mono !== line.mono) return false;
  const distance = (line.baseline - last.baseline) / line.size;
  if (distance > pitch * (line.mono ? 2.3 : SPACING)) return false;
  if (line.mono) return true;
  if (hasLeaders(last.text)) return false;
  const ended = couldHaveHeld(last, line, right);
  if (startsItem(open, line, ended)) return false;
  if (last.bold !== line.bold && (ended || distance > pitch * 1.1)) return false;
  return !(ended && startsAnew(last, line)) && !isIndentBreak(open, line, next);
}

/** Whether the line's first word would have fit at the end of the line above, which then ended on purpose. */
function couldHaveHeld(last: Line, line: Line, right: number): boolean {
  const word = line.text.indexOf(' ');
  const length = word < 0 ? line.text.length : word;
  const width = ((line.x1 - line.x0) * (length + 2)) / Math.max(1, line.text.length);
  return right - last.x1 > width + line.size;
}

/** A number at the start of a line may be a part of the sentence, a bullet may not. */
function startsItem(open: readonly Line[], line: Line, ended: boolean): boolean {
  const marker = listMarker(line.text);
  if (marker === undefined) return false;
  const last = open.at(-1);
  if (!marker.counts || ended || last === undefined || Math.abs(last.x0 - line.x0) > 0.5 * line.size) return true;
  return SENTENCE_END.test(last.text) && listMarker(open[0]?.text ?? '') !== undefined;
}

const startsAnew = (last: Line, line: Line): boolean =>
  (SENTENCE_END.test(last.text) || !/^[\p{Ll}(]/u.test(line.text)) && Math.abs(line.x0 - last.x0) < 2 * line.size;

/** A first line further in than the line above and the one below, or a hanging paragraph's next first line. */
function isIndentBreak(open: readonly Line[], line: Line, next: Line | undefined): boolean {
  const last = open.at(-1);
  if (last === undefined) return false;
  const inwards = line.x0 - last.x0 > INDENT * line.size;
  if (inwards) return open.length > 1 && (next === undefined || next.x0 < line.x0 - INDENT * line.size);
  return (
    open.length > 1 &&
    last.x0 - line.x0 > INDENT * line.size &&
    listMarker(open[0]?.text ?? '') === undefined &&
    (open[0]?.x0 ?? 0) < last.x0 - 1
  );
}

export const paragraphText = ({ lines }: Paragraph): string => flowed(lines.map((line) => line.text.replace(LEADERS, ' ... ').trim()));

/** Dots that lead the eye to a page number. */
const LEADERS = /\s*(?:\.\s?){5,}/g;
/** Whether a line is an entry of a table of contents. */
export const hasLeaders = (text: string): boolean => /(?:\.\s?){5,}\s*[\divxlc]+\s*$/i.test(text);

export const paragraphBox = ({ lines, region }: Paragraph): Box => region.toPage(unionOf(lines));
