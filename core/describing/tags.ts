import type { TagRule } from '#schemas/tagging.ts';

/** Words of a text in small letters, with a blank before each: what a term with a blank before it is looked for in. */
const plain = (text: string): string => ` ${(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `;

function occurrences(text: string, term: string): number {
  let count = 0;
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) count += 1;
  return count;
}

/** A tag, and those above it: what is about `products/pumps` is about `products`. */
const lineage = (tag: string): string[] => {
  const names = tag.split('/');
  return names.map((_, i) => names.slice(0, i + 1).join('/'));
};

/** Tags with those that stand above them in the hierarchy, each once. */
export const withAncestors = (tags: readonly string[]): string[] => [...new Set(tags.flatMap(lineage))];

export type TagFound = { tag: string; count: number };

/** The tags whose words a text uses often enough, and how often it does. */
export function tagsFound(text: string, rules: readonly TagRule[]): TagFound[] {
  if (rules.length === 0) return [];
  const words = plain(text);
  return rules
    .map(({ tag, words: terms, atLeast }) => ({
      tag,
      atLeast,
      count: terms.reduce((sum, term) => sum + occurrences(words, plain(term).trimEnd()), 0),
    }))
    .filter(({ count, atLeast }) => count >= atLeast);
}

/** The tags that a text gets, and those above them. */
export const tagsOf = (found: readonly TagFound[]): string[] => withAncestors(found.map(({ tag }) => tag));
