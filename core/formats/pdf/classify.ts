import type { Line, PageLayout } from './model.ts';
import { hasLeaders, type Paragraph, paragraphText } from './paragraphs.ts';

/** The style of a document's running text. */
export type Body = { size: number; bold: boolean; mono: boolean };

const MAX_HEADING = 200;
const MAX_BOLD_HEADING = 120;
const LARGER = 1.12;
/** Sizes this close, as a part, are one heading level. */
const SAME_LEVEL = 0.04;
const NUMBERED_CAPITALS = /^(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)\.?\s+\p{Lu}[\p{Lu}\s\d&:,’'–-]+$/u;
const CAPTION =
  /^(?:figure|fig\.|table|abbildung|abb\.|tabelle|tab\.|figura|tabla|tableau|listing|chart|exhibit)\s*\d+(?:[.\d-]*)\s*[.:|–—-]?\s/iu;
const NOTE_MARK = /^(?:\d{1,3}|[*†‡§¶])\s*\S/u;

/** The style that most characters of the pages have. */
export function bodyOf(pages: readonly PageLayout[]): Body {
  const weights = new Map<string, { style: Body; characters: number }>();
  const weigh = (style: Body, characters: number): void => {
    const key = `${Math.round(style.size * 2)} ${style.bold} ${style.mono}`;
    const entry = weights.get(key);
    if (entry === undefined) weights.set(key, { style, characters });
    else entry.characters += characters;
  };
  for (const block of pages.flatMap(({ regions }) => regions.flatMap(({ blocks }) => blocks))) {
    if (block.kind === 'table') weigh(block.style, block.rows.flat().join('').length);
    else if (block.hidden === undefined) weigh(block, block.text.length);
  }
  const [first, ...others] = weights.values();
  if (first === undefined) return { size: 10, bold: false, mono: false };
  return others.reduce((best, entry) => (entry.characters > best.characters ? entry : best), first).style;
}

/** The size that ranks a heading among the others; undefined if the paragraph is none. */
export function headingSize(paragraph: Paragraph, body: Body): number | undefined {
  const { lines } = paragraph;
  const [first] = lines;
  if (first === undefined || lines.length > 4 || hasLeaders(first.text)) return undefined;
  const text = paragraphText(paragraph);
  if (text.length > MAX_HEADING || !/\p{L}\P{L}*\p{L}/u.test(text)) return undefined;
  if (first.size >= body.size * LARGER) return /[,;]$/.test(text) && lines.length === 1 ? undefined : first.size;
  const standsOut = first.bold && !body.bold && first.size >= body.size * 0.95 && lines.every((line) => line.bold);
  const titled = /^[\p{Lu}\p{N}§]/u.test(text) && !/[.,;:]$/.test(text) && /\p{L}{2}/u.test(text);
  if (standsOut && titled && lines.length <= 2 && text.length <= MAX_BOLD_HEADING) return body.size;
  return lines.length === 1 && text.length <= 80 && NUMBERED_CAPITALS.test(text) && /\p{Lu}{3}/u.test(text) ? body.size : undefined;
}

/** Heading level by size, the largest is 1. */
export function headingLevels(sizes: readonly number[]): (size: number) => number {
  const steps: number[] = [];
  for (const size of [...new Set(sizes)].sort((a, b) => b - a)) {
    const last = steps.at(-1);
    if (last === undefined || size < last * (1 - SAME_LEVEL)) steps.push(size);
  }
  return (size) => Math.min(6, Math.max(1, steps.filter((step) => step >= size * (1 - SAME_LEVEL / 2)).length));
}

export const isCaption = (text: string): boolean => CAPTION.test(text) && text.length < 1_000;

/** Small print with a mark at the foot of a page. */
export function isFootnote(paragraph: Paragraph, body: Body, page: PageLayout): boolean {
  const [first] = paragraph.lines;
  if (first === undefined || first.size > body.size * 0.93 || !NOTE_MARK.test(first.text)) return false;
  return paragraph.region.toPage(first).y0 > page.height * 0.55;
}

/** Lines of code with their indentation; a blank line where a gap shows one. */
export function codeText(lines: readonly Line[]): string {
  const left = Math.min(...lines.map((line) => line.x0));
  let last: Line | undefined;
  return lines
    .map((line) => {
      const gap = last !== undefined && line.baseline - last.baseline > 1.8 * line.size ? '\n' : '';
      last = line;
      return gap + ' '.repeat(Math.min(40, Math.round((line.x0 - left) / (0.6 * line.size)))) + line.text;
    })
    .join('\n');
}
