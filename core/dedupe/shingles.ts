import { HASH_START, hashStep, mix } from '../embedding/lexical/hash.ts';
import type { Sliceable } from '../joined-text.ts';

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

/** A text is read in parts of about so many characters, so that the words of a long one never lie in memory all at once. */
const PART = 10_000;
const BLANK = /[ \n]/;

/** The next blank from there on, before which a part of the text ends: no word lies over it. */
function endOfPart(text: Sliceable, start: number): number {
  for (let from = start + PART; from < text.length; from += PART) {
    const blank = text.slice(from, from + PART).search(BLANK);
    if (blank >= 0) return from + blank;
  }
  return text.length;
}

function shingleOf(hashes: readonly number[], at: number, seed: number): number {
  let shingle = seed;
  for (let i = at; i < Math.min(at + RUN, hashes.length); i++) shingle = mix(Math.imul(shingle, 31) ^ (hashes[i] ?? 0));
  return shingle;
}

/** Hashes (32 bits) of the runs of three words in a text, part by part; of a shorter text one hash, of one without words none. */
export function* shinglesOf(text: Sliceable, seed = 0): Generator<Uint32Array> {
  /** The last words so far: a run may go on in the next part. */
  let last: number[] = [];
  let isShort = true;
  for (let start = 0; start < text.length; ) {
    const end = endOfPart(text, start);
    const hashes = [...last, ...wordsOf(text.slice(start, end)).map(hashOf)];
    if (hashes.length >= RUN) yield Uint32Array.from({ length: hashes.length - RUN + 1 }, (_, at) => shingleOf(hashes, at, seed));
    isShort &&= hashes.length < RUN;
    last = hashes.slice(1 - RUN);
    start = end;
  }
  if (isShort && last.length > 0) yield Uint32Array.of(shingleOf(last, 0, seed));
}
