import { STRONG_WORDS } from '../../strong-words.ts';
import { limits } from '../check.ts';
import { type TextCheck, wordsOf } from '../subject.ts';

/** So many for each thousand words are past quoting somebody. */
const WORST = 5;

/** Strong language, by words; off unless a source switches it on. */
export const profanity: TextCheck = {
  name: 'profanity',
  isDefect: true,
  isOptional: true,
  limits: limits({ weight: 1, warn: 0.9, hold: 0.3 }),
  judge({ text, quality: { profanity: own } }) {
    const words = wordsOf(text);
    const wanted = new Set(own.map((word) => word.toLowerCase()));
    const found = words.filter((word) => STRONG_WORDS.has(word) || wanted.has(word)).length;
    const share = (found / Math.max(words.length, 200)) * 1_000;
    return { score: 1 - Math.min(1, share / WORST), message: `${found} strong words among ${words.length}` };
  },
};
