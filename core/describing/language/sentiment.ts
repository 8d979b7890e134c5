import type { Sentiment } from '../../ports/language.ts';
import type { Lexicon } from './lexicons.ts';

const SENTENCE = /[^.!?…\n]+[.!?…]*/gu;
const WORD = /[\p{L}\p{M}]+(?:['’]\p{L}+)?/gu;
/** A negation turns what stands in the three words after it, and does not do so fully; VADER (Hutto and Gilbert, 2014). */
const REACH = 3;
const TURNED = -0.74;
/** VADER's, for weights up to 4; those here go up to 1. */
const ALPHA = 15 / 16;
/** Below this a sentence says neither. */
const LEAST = 0.15;

/** -1..1 */
function sentenceScore(sentence: string, { weightOf, negations }: Lexicon): number {
  const words = sentence.toLowerCase().replaceAll('’', "'").match(WORD) ?? [];
  let sum = 0;
  let turned = 0;
  for (const word of words) {
    if (negations.has(word)) {
      turned = REACH;
      continue;
    }
    const weight = weightOf(word);
    sum += turned > 0 ? weight * TURNED : weight;
    turned = Math.max(0, turned - 1);
  }
  return sum / Math.sqrt(sum * sum + ALPHA);
}

/** The shares of a text's sentences that sound well, badly, or neither. A text without words is neutral. */
export function sentimentOf(text: string, lexicon: Lexicon): Sentiment {
  const scores = (text.match(SENTENCE) ?? []).filter((sentence) => /\p{L}{2}/u.test(sentence)).map((one) => sentenceScore(one, lexicon));
  const share = (isSo: (score: number) => boolean): number => scores.filter(isSo).length / Math.max(1, scores.length);
  const [positive, negative] = [share((score) => score >= LEAST), share((score) => score <= -LEAST)];
  return { positive, negative, neutral: Math.max(0, 1 - positive - negative), mixed: 0 };
}
