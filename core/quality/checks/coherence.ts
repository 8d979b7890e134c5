import { data } from 'franc-min/data.js';
import { limits } from '../check.ts';
import { lettersOf, type TextCheck } from '../subject.ts';

/** The 300 commonest trigrams of each language that is written in one of these scripts (Universal Declaration of Human Rights). */
const LISTS = Object.values(data).flatMap((languages) => Object.values(languages));
/** The languages in which a trigram is common, by their place in the lists: made when the first text is judged. */
let languages: Map<string, number[]> | undefined;
function languagesOf(trigram: string): readonly number[] {
  languages ??= trigramsOf(LISTS);
  return languages.get(trigram) ?? [];
}
function trigramsOf(lists: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [language, list] of lists.entries()) {
    for (const trigram of list.split('|')) {
      const known = found.get(trigram);
      if (known) known.push(language);
      else found.set(trigram, [language]);
    }
  }
  return found;
}
const SCRIPTS = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Devanagari}]/gu;

/** Fewer letters tell nothing, and more tell nothing new. */
const ENOUGH = 300;
const MOST = 6_000;
/** Text of any language has a fifth and more of its trigrams among the common ones, keys hit at random a tenth. */
const [NOISE, PROSE] = [0.1, 0.2];

/** A stretch from the beginning, the middle and the end. */
function sampleOf(text: string): string {
  if (text.length <= MOST) return text;
  const part = MOST / 3;
  const middle = Math.floor((text.length - part) / 2);
  return `${text.slice(0, part)} ${text.slice(middle, middle + part)} ${text.slice(-part)}`;
}

/** The share of a text's trigrams that are common in the language that they fit best. */
export function trigramShare(text: string): number {
  const clean = ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim()} `;
  const found = new Uint32Array(LISTS.length);
  for (let i = 0; i + 3 <= clean.length; i++) {
    for (const language of languagesOf(clean.slice(i, i + 3))) found[language] = (found[language] ?? 0) + 1;
  }
  return Math.max(...found) / Math.max(1, clean.length - 2);
}

/**
 * Whether letters follow each other as in some language, measured by trigrams (Cavnar and Trenkle, 1994): keys hit at random,
 * encoded bytes and broken recognition do not.
 */
export const coherence: TextCheck = {
  name: 'coherence',
  limits: limits({ weight: 2, warn: 0.6, hold: 0.3 }),
  judge({ prose }) {
    const sample = sampleOf(prose);
    const letters = lettersOf(sample);
    const known = sample.match(SCRIPTS)?.length ?? 0;
    if (letters < ENOUGH || known < letters * 0.8) return undefined;
    const share = trigramShare(sample);
    const score = Math.min(1, Math.max(0, (share - NOISE) / (PROSE - NOISE)));
    return { score, message: `${Math.round(share * 100)} % of its letter sequences are common in a language` };
  },
};
