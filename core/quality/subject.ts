import type { Quality, TextCheckName } from '#schemas/quality.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { documentText, elementText, isContent } from '../document-text.ts';
import type { Check } from './check.ts';

/** What the checks of a text look at. */
export type TextSubject = {
  extracted: Extracted;
  quality: Quality;
  /** The visible main content. */
  text: string;
  content: readonly Element[];
  /** Content that is written in sentences: neither tables nor code. */
  prose: string;
  /** ISO 639-1; undefined: it cannot be told. */
  language: string | undefined;
};

export type TextCheck = Check<TextSubject, TextCheckName>;

/** Longer prose costs time and changes no score. */
const MOST_PROSE = 400_000;

export function textSubject(extracted: Extracted, quality: Quality, language: string | undefined): TextSubject {
  // A summary is ours, and nothing of the document to judge.
  const content = extracted.elements.filter((element) => isContent(element) && element.kind !== 'summary');
  const parts: string[] = [];
  let length = 0;
  for (const element of content) {
    if (element.kind === 'table' || element.kind === 'code' || length > MOST_PROSE) continue;
    const text = elementText(element);
    parts.push(text);
    length += text.length;
  }
  return { extracted, quality, text: documentText(content).text, content, prose: parts.join('\n'), language };
}

export const lettersOf = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
