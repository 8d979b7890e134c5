import { DIGIT, fold, kindOf, LETTER, SEPARATOR, UNSPACED } from '../../../embedding/lexical/folding.ts';
import { HASH_START, hashStep, hashUnits, mix } from '../../../embedding/lexical/hash.ts';

/** Called with a feature's hash; `token` is the number of the word that completes it. */
export type Found = (hash: number, token: number) => void;

/** Told apart from each other: a word, two and three in a row, a part of a word, what the line is made of. */
const WORD = 0x51ed270b;
const PAIR = 0x2545f491;
const TRIPLE = 0x6c078965;
const PART = 0x1b873593;
const SHAPE = 0x3c6ef372;

const PART_LENGTH = 4;
const LONGEST_PARTED = 24;
/** All numbers are one word: which number it is says nothing about intent. */
const NUMBER = 0x7feb352d;

const isSentenceEnd = (code: number): boolean =>
  code === 0x2e || code === 0x21 || code === 0x3f || code === 0x3a || code === 0x0a || code === 0x3002;

const isUpper = (code: number): boolean => code >= 65 && code <= 90;

/**
 * Gives what the classifier goes by: words, their neighbours, their parts. Answers where each word begins, as an offset
 * into the text. Folding may change a text's length, so offsets are of the folded text where the two differ: near enough
 * for showing the passage.
 */
export function featuresOf(text: string, found: Found): number[] {
  const folded = fold(text);
  const starts: number[] = [];
  let before = 0;
  let beforeThat = 0;
  const word = (hash: number, at: number): void => {
    const token = starts.length;
    starts.push(at);
    const own = mix(hash ^ WORD);
    found(own, token);
    found(mix(Math.imul(before, 31) ^ own ^ PAIR), token);
    found(mix(Math.imul(beforeThat, 961) ^ Math.imul(before, 31) ^ own ^ TRIPLE), token);
    beforeThat = before;
    before = own;
  };
  for (let at = 0; at < folded.length; ) {
    const code = folded.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === SEPARATOR) {
      if (isSentenceEnd(code)) {
        beforeThat = 0;
        before = code;
      }
      at++;
    } else if (kind === UNSPACED) {
      word(hashStep(HASH_START, code), at);
      at++;
    } else {
      const end = endOfWord(folded, at);
      word(kind === DIGIT ? NUMBER : hashUnits(folded, at, end), at);
      if (kind === LETTER && end - at > PART_LENGTH) parts(folded, at, Math.min(end, at + LONGEST_PARTED), starts.length - 1, found);
      if (end - at > 3 && isUpper(text.charCodeAt(at + 1)) && isUpper(text.charCodeAt(at + 2))) found(mix(SHAPE), starts.length - 1);
      at = end;
    }
  }
  return starts;
}

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end++) {
    const kind = kindOf(text.charCodeAt(end));
    if (kind !== LETTER && kind !== DIGIT) break;
  }
  return end;
}

/** The beginning and the parts of a word: other forms of it, other languages' cognates, spelling mistakes. */
function parts(text: string, start: number, end: number, token: number, found: Found): void {
  for (let at = start; at + PART_LENGTH <= end; at++) found(mix(hashUnits(text, at, at + PART_LENGTH) ^ PART), token);
}
