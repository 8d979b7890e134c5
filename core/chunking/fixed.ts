import type { DocumentText } from '../document-text.ts';
import { isBlank } from './atoms.ts';
import type { Chunk } from './chunk.ts';
import { outline } from './outline.ts';
import { pieceEnd } from './split-element.ts';
import { estimateTokens } from './tokens.ts';

type Word = { start: number; end: number; tokens: number };

/** Windows of `maxTokens`, each beginning with the last `overlap` tokens of the one before, on word borders. */
export function fixedChunks({ text, placed }: DocumentText, { maxTokens, overlap }: { maxTokens: number; overlap: number }): Chunk[] {
  const outlined = outline(placed);
  const chunks: Chunk[] = [];
  let position = 0;
  const emit = (words: readonly Word[]): void => {
    const start = words[0]?.start ?? 0;
    const end = words.at(-1)?.end ?? start;
    while ((placed[position]?.end ?? Number.POSITIVE_INFINITY) <= start) position++;
    const { path = [], page } = outlined[position] ?? {};
    const body = text.slice(start, end);
    chunks.push({ start, end, text: body, tokens: estimateTokens(body), path, ...(page !== undefined && { page }) });
  };
  let window: Word[] = [];
  let held = 0;
  let fresh = 0;
  for (const word of words(text, placed[0]?.start ?? 0, placed.at(-1)?.end ?? 0, Math.ceil(maxTokens / 4))) {
    if (held + word.tokens > maxTokens && window.length > 0) {
      emit(window);
      window = tail(window, Math.min(overlap, maxTokens - word.tokens));
      held = window.reduce((sum, { tokens }) => sum + tokens, 0);
      fresh = 0;
    }
    window.push(word);
    held += word.tokens;
    fresh += 1;
  }
  if (fresh > 0) emit(window);
  return chunks;
}

/** The last words that together have at most `tokens`, never all of them: each window moves on. */
function tail(window: readonly Word[], tokens: number): Word[] {
  let from = window.length;
  for (let sum = 0; from > 1; from--) {
    sum += window[from - 1]?.tokens ?? 0;
    if (sum > tokens) break;
  }
  return window.slice(from);
}

function* words(text: string, start: number, end: number, maxTokens: number): Generator<Word> {
  for (let at = start; at < end; ) {
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    let to = at;
    while (to < end && to - at < maxTokens * 8 && !isBlank(text.charCodeAt(to))) to++;
    to = pieceEnd(text, at, to, maxTokens);
    if (to > at) yield { start: at, end: to, tokens: estimateTokens(text, at, to) };
    at = to;
  }
}
