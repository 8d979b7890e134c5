import { fold } from '../../embedding/lexical/folding.ts';
import { HASH_START, hashStep } from '../../embedding/lexical/hash.ts';
import { AMBIGUOUS } from '../gazetteer/ambiguous.ts';
import { hashOf, type WordSet, wordSet } from '../gazetteer/coded-set.ts';
import { GIVEN } from '../gazetteer/given.ts';
import { NAMES } from '../gazetteer/names.ts';
import { PLACES } from '../gazetteer/places.ts';
import { WORDS } from '../gazetteer/words.ts';
import { isSyllable } from './vietnamese.ts';

/** What is known of a word. */
export type WordFacts = {
  /** A given name somewhere. */
  given: boolean;
  /** A given or family name. */
  name: boolean;
  /** An ordinary word of some language, which may be a name too: `Mark`, `Rose`, `Dale`. */
  word: boolean;
  /** A rare word of English that is a name too. */
  rare: boolean;
  place: boolean;
};

const SETS = { given: wordSet(GIVEN), name: wordSet(NAMES), word: wordSet(WORDS), rare: wordSet(AMBIGUOUS), place: wordSet(PLACES) };

/** Days, months, pronouns and the like: written large, and nobody. */
const NOBODY = new Set(
  'dept latin cyrillic germanic slavic hebrew hindi bengali persian catalan basque christmas easter halloween thanksgiving weihnachten ostern navidad noel britain england scotland wales ireland moscow osaka iban monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz juni juli oktober dezember lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre street avenue road suite apt apartment city state country phone mail email website address name date inc ltd llc gmbh corp company university institute bank north south east west island islands the and und der die das los las les bot user internet america american african asian european australian arab arabic english british scottish irish welsh german french spanish italian portuguese dutch belgian swiss austrian danish swedish norwegian finnish icelandic russian ukrainian polish czech slovak hungarian romanian bulgarian serbian croatian greek turkish israeli palestinian egyptian iranian iraqi syrian saudi indian pakistani chinese japanese korean vietnamese thai indonesian mexican canadian brazilian argentine colombian cuban jewish muslim christian catholic protestant islamic hispanic hispanics latino black white europe asia africa speaker audience chairman president prime minister folks god river lake mount bay gulf fort port cape san santa saint i you he she it we they sie wir nous vous'.split(
    ' ',
  ),
);

const [GIVEN_NAME, NAME, WORD, RARE, PLACE] = [1, 2, 4, 8, 16];
const factsOfBits = (bits: number): WordFacts => ({
  given: (bits & GIVEN_NAME) !== 0,
  name: (bits & NAME) !== 0,
  word: (bits & WORD) !== 0,
  rare: (bits & RARE) !== 0,
  place: (bits & PLACE) !== 0,
});
const NOTHING = factsOfBits(0);
const FACTS = Array.from({ length: 32 }, (_, bits) => factsOfBits(bits));

/** Words met are few and come again: each is remembered in the slot of its hash until another takes that, for 64 bits of hash a word. */
const SLOTS = 1 << 17;
const hashes = new Int32Array(2 * SLOTS);
const bitsOf = new Uint8Array(SLOTS);
const OTHER_STEP = 0x85ebca6b;

export const factsOf = (word: string): WordFacts => factsWithin(word, 0, word.length);

/** What is known of a word that stands in a text: one that was met before needs no string of its own. */
export function factsWithin(text: string, start: number, end: number): WordFacts {
  let hash = HASH_START;
  let other = end - start + 1;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    hash = hashStep(hash, unit);
    other = Math.imul(other ^ unit, OTHER_STEP);
  }
  const slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
  if (hashes[2 * slot] !== hash || hashes[2 * slot + 1] !== other) {
    hashes[2 * slot] = hash;
    hashes[2 * slot + 1] = other;
    bitsOf[slot] = lookedUp(text.slice(start, end));
  }
  return FACTS[bitsOf[slot] ?? 0] ?? NOTHING;
}

function lookedUp(word: string): number {
  const folded = fold(word);
  const nobody = NOBODY.has(folded);
  // The two parts of `Anna-Lena`, where the tables lack it.
  const parts = folded.includes('-') ? folded.split('-').filter((part) => part.length > 1) : [];
  const hash = hashOf(folded);
  const hashes = parts.map(hashOf);
  const has = (set: WordSet): boolean => set.has(hash) || (hashes.length > 1 && hashes.every((part) => set.has(part)));
  const isName = !nobody && has(SETS.name);
  return (
    // Given names are in both tables: a word that only seems to be in one is in none.
    (isName && has(SETS.given) ? GIVEN_NAME : 0) |
    (isName ? NAME : 0) |
    (nobody || has(SETS.word) || isSyllable(word, folded) ? WORD : 0) |
    (SETS.rare.has(hash) ? RARE : 0) |
    (SETS.place.has(hash) ? PLACE : 0)
  );
}
