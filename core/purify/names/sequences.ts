import { isFigure } from '../finders/figures.ts';
import { factsOf, type WordFacts } from './lexicon.ts';

/** A word that is written large, or a part of a name that is not: an initial, `van`, `Dr.`. */
export type NameWord = {
  start: number;
  end: number;
  text: string;
  kind: 'word' | 'initial' | 'particle' | 'title' | 'suffix';
  facts: WordFacts;
};

/** Words that may be one name: nothing but a blank, or a line's end, lies between them. */
export type Sequence = NameWord[];

const WORD = /\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*\.?/gu;
const TITLE =
  /^(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame|lord|lady|rev|fr|capt|sgt|herrn?|frau|se[nñ]ora?|sra?|d[oñ]na?|mme|mlle|monsieur|madame|mademoiselle|signora?|sig|dott|ing|dipl|hr|fru)\.?$/iu;
const SUFFIX = /^(?:jr|sr|ii|iii|iv|md|phd|ph\.d|esq|dds|dvm|cpa|mba)\.?$/iu;
const NO_FACTS: WordFacts = { given: false, name: false, word: false, rare: false, place: false };
/** Between two parts of a name: a blank or one line's end, with particles in small letters. */
const GAP =
  /^(?:[ \u00a0]{1,3}|[ \t]{0,4}\n[ \t>]{0,12})(?:(?:(?:van|von|de|del|della|der|den|da|di|do|dos|du|la|le|las|los|bin|ibn|al|el|y|e|zu|zur|ter|ten|af|av)[ ]){1,3}|(?:d|l|al|el)['’-])?$/u;

const FULL_LINE = 40;

const trimmedEnd = (text: string): string => text.replace(/['’]s?\.?$/u, '');

const ORDINARY: WordFacts = { ...NO_FACTS, word: true };
/** `We’re`, `I’ll`: two words of a sentence. */
const CONTRACTION = /['’](?:re|ve|ll|m|d|t|em)$/iu;
/** `DocumentType`: a name of a program's; `McDonald` and `DeShawn` are in the tables. */
const CAMEL = /\p{Ll}\p{Lu}/u;
const SHORT = 6;
/** What no table knows, and is written as no name is: as a field's name, an abbreviation. */
const isNoName = (text: string, { name, given }: WordFacts): boolean =>
  !given && (/^\p{L}-\p{Ll}/u.test(text) || (!name && (CAMEL.test(text) || (text.length <= SHORT && text === text.toUpperCase()))));
/** What follows a word that is a part of something longer: `Lucy112358`, `Prisca_Cosmo`. A figure or two are a note's mark. */
const GOES_ON = /^(?:_|\d{3}|\d{1,2}\p{L})/u;
const goesOn = (text: string, at: number): boolean =>
  (text[at] === '_' || isFigure(text.charCodeAt(at))) && GOES_ON.test(text.slice(at, at + 4));

/** What a word is as it is written, and how long it is without a stop or a genitive. */
type Written = Pick<NameWord, 'kind' | 'text' | 'facts'> & { length: number };

function written(raw: string): Written {
  const bare = raw.endsWith('.') ? raw.slice(0, -1) : raw;
  if (TITLE.test(raw)) return { length: raw.length, text: raw, kind: 'title', facts: NO_FACTS };
  if (SUFFIX.test(raw)) return { length: bare.length, text: bare, kind: 'suffix', facts: NO_FACTS };
  if (bare.length === 1 && raw !== 'I') return { length: raw.length, text: raw, kind: 'initial', facts: NO_FACTS };
  const text = trimmedEnd(bare);
  // `AI`, `USA`: three large letters are an abbreviation.
  const isShort = text.length <= 3 && text === text.toUpperCase();
  const facts = isShort || CONTRACTION.test(bare) ? ORDINARY : factsOf(text);
  return { length: text.length, text, kind: 'word', facts: isNoName(text, facts) ? ORDINARY : facts };
}

/** Words met come again; the table is emptied when a text has more than that. */
const MOST_REMEMBERED = 8_000;
const remembered = new Map<string, Written>();
function nameWord(raw: string, start: number): NameWord {
  let known = remembered.get(raw);
  if (!known) {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    known = written(raw);
    remembered.set(raw, known);
  }
  const { length, text, kind, facts } = known;
  return { start, end: start + length, text, kind, facts };
}

/** Whether `next` may go on with the name that `last` is a part of. */
function continues(text: string, last: NameWord, next: NameWord): boolean {
  const gap = text.slice(last.end, next.start);
  if (gap.length > 24) return false;
  if (last.kind === 'suffix') return false;
  // A line that is full may break a name; short lines are a list or a form.
  if (
    gap.includes('\n') &&
    !(last.kind === 'word' && last.facts.given && !last.facts.word && last.end - text.lastIndexOf('\n', last.end - 1) > FULL_LINE)
  )
    return false;
  // A title begins a name, and a word that is not the last of its sentence has no stop behind it.
  if (next.kind === 'title' && last.kind !== 'title') return false;
  return GAP.test(gap) || (next.kind === 'suffix' && /^,? $/.test(gap)) || (last.kind === 'initial' && gap === '');
}

/** Whether what stands before a word makes it a part of something longer. */
const isOfMore = (before = ' '): boolean => before !== ' ' && before !== '\n' && /[\p{L}\p{N}@_/.]/u.test(before);

/** The sequences of words that are written large, in order. */
export function sequencesOf(text: string): Sequence[] {
  const sequences: Sequence[] = [];
  let current: Sequence | undefined;
  for (const match of text.matchAll(WORD)) {
    const before = match.index > 0 ? text[match.index - 1] : undefined;
    if (isOfMore(before) && !(before === '.' && current?.at(-1)?.kind === 'initial')) continue;
    const word = nameWord(match[0], match.index);
    if (goesOn(text, word.end)) {
      current = undefined;
      continue;
    }
    const last = current?.at(-1);
    if (current && last && continues(text, last, word)) current.push(word);
    else {
      current = [word];
      sequences.push(current);
    }
  }
  return sequences;
}
