import { DIGIT, fold, kindOf, LETTER, SEPARATOR, UNSPACED } from './folding.ts';
import { HASH_START, hashStep, mix } from './hash.ts';

/** Called with a feature's hash and weight. */
export type Found = (hash: number, weight: number) => void;

/** Told apart from each other: the beginning of a word, a whole long word, a part of a word, a number, CJK. */
const STEM = 0x51ed270b;
const WHOLE = 0x2545f491;
const PART = 0x6c078965;
const NUMBER = 0x1b873593;
const CHARACTER = 0x3c6ef372;

/** Inflections of European languages mostly keep a word's first letters. */
const STEM_LENGTH = 6;
const STEM_WEIGHT = 0.85;
const WHOLE_WEIGHT = 0.6;
/** All parts of a word together, so that a typing error or a compound still finds it. */
const PARTS_WEIGHT = 0.5;
const PART_LENGTH = 4;
const EDGE = 0x5f;
/** What says less than this is left out. */
const LEAST_WEIGHT = 0.2;
/** More letters than any word has: only the first so many are looked at in parts. */
const LONGEST_WORD = 48;

/** Gives the features of a text: words, their beginnings and parts, numbers, characters of scripts without blanks. */
export function featuresOf(text: string, weightOf: (mixed: number) => number, found: Found): void {
  const folded = fold(text);
  for (let at = 0; at < folded.length; ) {
    const kind = kindOf(folded.charCodeAt(at));
    let end = at + 1;
    if (kind === UNSPACED) {
      while (end < folded.length && kindOf(folded.charCodeAt(end)) === UNSPACED) end++;
      characters(folded, at, end, found);
    } else if (kind !== SEPARATOR) end = word(folded, at, weightOf, found);
    at = end;
  }
}

/** The features of the word that begins at `start`; answers its end. */
function word(text: string, start: number, weightOf: (mixed: number) => number, found: Found): number {
  let hash = HASH_START;
  let stem = HASH_START;
  let beforeLast = HASH_START;
  let hasDigit = false;
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    const kind = kindOf(code);
    if (kind !== LETTER && kind !== DIGIT) break;
    if (kind === DIGIT) hasDigit = true;
    if (end - start === STEM_LENGTH) stem = hash;
    beforeLast = hash;
    hash = hashStep(hash, code);
  }
  const length = end - start;
  if (hasDigit) found(mix(hash ^ NUMBER), length > 4 ? 1 : length > 2 ? 0.7 : 0.4);
  else if (length > 1) {
    const weight = weightOf(mix(hash));
    if (weight >= LEAST_WEIGHT) {
      const plural = isPlural(text, end, length);
      const base = plural ? beforeLast : hash;
      if (length - (plural ? 1 : 0) <= STEM_LENGTH) found(mix(base ^ STEM), weight);
      else {
        found(mix(stem ^ STEM), weight * STEM_WEIGHT);
        found(mix(base ^ WHOLE), weight * WHOLE_WEIGHT);
      }
      if (length >= PART_LENGTH) parts(text, start, Math.min(end, start + LONGEST_WORD), weight * PARTS_WEIGHT, found);
    }
  }
  return end;
}

/** Whether the word is one with a plural's or a genitive's s: not `glass`, `status`, `basis`. */
function isPlural(text: string, end: number, length: number): boolean {
  if (length <= 3 || text.charCodeAt(end - 1) !== 0x73) return false;
  const before = text.charCodeAt(end - 2);
  return before !== 0x73 && before !== 0x75 && before !== 0x69;
}

/** Every stretch of four characters, the word's edges being characters; together they have the given weight. */
function parts(text: string, start: number, end: number, weight: number, found: Found): void {
  const count = end - start + 3 - PART_LENGTH;
  const each = weight / Math.sqrt(count);
  for (let first = start - 1; first < start - 1 + count; first++) {
    let hash = PART;
    for (let at = first; at < first + PART_LENGTH; at++) hash = hashStep(hash, at < start || at >= end ? EDGE : text.charCodeAt(at));
    found(mix(hash), each);
  }
}

/** Characters and pairs of them; those of a syllabary say less. */
function characters(text: string, start: number, end: number, found: Found): void {
  let before = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const isKana = code >= 0x3040 && code < 0x30a0;
    const single = hashStep(CHARACTER, code);
    found(mix(single), isKana ? 0.1 : 0.3);
    if (before !== 0) found(mix(hashStep(hashStep(CHARACTER, before), code)), isKana ? 0.5 : 1);
    before = code;
  }
}
