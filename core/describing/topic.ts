import type { Description } from '#schemas/records/description.ts';
import type { TagFound } from './tags.ts';

/** A phrase with how much it says. */
export type Weighed = { name: string; score: number };

const rounded = (share: number): number => Number(share.toFixed(2));

/**
 * What a document is about: of the taxonomy's tags that it gets the one whose words it uses most, with its share of all such
 * words; without one its first key phrase, with its share of what the first ones weigh.
 */
export function topicOf(tags: readonly TagFound[], phrases: readonly Weighed[]): Description['topic'] {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const [first] = [...tags].sort((a, b) => b.count - a.count);
  if (first) return { name: first.tag, score: rounded(first.count / sum(tags.map(({ count }) => count))), by: 'taxonomy' };
  const [phrase] = phrases;
  return phrase && { name: phrase.name, score: rounded(phrase.score / sum(phrases.map(({ score }) => score))), by: 'phrases' };
}
