import { limits } from '../check.ts';
import { type TextCheck, wordsOf } from '../subject.ts';

const plain = (text: string): string => ` ${wordsOf(text).join(' ')} `;

/** Whether the document speaks of what its source is about. */
export const vocabulary: TextCheck = {
  name: 'vocabulary',
  limits: limits({ weight: 2, warn: 0.5, hold: 0.1 }),
  judge({ text, quality: { vocabulary: terms, vocabularyTerms } }) {
    if (terms.length === 0) return undefined;
    const words = plain(text);
    // A word may carry an ending.
    const used = terms.filter((term) => words.includes(plain(term).trimEnd())).length;
    const wanted = Math.min(vocabularyTerms, terms.length);
    return {
      score: Math.min(1, used / wanted),
      message: `it uses ${used} of the ${terms.length} terms of its source, ${wanted} are expected`,
    };
  },
};
