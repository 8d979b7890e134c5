import { keywordText } from './keyword-text.ts';
import { withoutStopWords } from './stop-words.ts';

/** A longer query is a pasted document: its first words say what it is about, and the index need not walk more. */
const MAX_TERMS = 48;
const MAX_LENGTH = 10_000;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/**
 * An FTS5 MATCH expression for what a person typed: any of its words, each quoted, so that nothing in it is syntax.
 * Stop words are left out when others remain. Undefined if there is nothing to look for.
 */
export function keywordQuery(query: string): string | undefined {
  const text = keywordText(query.slice(0, MAX_LENGTH).normalize('NFKC').toLowerCase());
  const words = [...new Set(text.match(WORD))];
  if (words.length === 0) return undefined;
  return withoutStopWords(words)
    .slice(0, MAX_TERMS)
    .map((word) => `"${word}"`)
    .join(' OR ');
}
