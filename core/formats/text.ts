import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { SluiceError } from '../errors.ts';
import { decodeText } from './encoding.ts';
import type { ParseContext } from './index.ts';
import { blocksOf } from './text/blocks.ts';
import { codeElements, codeLanguage } from './text/code.ts';
import { type Page, pagesOf } from './text/pages.ts';
import { elementsOf } from './text/structure.ts';

/** Longest paragraph; what is longer (a log without blank lines, a book on one line) is cut at a line end or a blank. */
const MAX_PARAGRAPH = 64 * 1024;

/** Plain text: paragraphs by blank lines; headings, lists and aligned columns where their form is clear. Source code stays as it is. */
export function parseText(bytes: Uint8Array, { name, limits }: ParseContext): Extracted {
  const { text, warnings } = readText(bytes, { name, limits });
  const language = codeLanguage(name);
  const pages = language === undefined ? pagesOf(text) : [];
  const elements =
    language !== undefined
      ? codeElements(text, language)
      : pages.length > 1
        ? pages.flatMap((page, i) => pageElements(page, i + 1))
        : blockElements(text);
  return {
    format: 'txt',
    metadata: {},
    elements: elements.flatMap(bounded),
    ...(pages.length > 1 ? { pages: pages.length } : {}),
    warnings,
  };
}

const blockElements = (text: string): Element[] =>
  blocksOf(text).flatMap((block, i, blocks) => elementsOf(block, { previous: blocks[i - 1], next: blocks[i + 1] }));

const pageElements = ({ text, header, footer }: Page, page: number): Element[] => [
  ...(header === undefined ? [] : [{ kind: 'paragraph' as const, text: header, boilerplate: 'header' as const, page }]),
  ...blockElements(text).map((element) => ({ ...element, page })),
  ...(footer === undefined ? [] : [{ kind: 'paragraph' as const, text: footer, boilerplate: 'footer' as const, page }]),
];

/** A text file's text, with warnings about what its encoding left doubtful. */
export function readText(bytes: Uint8Array, { name, limits }: ParseContext): { text: string; warnings: Extracted['warnings'] } {
  if (bytes.length > limits.maxTextLength * 4)
    throw new SluiceError('too-large', `reading ${name}: ${bytes.length} bytes of text, ${limits.maxTextLength} characters allowed`);
  const { text, encoding, broken } = decodeText(bytes, name);
  const warnings: Extracted['warnings'] = [];
  if (!encoding.startsWith('utf-')) warnings.push({ code: 'guessed-encoding', message: `read as ${encoding}, by its letters` });
  if (broken > 0) warnings.push({ code: 'broken-characters', message: `${broken} characters could not be read` });
  return { text, warnings };
}

function bounded(element: Element): Element[] {
  if (element.kind === 'table' || element.text.length <= MAX_PARAGRAPH) return [element];
  return [...cut(element.text)].map((text) => ({ ...element, text }));
}

function* cut(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const limit = at + MAX_PARAGRAPH;
    const end = limit >= text.length ? text.length : breakBefore(text, at, limit);
    yield text.slice(at, end);
    at = end;
  }
}

/** Where to cut before `limit`: after a line end, else a blank, else between characters. */
function breakBefore(text: string, start: number, limit: number): number {
  const floor = start + MAX_PARAGRAPH / 2;
  // A search in the whole text would run back to its start at every cut.
  const window = text.slice(floor, limit);
  const lineEnd = window.lastIndexOf('\n');
  const last = lineEnd === -1 ? window.lastIndexOf(' ') : lineEnd;
  if (last !== -1) return floor + last + 1;
  const unit = text.charCodeAt(limit - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? limit - 1 : limit;
}
