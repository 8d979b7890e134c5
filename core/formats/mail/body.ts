import type { Element } from '#schemas/records/extracted.ts';
import { elementText, isContent } from '../../document-text.ts';
import { tellActiveHtml } from '../active/markup.ts';
import { blocksOf } from '../html/blocks.ts';
import { parseDom } from '../html/dom.ts';
import type { ParseContext } from '../index.ts';
import { tellHtmlLinks } from '../links.ts';
import { plainTextElements } from './plain-text.ts';
import { quotesOf } from './quotes.ts';

/** Programs that compose HTML sometimes send a stub or nothing as its plain text. */
const LEAST_SHARE = 0.4;
/** How many of a paragraph's word pairs must be new for it to be no repetition of the other form. */
const NEW_SHARE = 0.5;

export type Body = { plain?: string | undefined; html?: string | undefined; isForward: boolean };

/**
 * A message's body from its two forms: the plain one, unless it says much less, and what only the other one shows, as the
 * two need not say the same.
 */
export function bodyElements(
  { plain, html, isForward }: Body,
  { limits, active, link }: Pick<ParseContext, 'limits' | 'active' | 'link'>,
): Element[] {
  const fromPlain = plain === undefined ? [] : plainTextElements(plain, isForward);
  if (html === undefined) return fromPlain;
  const document = parseDom(html, limits);
  tellActiveHtml(document, active);
  tellHtmlLinks(document, link);
  const fromHtml = blocksOf(document, { limits, ...(isForward ? {} : { boilerplateOf: quotesOf(document) }) });
  const isPlainWhole = fromPlain.length > 0 && letters(fromPlain) >= letters(fromHtml) * LEAST_SHARE;
  return isPlainWhole ? [...fromPlain, ...unsaid(fromHtml, fromPlain)] : fromHtml;
}

const letters = (elements: readonly Element[]): number =>
  elements.reduce(
    (sum, element) => sum + (element.hidden || element.kind === 'image' ? 0 : elementText(element).replace(/\s+/g, '').length),
    0,
  );

/** Neighbouring words; a word alone is its own pair. */
function pairsOf(element: Element): string[] {
  const words =
    elementText(element)
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 1 ? words : words.slice(1).map((word, i) => `${words[i]} ${word}`);
}

function unsaid(elements: readonly Element[], said: readonly Element[]): Element[] {
  const known = new Set(
    said.flatMap((element) => [
      ...pairsOf(element),
      ...elementText(element)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    ]),
  );
  return elements.filter((element) => {
    if (!isContent(element) || element.kind === 'image') return element.hidden !== undefined;
    const pairs = pairsOf(element);
    return pairs.filter((pair) => !known.has(pair)).length >= pairs.length * NEW_SHARE;
  });
}
