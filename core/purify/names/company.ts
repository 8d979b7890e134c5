import { type Manner, startsLine } from './cues.ts';
import type { NameWord } from './sequences.ts';

export type Run = { words: NameWord[]; score: number };

const isNamed = ({ kind, facts }: NameWord): boolean => kind === 'word' && (facts.given || facts.name);
const isUnknown = ({ kind, facts }: NameWord): boolean => kind === 'word' && !facts.word && !facts.place;
/** A given name and nothing else. */
const isGivenOnly = ({ facts }: NameWord): boolean => facts.given && !facts.word && !facts.rare;
const JOINED = /^,? (?:and|und|y|et|e|og|och|ja|&) $|^, $/u;

/** One word, or a few, of which each could be a person's name. `strict`: where a table knows it. */
const mayBeName = (words: readonly NameWord[], strict: boolean): boolean =>
  words.length <= 3 &&
  words.some(({ text }) => text.length > 2) &&
  words.every(
    (word) => word.kind !== 'word' || (isNamed(word) && !(word.facts.place && !word.facts.given)) || (!strict && isUnknown(word)),
  );

/** Two single words of which one is known for a name; a given one where other words are written like names. */
function isPair(both: readonly NameWord[], manner: Manner): boolean {
  const tells = both.some((word) => (manner.caseless || manner.nounsLarge ? word.kind === 'word' && isGivenOnly(word) : isNamed(word)));
  return tells && both.some(({ facts }) => !facts.place) && !both.every(({ facts }) => facts.word);
}

/**
 * Names that stand in a row with others: `Efimiya, Mary and Jodi`. Of two that are joined by `and`, one has to be known for a
 * name, and one of them no place. What only a comma joins may be what somebody is: there a table has to know it.
 */
export function inCompany(runs: readonly Run[], text: string, manner: Manner): Run[] {
  const scores = runs.map(({ score }) => score);
  const gaps = runs.map(({ words }, i) => {
    const [one, two] = [words.at(-1), runs[i + 1]?.words[0]];
    return one && two && two.start - one.end < 8 ? (JOINED.exec(text.slice(one.end, two.start))?.[0] ?? '') : '';
  });
  const strict = rowsOf(gaps).map((isRow) => !isRow || manner.caseless || manner.nounsLarge);
  const may = (i: number): boolean => mayBeName(runs[i]?.words ?? [], (strict[i] ?? true) && !isTurned(runs, i, text));
  for (let i = 0; i + 1 < runs.length; i++) {
    const [one, two] = [runs[i], runs[i + 1]];
    if (!one || !two || gaps[i] === '' || !may(i) || !may(i + 1)) continue;
    const both = [...one.words, ...two.words];
    const pair = both.length === 2 && isWordy(gaps[i]) && isPair(both, manner);
    if (scores[i] || pair) scores[i + 1] = Math.max(scores[i + 1] ?? 0, 0.6);
    if (scores[i + 1]) scores[i] = Math.max(scores[i] ?? 0, 0.6);
  }
  // Backwards too: the first of a row may be known by the last alone.
  for (let i = runs.length - 2; i >= 0; i--) if (scores[i + 1] && !scores[i] && gaps[i] !== '' && may(i)) scores[i] = 0.6;
  const turned = new Set(turnedIn(runs, text));
  return runs.flatMap(({ words }, i) => {
    if (turned.has(i - 1)) return [];
    return turned.has(i) ? [{ words: [...words, ...(runs[i + 1]?.words ?? [])], score: 0.6 }] : [{ words, score: scores[i] ?? 0 }];
  });
}

/** What stands before and behind a name that is all of a line, of a field, or of an item between semicolons. */
const ITEM_START = /(?:^|[\n;:])[ \t*•–-]{0,8}$/u;
const ITEM_END = /^[ \t]{0,8}(?:$|[\n;(])/u;

/**
 * Names as lists have them, `Weber, Otto; Keller, Maria`: a family name and a given name that are all of an item. Which of them are
 * ordinary words besides says nothing where another of the list is none.
 */
function turnedIn(runs: readonly Run[], text: string): number[] {
  const turned = runs.flatMap(({ words: [family, more] }, i) => {
    const given = runs[i + 1]?.words ?? [];
    const [first, last] = [given[0], given.at(-1)];
    if (!family?.facts.name || family.facts.given || more || !first?.facts.given || first.facts.place || !last || given.length > 2)
      return [];
    const isItem =
      ITEM_START.test(text.slice(Math.max(0, family.start - 9), family.start)) && ITEM_END.test(text.slice(last.end, last.end + 9));
    return isItem && text.slice(family.end, first.start) === ', ' ? [{ i, isSure: !family.facts.word || !first.facts.word }] : [];
  });
  return turned.some(({ isSure }) => isSure) ? turned.map(({ i }) => i) : [];
}

/** `Catsoulis, Jeannette`: a family name that no table has, before the given name at the start of a line. */
function isTurned(runs: readonly Run[], i: number, text: string): boolean {
  const [first, next] = [runs[i]?.words, runs[i + 1]?.words[0]];
  return first?.length === 1 && next !== undefined && isGivenOnly(next) && startsLine(text, first[0]?.start ?? 0);
}

const isWordy = (gap: string | undefined): boolean => gap !== undefined && /[\p{L}&]/u.test(gap);

/** Of each run, whether it is in a row that has an `and`. */
function rowsOf(gaps: readonly string[]): boolean[] {
  const isRow = gaps.map(() => false);
  for (let from = 0; from < gaps.length; from++) {
    let to = from;
    while (gaps[to]) to++;
    if (gaps.slice(from, to).some(isWordy)) isRow.fill(true, from, to + 1);
    from = to;
  }
  return isRow;
}
