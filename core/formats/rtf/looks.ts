import type { Element } from '#schemas/records/extracted.ts';

/** How text looks; `size` in half points. */
export type Look = { bold: boolean; size: number };
/** An element, with its look if it is a paragraph of the main text. */
export type Paragraph = { element: Element; look: Look | undefined };

export const PLAIN: Look = { bold: false, size: 24 };

const MAX_HEADING = 100;
/** Headings are a small part of a text; where more of it is large or bold, it is the style of the text. */
const MAX_SHARE = 0.3;
const LARGER = 1.15;

/** The look of a paragraph: bold if all of it is, in the size of most of it. */
export function lookOf(runs: readonly { text: string; look: Look }[]): Look {
  const visible = runs.filter((run) => run.text.trim() !== '');
  return { bold: visible.length > 0 && visible.every((run) => run.look.bold), size: commonest(visible) };
}

function commonest(runs: readonly { text: string; look: Look }[]): number {
  const lengths = new Map<number, number>();
  for (const { text, look } of runs) lengths.set(look.size, (lengths.get(look.size) ?? 0) + text.length);
  return [...lengths].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [PLAIN.size, 0])[0];
}

/** The elements; where no style makes a heading, short lines that are larger than the text, or bold, become headings. */
export function withHeadings(paragraphs: readonly Paragraph[]): Element[] {
  const elements = paragraphs.map(({ element }) => element);
  if (elements.some((element) => element.kind === 'heading')) return elements;
  const texts = paragraphs.flatMap(({ element, look }) =>
    element.kind === 'paragraph' && look !== undefined ? [{ text: element.text, look }] : [],
  );
  const body = commonest(texts);
  const isHeading = ({ element, look }: Paragraph, i: number): boolean =>
    element.kind === 'paragraph' &&
    look !== undefined &&
    stands(element.text) &&
    (look.size >= body * LARGER || look.bold) &&
    i < paragraphs.length - 1;
  const headings = paragraphs.filter(isHeading);
  const lengthOf = (all: readonly { text: string }[]): number => all.reduce((sum, { text }) => sum + text.length, 0);
  if (lengthOf(headings.flatMap(({ element }) => (element.kind === 'paragraph' ? [element] : []))) > lengthOf(texts) * MAX_SHARE)
    return elements;
  const sizes = [...new Set(headings.flatMap(({ look }) => (look === undefined ? [] : [Math.max(look.size, body)])))].sort((a, b) => b - a);
  return paragraphs.map((paragraph, i) => {
    const { element, look } = paragraph;
    if (!isHeading(paragraph, i) || element.kind !== 'paragraph' || look === undefined) return element;
    return { ...element, kind: 'heading', level: Math.min(6, sizes.indexOf(Math.max(look.size, body)) + 1) };
  });
}

/** One short line that is no sentence. */
const stands = (text: string): boolean =>
  text.length <= MAX_HEADING && !text.includes('\n') && /\p{L}/u.test(text) && !/[.;:,!?]$/.test(text);
