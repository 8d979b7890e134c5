import { francAll } from 'franc-min';
import type { Extracted } from '#schemas/records/extracted.ts';
import { elementText, isContent } from '../document-text.ts';

/** What the language is told from; more text costs time and adds little. */
const SAMPLE = 200;
/** Below this many letters a language is a guess. */
const ENOUGH = 100;

/** ISO 639-1 where there is one. */
const shortCode = (code: string): string => Intl.getCanonicalLocales(code)[0] ?? code;

/** The language of a text by its trigrams (Cavnar and Trenkle, 1994), or undefined where it is too short to tell. */
export function languageOf(text: string): string | undefined {
  const letters = text.replace(/[^\p{L}\p{M}]+/gu, ' ').trim();
  if (letters.length < ENOUGH) return undefined;
  const best = francAll(letters.slice(0, SAMPLE))[0]?.[0];
  return best === undefined || best === 'und' ? undefined : shortCode(best);
}

/** A stretch from the middle of a document's prose, where titles and boilerplate mislead least. */
export function proseSample({ elements }: Pick<Extracted, 'elements'>): string {
  const prose = elements.filter((element) => isContent(element) && !['code', 'table', 'summary'].includes(element.kind));
  const from = prose.length > 0 ? prose : elements.filter(isContent);
  let sample = '';
  for (let i = Math.floor(from.length / 2); i < from.length + Math.floor(from.length / 2) && sample.length < SAMPLE * 3; i++) {
    const element = from[i % from.length];
    if (element) sample += ` ${elementText(element).slice(0, SAMPLE * 3)}`;
  }
  return sample;
}
