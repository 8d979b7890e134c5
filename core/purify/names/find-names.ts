import type { Span } from '../../ports/pii.ts';
import { withIntroduced } from './caseless.ts';
import { inCompany, type Run } from './company.ts';
import { isThing, type Manner, mannerOf, startsSentence } from './cues.ts';
import { type NameWord, type Sequence, sequencesOf } from './sequences.ts';
import { isName, isUnknown, sureness } from './sureness.ts';

/** From this score on a word is taken for the name of the same person where it stands alone, too. */
const SURE = 0.9;

/** Words that a name after `my name is` has at most. */
const MOST_WORDS = 4;

const isPlainWord = ({ kind, facts }: NameWord): boolean => kind === 'word' && facts.word && !facts.given;
/** What an author's name stands behind. */
const BYLINE = /^(?:by|por|par|von|di|da|door|av|af)$/iu;
/** Behind these stands a name, or an office. */
const MISTER = /^M(?:r|rs|s)\.?$/;
const OFFICE =
  /^(?:president|speaker|chair(?:man|woman|person)?|minister|secretary|ambassador|justice|mayor|commissioner|chancellor|treasurer|moderator|right|wrong|big|nice|perfect|everyone|nobody|somebody|and|or|i|you)$/iu;
const isOrdinaryWord = ({ kind, facts }: NameWord): boolean => kind === 'word' && facts.word;
const supports = (other: NameWord | undefined): boolean =>
  other !== undefined && (other.kind === 'initial' || other.kind === 'title' || (other.kind === 'word' && other.facts.given));

const inCapitals = ({ text }: NameWord): boolean => text === text.toUpperCase();
/** Given names that are words of a command or of a heading in English. */
const ALSO_WORD =
  /^(?:mark|mine|will|grant|bill|sue|rob|pat|drew|chase|hunter|rose|grace|hope|faith|joy|art|guy|dean|earl|king|prince|major|max|min|page|may|summer|autumn|dawn|eve|miles|dale|rich|ray|sandy|amber|ruby|pearl|ivy|olive|holly|robin|jack|bob|nick|don|penny|charity|reed|wade|cash|chip|cliff|clay|lance|lane|skip|stone|ward|angel|blue|carol|case|early|general|golden|ginger|iris|jade|lily|link|love|mercy|noble|patience|rex|royal|season|unity|violet|winter|java|ada|julia|delta|gamma|alpha|beta)$/iu;
/** `between JANE WILLIAMS and`: a given and a family name in capitals are no heading in a line that goes on in small letters. */
function isNameInCapitals(run: readonly NameWord[], sequence: Sequence, text: string): boolean {
  const [first, last] = [run[0], run.at(-1)];
  if (!first?.facts.given || first.facts.place || !last || run.length > 3 || ALSO_WORD.test(first.text)) return false;
  if (!run.every((word) => isName(word) && inCapitals(word)) || sequence.some((word) => !run.includes(word) && inCapitals(word)))
    return false;
  const [from, to] = [text.lastIndexOf('\n', first.start) + 1, text.indexOf('\n', last.end)];
  return /\p{Ll}{2}/u.test(text.slice(from, to < 0 ? undefined : to));
}

const NO_RUNS: NameWord[][] = [];

/** The runs of a sequence without ordinary words; a word that is a name too stays where its neighbour is a name. */
function runsOf(sequence: Sequence, { cues, caseless }: Manner, text: string): NameWord[][] {
  const [first] = sequence;
  // Most are one word that begins a sentence.
  if (first && sequence.length === 1) return isPlainWord(first) && !first.facts.name ? NO_RUNS : [sequence];
  if (sequence.every(isPlainWord)) return NO_RUNS;
  if (first && cues.has(first.start) && sequence.length <= MOST_WORDS) return [sequence];
  const runs: NameWord[][] = [[]];
  for (const [i, word] of sequence.entries()) {
    const isTitled = sequence.length === 2 && i === 1 && MISTER.test(first?.text ?? '') && !OFFICE.test(word.text);
    const named = isTitled || (word.facts.name && (supports(sequence[i - 1]) || (supports(sequence[i + 1]) && i > 0)));
    if (!isPlainWord(word) || named) runs.at(-1)?.push(word);
    else runs.push([]);
  }
  // `Thirty Mile Zone`, `LIST`: words of a heading, of which each is a name somewhere.
  const own = (): number => (BYLINE.test(first?.text ?? '') ? sequence.length - 1 : sequence.length);
  const isHeading = (run: readonly NameWord[]): boolean =>
    run.length > 1 &&
    run.every(isOrdinaryWord) &&
    (run.length < own() || run.every(inCapitals)) &&
    (caseless || !isNameInCapitals(run, sequence, text));
  return runs.filter((run) => run.length > 0 && !isHeading(run));
}

const spanOf = ({ words, score }: Run): Span[] => {
  // The title is no part of a name: what is left of a letter still reads well.
  const named = words[0]?.kind === 'title' ? words.slice(words.findIndex(({ kind }) => kind !== 'title')) : words;
  const [first, last] = [named[0], named.at(-1)];
  return first && last ? [{ start: first.start, end: last.end, type: 'PERSON', score }] : [];
};

/** What stands alone and was a part of a name elsewhere in the text. */
function metAgain(runs: readonly Run[], text: string, manner: Manner): Run[] {
  const sure = runs.flatMap(({ words, score }) => (score > 0 && (words.length > 1 || score >= SURE) ? words : []));
  const met = new Set(
    sure
      .filter(({ kind, facts }) => kind === 'word' && (!facts.word || facts.given || (facts.name && !manner.nounsLarge)))
      .map((word) => word.text),
  );
  return runs.flatMap(({ words, score }) => {
    if (score > 0 || met.size === 0 || isThing(text, words[0]?.start ?? 0, words.at(-1)?.end ?? 0)) return [];
    const isAgain = ({ kind, text: word, start, facts }: NameWord): boolean =>
      kind === 'word' && met.has(word) && !(facts.word && startsSentence(text, start));
    // `Hildegund Pfaffenzeller`: of a family that was met, with a given name that no table has.
    const again = words.filter(
      (word, i) => isAgain(word) || (!manner.caseless && isUnknown(word) && words.slice(i + 1, i + 2).some(isAgain)),
    );
    return again.length > 0 ? [{ words: again, score: 0.6 }] : [];
  });
}

/**
 * The names of people: given and family names that the tables know, beside each other or beside what a name stands by, and
 * what was a part of a name elsewhere in the text. `shadow`: as `caselessShadow`
 * gives it; `nounsLarge`: it is a part of one that writes nouns large; `caseless`: its words had no cases of their own.
 */
export function findNames(shadow: string, nounsLarge: boolean, caseless: boolean): Span[] {
  const manner = mannerOf(shadow, nounsLarge, caseless);
  const text = withIntroduced(shadow, manner.cues.keys(), caseless);
  const alone = sequencesOf(text).flatMap((sequence) => runsOf(sequence, manner, text));
  const runs = inCompany(
    alone.map((words) => ({ words, score: sureness(words, text, manner) })),
    text,
    manner,
  );
  const found = [...runs.filter(({ score }) => score > 0), ...metAgain(runs, text, manner)];
  return found.flatMap(spanOf).sort((a, b) => a.start - b.start);
}
