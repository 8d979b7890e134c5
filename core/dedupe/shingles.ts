import { HASH_START, hashStep, mix } from '../embedding/lexical/hash.ts';

/** Words in a row that are compared as one: two texts on one subject share words, only copies share runs of them. */
const RUN = 3;

/** Scripts that put no blanks between words are read letter by letter. */
const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]|[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text without case, accents' spellings and punctuation. */
export const wordsOf = (text: string): readonly string[] => text.normalize('NFKC').toLowerCase().match(WORDS) ?? [];

function hashOf(word: string): number {
  let hash = HASH_START;
  for (let i = 0; i < word.length; i++) hash = hashStep(hash, word.charCodeAt(i));
  return hash;
}

/** Hashes (32 bits) of the runs of three words in a text; of a shorter text one hash, of one without words none. */
export function shinglesOf(text: string, seed = 0): Uint32Array {
  const words = wordsOf(text);
  if (words.length === 0) return new Uint32Array(0);
  const hashes = Uint32Array.from(words, hashOf);
  const shingles = new Uint32Array(Math.max(1, words.length - RUN + 1));
  for (let at = 0; at < shingles.length; at++) {
    let hash = seed;
    for (let i = at; i < Math.min(at + RUN, hashes.length); i++) hash = mix(Math.imul(hash, 31) ^ (hashes[i] ?? 0));
    shingles[at] = hash;
  }
  return shingles;
}
