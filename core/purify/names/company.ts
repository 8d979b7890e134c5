import type { NameWord } from './sequences.ts';

export type Run = { words: NameWord[]; score: number };

const isNamed = ({ kind, facts }: NameWord): boolean => kind === 'word' && (facts.given || facts.name);
const isUnknown = ({ kind, facts }: NameWord): boolean => kind === 'word' && !facts.word && !facts.place;
const JOINED = /^,? (?:and|und|y|et|e|og|och|ja|&) $|^, $/u;

/** One word, or a few, of which each could be a person's name. */
const mayBeName = (words: readonly NameWord[]): boolean =>
  words.length <= 3 &&
  words.every((word) => word.kind !== 'word' || (isNamed(word) && !(word.facts.place && !word.facts.given)) || isUnknown(word));

/**
 * Names that stand in a row with others: `Efimiya, Mary and Jodi`. Of two that are joined by `and`, one has to be known for a
 * name, and one of them no place.
 */
export function inCompany(runs: readonly Run[], text: string): Run[] {
  const scores = runs.map(({ score }) => score);
  const joined = (i: number): boolean => {
    const [one, two] = [runs[i]?.words.at(-1), runs[i + 1]?.words[0]];
    return one !== undefined && two !== undefined && two.start - one.end < 8 && JOINED.test(text.slice(one.end, two.start));
  };
  for (let i = 0; i + 1 < runs.length; i++) {
    const [one, two] = [runs[i], runs[i + 1]];
    if (!one || !two || !joined(i) || !mayBeName(one.words) || !mayBeName(two.words)) continue;
    const both = [...one.words, ...two.words];
    const together = /\p{L}/u.test(text.slice(one.words.at(-1)?.end ?? 0, two.words[0]?.start ?? 0));
    const pair =
      one.words.length === 1 &&
      two.words.length === 1 &&
      both.some(isNamed) &&
      both.some(({ facts }) => !facts.place) &&
      !both.every(({ facts }) => facts.word);
    if (scores[i] || (together && pair)) scores[i + 1] = Math.max(scores[i + 1] ?? 0, 0.6);
    if (scores[i + 1]) scores[i] = Math.max(scores[i] ?? 0, 0.6);
  }
  // Backwards too: the first of a row may be known by the last alone.
  for (let i = runs.length - 2; i >= 0; i--)
    if (scores[i + 1] && !scores[i] && joined(i) && mayBeName(runs[i]?.words ?? [])) scores[i] = 0.6;
  return runs.map(({ words }, i) => ({ words, score: scores[i] ?? 0 }));
}
