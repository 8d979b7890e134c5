import type { PlacedElement } from '../document-text.ts';
import { type Atoms, addAtom, STRENGTH, type Strength } from './atoms.ts';
import { sentenceBorders, skipBlanks, wordBorders } from './sentences.ts';
import { estimateTokens } from './tokens.ts';

/** Longest run of characters without a border, so that no atom is above the least chunk size. */
const PIECE_TOKENS = 12;
/** One in so many word borders of an over-long sentence is offered, chosen by content: the places stay put under edits. */
const WORDS_APART = 8;

/** The atoms of one element: sentences, lines, rows; what is above `maxTokens` in parts. */
export function splitElement(
  atoms: Atoms,
  text: string,
  { element, start, end }: PlacedElement,
  at: { position: number; strength: Strength; maxTokens: number },
): void {
  const borders: { at: number; strength: Strength }[] = [{ at: skipBlanks(text, start, end), strength: at.strength }];
  const found = (place: number, strength: Strength): void => void borders.push({ at: place, strength });
  if (element.kind === 'table' || element.kind === 'code') lineStarts(text, start, end, found);
  else if (element.kind !== 'heading') sentenceBorders(text, start, end, found);
  borders.forEach((border, i) => {
    const stretch = { start: border.at, end: borders[i + 1]?.at ?? end, strength: border.strength, element: at.position };
    if (stretch.end - stretch.start <= at.maxTokens || estimateTokens(text, stretch.start, stretch.end) <= at.maxTokens)
      addAtom(atoms, text, stretch);
    else splitSentence(atoms, text, stretch, at.maxTokens);
  });
}

function lineStarts(text: string, start: number, end: number, found: (at: number, strength: Strength) => void): void {
  for (let at = start; ; ) {
    const line = text.indexOf('\n', at);
    if (line < 0 || line + 1 >= end) return;
    at = line + 1;
    found(at, STRENGTH.line);
  }
}

type Stretch = { start: number; end: number; strength: Strength; element: number };

/** A sentence too long for a chunk as groups of words: a group ends with a clause, or at a word that its letters choose. */
function splitSentence(atoms: Atoms, text: string, stretch: Stretch, maxTokens: number): void {
  const room = Math.max(1, maxTokens / 8);
  let { start, strength } = stretch;
  let word = start;
  let tokens = 0;
  const flush = (end: number, next: Strength): void => {
    addAtom(atoms, text, { ...stretch, start, end, strength });
    if (end > start) [start, strength, tokens] = [end, next, 0];
  };
  const wordEnds = (at: number, border: Strength): void => {
    const size = estimateTokens(text, word, at);
    if (tokens > 0 && tokens + size > room) flush(word, STRENGTH.word);
    tokens += size;
    if (size > PIECE_TOKENS) {
      const rest = splitWord(atoms, text, { ...stretch, start, end: at, strength });
      if (rest > start) [start, strength] = [rest, STRENGTH.piece];
    }
    if (border === STRENGTH.clause || wordHash(text, at) % WORDS_APART === 0 || size > PIECE_TOKENS) flush(at, border);
    word = at;
  };
  wordBorders(text, start, stretch.end, wordEnds);
  wordEnds(stretch.end, STRENGTH.clause);
}

function wordHash(text: string, at: number): number {
  let hash = 0x811c9dc5;
  for (let i = Math.max(0, at - 4); i < at + 8; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** A run without a blank (base64, an address, CJK without punctuation) in pieces, but for the last; answers where that starts. */
function splitWord(atoms: Atoms, text: string, { start, end, strength, element }: Stretch): number {
  let from = start;
  for (;;) {
    const to = pieceEnd(text, from, end, PIECE_TOKENS);
    if (to >= end) return from;
    addAtom(atoms, text, { start: from, end: to, strength: from === start ? strength : STRENGTH.piece, element });
    from = to;
  }
}

/** Where a piece of at most `maxTokens` ends; between the halves of no character. */
export function pieceEnd(text: string, start: number, end: number, maxTokens: number): number {
  let to = Math.min(end, start + maxTokens * 6);
  while (to > start + 1 && estimateTokens(text, start, to) > maxTokens) to = start + Math.ceil((to - start) / 2);
  const unit = text.charCodeAt(to);
  return to < end && to > start + 1 && unit >= 0xdc00 && unit < 0xe000 ? to - 1 : to;
}
