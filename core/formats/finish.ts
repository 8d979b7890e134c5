import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { isContent } from '../document-text.ts';
import { SluiceError } from '../errors.ts';
import { normalise } from '../normalise.ts';
import { languageOf, proseSample } from '../quality/language.ts';
import { withSummaries } from '../tables/summary.ts';
import { isTabular } from './index.ts';

/** What a parser, a recogniser or a join gives as every extracted document is: normalised text, and its language. */
export function finished(extracted: Extracted): Extracted {
  const normal = normalised(extracted);
  return isTabular(normal.format) ? withSummaries(normal) : normal;
}

/** As `finished`, for what has its summaries already. */
export function normalised(extracted: Extracted): Extracted {
  const normal = normalise(extracted);
  const language = languageOf(proseSample(normal)) ?? normal.metadata.language;
  return language === undefined ? normal : { ...normal, metadata: { ...normal.metadata, language } };
}

/** Throws `too-large`, and `no-text` for a document without any that a reader would see. `what`: the format in words. */
export function checkText({ elements }: Extracted, name: string, what: string, limits: { maxTextLength: number }): void {
  const length = elements.reduce((sum, element) => sum + lengthOf(element), 0);
  if (length > limits.maxTextLength)
    throw new SluiceError('too-large', `reading ${name}: ${length} characters of text, ${limits.maxTextLength} allowed`);
  if (!hasText(elements)) throw new SluiceError('no-text', `reading ${name}: ${what} without any visible text`);
}

/** Whether a reader of the document sees any text. */
export const hasText = (elements: readonly Element[]): boolean => elements.some((element) => isContent(element) && lengthOf(element) > 0);

const lengthOf = (element: Element): number =>
  element.kind === 'table'
    ? element.rows.reduce((sum, row) => row.reduce((cells, cell) => cells + cell.length, sum), 0)
    : element.text.length;
