import {
  endsAsLandscape,
  endsAsThing,
  hasArticle,
  hasForeignArticle,
  headsAddress,
  isCued,
  isLabel,
  isLandscape,
  isPlaceOrMeasure,
  isRoom,
  isSpeaker,
  isThing,
  type Kind,
  type Manner,
} from './cues.ts';
import { factsOf } from './lexicon.ts';
import type { NameWord } from './sequences.ts';

export const isName = ({ kind, facts }: NameWord): boolean => kind === 'word' && (facts.given || facts.name);
export const isUnknown = ({ kind, facts }: NameWord): boolean =>
  kind === 'word' && !facts.given && !facts.name && !facts.word && !facts.place;
/** A name and nothing else. */
const isStrong = ({ kind, facts }: NameWord): boolean => kind === 'word' && (facts.given || facts.name) && !facts.word && !facts.rare;
const isNamed = ({ facts }: NameWord): boolean => facts.given;
const isInitial = ({ kind }: NameWord): boolean => kind === 'initial';
/** A given name and nothing else. */
const isGiven = (word: NameWord): boolean => isStrong(word) && word.facts.given;
const arePlaces = (words: readonly NameWord[]): boolean => words.every(({ facts }) => facts.place && !facts.given);

const CUED = 0.9;

/** Two words of which neither is a given name alone, and that together sound like a place: `Hollin Mere`, `Rio Grande`. */
function soundsLikePlace(words: readonly NameWord[], text: string): boolean {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last || words.length !== 2) return false;
  if (isLandscape(text, last.start)) return true;
  return !first.facts.given && endsAsLandscape(last.text);
}

/** A given and a family name, two family names, a name with an initial. */
function ofSeveral(run: readonly NameWord[], words: readonly NameWord[], text: string): number {
  const strong = words.filter(isStrong).length;
  const initials = run.length - words.length;
  if (soundsLikePlace(run, text) || endsAsThing(words.at(-1)?.text ?? '')) return 0;
  if (words.every(({ facts }) => facts.place) || factsOf(words.map(({ text }) => text).join(' ')).place) return 0;
  if (words.some(({ facts }) => facts.given) && (strong > 0 || words.every(isName) || initials > 0)) return 0.8;
  if (strong >= 2 || (strong > 0 && initials > 0)) return 0.7;
  // `Alvir D. Pušaver`: an initial between two words is a person's, whether the tables know them or not.
  if (
    words.length === 2 &&
    run[1]?.kind === 'initial' &&
    run[1].text.endsWith('.') &&
    words.every((word) => !word.facts.word || isName(word))
  )
    return 0.6;
  return strong > 0 && words.length === 2 ? 0.5 : 0;
}

function ofOne(only: NameWord, text: string, manner: Manner): number {
  if (!isStrong(only) || only.facts.place) return 0;
  // Short words in capitals are abbreviations before they are names.
  if (only.text.length < 6 && only.text === only.text.toUpperCase()) return 0;
  if (hasForeignArticle(text, only.start)) return 0;
  if (only.facts.given) return only.text.length > 2 ? 0.7 : 0;
  return only.text.length > 3 && !manner.nounsLarge && !isPlaceOrMeasure(text, only.end) ? 0.55 : 0;
}

/** Where any noun, or any word, is written as a name is: whether this is more than one of them. */
function standsOut(run: readonly NameWord[], words: readonly NameWord[], text: string): boolean {
  if (words.some(isGiven)) return run.length > 1 || !hasArticle(text, run[0]?.start ?? 0);
  if (run.length === 1) return false;
  return words.some(isStrong) ? words.some(isNamed) || run.some(isInitial) : words.some(isNamed) && words.some(isUnknown);
}

function kindOf(run: readonly NameWord[]): Kind {
  // Two strange words after `called` are a person's; one may be anything's.
  if (run.every((word) => !isName(word))) return run.length > 1 && run.every(isUnknown) ? 'strange' : 'unknown';
  return run.length === 1 && run.every(({ facts }) => facts.word && !facts.given) ? 'ordinary' : 'name';
}

/** How sure it is that a run of large words is a person; 0: it is not. Where nouns are large, as in German, a family name alone says nothing. */
export function sureness(run: readonly NameWord[], text: string, manner: Manner): number {
  const [first, last] = [run[0], run.at(-1)];
  const words = run.filter(({ kind }) => kind === 'word');
  if (!first || !last || words.length === 0) return 0;
  if (first.kind === 'title') return CUED;
  const named = words.every((word) => isName(word) || isUnknown(word));
  if ((named || words.some(isName) || words.some(isUnknown)) && !arePlaces(words)) {
    if (isCued(text, manner.cues, first.start, last.end, kindOf(run))) return isThing(text, first.start, last.end) ? 0 : CUED;
    const ordinary = words.some(({ facts }) => facts.word);
    if (named && !ordinary && run.length <= 2 && isSpeaker(text, first.start, last.end) && (words.some(isNamed) || manner.transcript))
      return CUED;
    if (
      named &&
      words.length >= 2 &&
      words.length <= 4 &&
      (words.some(isName) || !manner.nounsLarge) &&
      headsAddress(text, first.start, last.end)
    )
      return 0.6;
  }
  if (isLabel(text, first.start, last.end, words.some(isNamed)) || (run.length === 1 && isRoom(text, first.start, first.end))) return 0;
  if ((manner.caseless || manner.nounsLarge) && !standsOut(run, words, text)) return 0;
  const sure = run.length === 1 ? ofOne(first, text, manner) : ofSeveral(run, words, text);
  return sure > 0 && isThing(text, first.start, last.end) ? 0 : sure;
}
