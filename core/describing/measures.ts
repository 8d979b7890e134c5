/** Fewer words say nothing of how hard a text is to read. */
const ENOUGH = 100;
const LONG_WORD = 6;

export type Measures = { words: number; readingLevel?: number };

/**
 * How long a text is, and how hard to read: LIX (Björnsson, 1968), words of a sentence and long words of a hundred, which
 * needs no syllables and so fits most languages with an alphabet. 25 is a book for children, 45 a newspaper, 60 a law.
 */
export function measuresOf(text: string): Measures {
  const words = text.match(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? [];
  const alphabetic = words.filter((word) => /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}'’-]+$/u.test(word));
  if (alphabetic.length < ENOUGH) return { words: words.length };
  const sentences = Math.max(1, text.match(/[.!?…:]+(?=\s|$)|\n{2,}/g)?.length ?? 0);
  const long = alphabetic.filter((word) => word.length > LONG_WORD).length;
  return { words: words.length, readingLevel: Math.round(alphabetic.length / sentences + (100 * long) / alphabetic.length) };
}
