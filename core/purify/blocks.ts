import { z } from 'zod';
import type { Span } from '../ports/pii.ts';
import type { Piece } from './pieces.ts';

/** Pieces that are looked up in a cache together: a row for each cell of a table would cost more than looking through it. */
export type Block = { from: number; to: number };

const LEAST = 4_000;
const MOST = 32_000;
const ONE_IN = 4;

/** Whether a block may end with this text: by the text alone, so that blocks behind an insertion begin where they did. */
const endsBlock = (text: string): boolean => {
  let hash = text.length;
  for (let i = Math.max(0, text.length - 24); i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return (hash ^ (hash >>> 15)) % ONE_IN === 0;
};

export function blocksOf(pieces: readonly Piece[]): Block[] {
  const blocks: Block[] = [];
  let [from, size] = [0, 0];
  for (const [i, { text }] of pieces.entries()) {
    size += text.length;
    if (i + 1 < pieces.length && size < MOST && (size < LEAST || !endsBlock(text))) continue;
    blocks.push({ from, to: i + 1 });
    [from, size] = [i + 1, 0];
  }
  return blocks;
}

/**
 * Spans of the pieces of a block: which piece, counted from the block's first, and where. Of the piece before it (-1) offsets are
 * counted from its end: its beginning may change while the block stays as it is.
 */
export const BlockSpans = z.array(z.tuple([z.number(), z.number(), z.number(), z.string(), z.number()]));
export type BlockSpans = z.infer<typeof BlockSpans>;

const zeroOf = (pieces: readonly Piece[], { from }: Block, at: number): number => (at < from ? (pieces[at]?.text.length ?? 0) : 0);

/** Notes the spans of a piece with those of its block. */
export function keepSpans(found: BlockSpans, pieces: readonly Piece[], block: Block, at: number, spans: readonly Span[]): void {
  const zero = zeroOf(pieces, block, at);
  for (const { start, end, type, score } of spans) found.push([at - block.from, start - zero, end - zero, type, score]);
}

/** Adds what a block holds to the spans of its pieces. */
export function addSpans(spans: (readonly Span[])[], pieces: readonly Piece[], block: Block, found: BlockSpans): void {
  for (const [from, ofPiece] of Map.groupBy(found, ([piece]) => piece)) {
    const at = block.from + from;
    const zero = zeroOf(pieces, block, at);
    const own = ofPiece.map(([, start, end, type, score]) => ({ start: start + zero, end: end + zero, type, score }));
    spans[at] = [...(spans[at] ?? []), ...own];
  }
}

/** All that shapes what is found in a block. `before`: the end of the piece that its first goes on from. */
export const shapingOf = (pieces: readonly Piece[], { from, to }: Block, before: string, nounsLarge: boolean): string[] => [
  nounsLarge ? 'nouns' : '',
  before,
  ...pieces.slice(from, to).map(({ text, hint = '', continues = '' }) => `${hint}\u0001${continues}\u0001${text}`),
];
