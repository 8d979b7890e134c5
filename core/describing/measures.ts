/** Fewer words say nothing of how hard a text is to read. */
const ENOUGH = 100;
const LONG_WORD = 6;

export type Measures = { words: number; readingLevel?: number };

/**
 * How long a text is, and how hard to read: LIX (Björnsson, 1968), words of a sentence and long words of a hundred, which
 * needs no syllables and so fits most languages with an alphabet. 25 is a book for children, 45 a newspaper, 60 a law.
 * Tables and code are no sentences: only `prose` is judged.
 */
export function measuresOf(text: string, prose: string): Measures {
  const words = wordsOf(text).length;
  const alphabetic = wordsOf(prose).filter((word) => /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}'’-]+$/u.test(word));
  if (alphabetic.length < ENOUGH) return { words };
  const sentences = Math.max(1, prose.match(/[.!?…:]+(?=\s|$)|\n{2,}/g)?.length ?? 0);
  const long = alphabetic.filter((word) => word.length > LONG_WORD).length;
  return { words, readingLevel: Math.round(alphabetic.length / sentences + (100 * long) / alphabetic.length) };
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? [];
