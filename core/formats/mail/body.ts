import type { Element } from '#schemas/records/extracted.ts';
import { elementText } from '../../document-text.ts';
import { blocksOf } from '../html/blocks.ts';
import { parseDom } from '../html/dom.ts';
import type { ParseLimits } from '../index.ts';
import { plainTextElements } from './plain-text.ts';
import { quotesOf } from './quotes.ts';

/** Programs that compose HTML sometimes send a stub or nothing as its plain text. */
const LEAST_SHARE = 0.4;

/** A message's body from its plain or its HTML form: the plain one, unless it says much less. */
export function bodyElements(plain: string | undefined, html: string | undefined, limits: ParseLimits): Element[] {
  const fromPlain = plain === undefined ? [] : plainTextElements(plain);
  if (html === undefined) return fromPlain;
  const document = parseDom(html, limits);
  const fromHtml = blocksOf(document, { limits, boilerplateOf: quotesOf(document) });
  return visibleLetters(fromPlain) >= visibleLetters(fromHtml) * LEAST_SHARE && fromPlain.length > 0 ? fromPlain : fromHtml;
}

const visibleLetters = (elements: readonly Element[]): number =>
  elements.reduce(
    (sum, element) => sum + (element.hidden || element.kind === 'image' ? 0 : elementText(element).replace(/\s+/g, '').length),
    0,
  );
