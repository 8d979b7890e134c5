import { isBlank } from './chunking/atoms.ts';
import { sentenceBorders } from './chunking/sentences.ts';

/** A stretch of a text and where it begins (UTF-16). */
export type TextPiece = { text: string; start: number };

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xdc00;

/** Bytes of UTF-8 that a character takes, and how many UTF-16 units it has. The text is well-formed. */
function sizeAt(text: string, at: number): { bytes: number; units: number } {
  const code = text.charCodeAt(at);
  if (isHighSurrogate(code)) return { bytes: 4, units: 2 };
  return { bytes: code < 0x80 ? 1 : code < 0x800 ? 2 : 3, units: 1 };
}

/**
 * Cuts a well-formed text into pieces of at most so many bytes of UTF-8: where a sentence ends, else between words, else
 * between characters. Joined, the pieces are the text.
 */
export function piecesOf(text: string, mostBytes: number): TextPiece[] {
  if (text.length * 3 <= mostBytes || Buffer.byteLength(text) <= mostBytes) return text === '' ? [] : [{ text, start: 0 }];
  const sentences = new Set<number>();
  sentenceBorders(text, 0, text.length, (at) => sentences.add(at));
  const pieces: TextPiece[] = [];
  let start = 0;
  let bytes = 0;
  let sentence = 0;
  let word = 0;
  for (let at = 0; at < text.length; ) {
    if (sentences.has(at)) sentence = at;
    if (at > start && isBlank(text.charCodeAt(at - 1))) word = at;
    const size = sizeAt(text, at);
    while (bytes + size.bytes > mostBytes && at > start) {
      const cut = sentence > start ? sentence : word > start ? word : at;
      pieces.push({ text: text.slice(start, cut), start });
      bytes = Buffer.byteLength(text.slice(cut, at));
      start = cut;
    }
    bytes += size.bytes;
    at += size.units;
  }
  return [...pieces, { text: text.slice(start), start }];
}
