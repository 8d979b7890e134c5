import { wordsOf } from './shingles.ts';

/** Pairs that turn what a sentence says round, in the languages that are looked at. */
const OPPOSITES = [
  'always never|allowed forbidden|allowed prohibited|must may|required optional|enable disable|enabled disabled|open closed|open close',
  'before after|increase decrease|above below|more less|minimum maximum|accept reject|approved rejected|safe dangerous|safe unsafe|true false|yes no|on off|start stop|valid invalid|all none',
  'immer nie|erlaubt verboten|muss darf|vor nach|offen geschlossen|sicher gefährlich|mehr weniger|ein aus|ja nein',
  'siempre nunca|permitido prohibido|antes después|abierto cerrado|seguro peligroso|más menos|sí no',
  'toujours jamais|autorisé interdit|avant après|ouvert fermé|sûr dangereux|plus moins|oui non',
].flatMap((line) => line.split('|').map((pair) => pair.split(' ').sort().join(' ')));
const TURNS = new Set(OPPOSITES);

/** A word more that makes a sentence say the opposite. */
const NEGATIONS = new Set(
  'not no never cannot don doesn isn aren won shouldn t nicht kein keine keinen nie niemals nunca jamás ningún ne pas jamais aucun non'.split(
    ' ',
  ),
);

const SENTENCES = /(?<=[.!?。！？])\s+|\n+/;
/** Sentences of fewer words differ in one by chance. */
const SHORTEST = 4;
/** Masked words differ from one document to the next without saying anything. */
const MASKED = /[[*]/;

const sentencesOf = (text: string): Map<string, string[]> =>
  new Map(
    text.split(SENTENCES).flatMap((sentence) => {
      const words = wordsOf(sentence);
      return words.length < SHORTEST || MASKED.test(sentence) ? [] : [[words.join(' '), [...words]] as const];
    }),
  );

/** Words of the first that the second does not have, each as often as it is missing. */
function without(a: readonly string[], b: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1);
  return a.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}

const isNumber = (word: string): boolean => /\p{N}/u.test(word);

/** Whether two sentences are the same but for a number, a negation, or a word and its opposite. */
function contradict(a: readonly string[], b: readonly string[]): boolean {
  const [only, other] = [without(a, b), without(b, a)];
  const differing = only.length + other.length;
  if (differing === 0 || differing > 4 || differing * 2 > a.length) return false;
  if (only.length === other.length && [...only, ...other].every(isNumber)) return true;
  if (only.length === 1 && other.length === 1) return TURNS.has([only[0], other[0]].sort().join(' '));
  return only.length === 0 || other.length === 0 ? [...only, ...other].every((word) => NEGATIONS.has(word)) : false;
}

/** More sentences that begin or end alike are not compared, so that a long text takes time in proportion to its length. */
const MOST_ALIKE = 20;

/** How a sentence begins and ends: one that turns it round leaves one of the two as it is. */
const endsOf = (words: readonly string[]): string[] => [`${words.slice(0, 2).join(' ')} ...`, `... ${words.slice(-2).join(' ')}`];

function byEnds(sentences: readonly string[][]): Map<string, string[][]> {
  const found = new Map<string, string[][]>();
  for (const words of sentences) {
    for (const end of endsOf(words)) {
      const alike = found.get(end);
      if (!alike) found.set(end, [words]);
      else if (alike.length < MOST_ALIKE) alike.push(words);
    }
  }
  return found;
}

/** How many sentences of a text say otherwise than their like in another one, which is nearly the same text. */
export function contradictions(text: string, other: string): number {
  const [own, theirs] = [sentencesOf(text), sentencesOf(other)];
  const changed = byEnds([...theirs].filter(([sentence]) => !own.has(sentence)).map(([, words]) => words));
  const isContradicted = (words: readonly string[]): boolean =>
    endsOf(words).some((end) => changed.get(end)?.some((like) => contradict(words, like)));
  return [...own].filter(([sentence, words]) => !theirs.has(sentence) && isContradicted(words)).length;
}
