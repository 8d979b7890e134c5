import type { Collector } from '../collect.ts';
import type { Attached, InlineContext, Piece } from './inline.ts';
import type { Numbering } from './numbering.ts';

/** What readers of blocks need of the rest of the document. */
export type Story = InlineContext & {
  numbering: Numbering;
  /** Content that stands in a part of its own: a note, a comment, a chart, a diagram. */
  attach(attached: Exclude<Attached, { kind: 'box' | 'picture' | 'hidden' }>, out: Collector): void;
  /** Marks all that is read as repeated furniture. */
  boilerplate?: 'header' | 'footer';
  /** The page that is being read, where the file says where its pages ended when it was saved. */
  pages?: { current: number };
};

const joined = (pieces: readonly Piece[], keep: (piece: Piece) => boolean): string =>
  pieces
    .filter(keep)
    .map((p) => p.text)
    .join('');

export const visibleText = (pieces: readonly Piece[]): string => joined(pieces, (p) => p.hidden === undefined);

/** What is there but cannot be seen, one item per reason. */
export const hiddenIn = (pieces: readonly Piece[]): Attached[] =>
  [...new Set(pieces.map((p) => p.hidden))].flatMap((reason) => {
    const text = joined(pieces, (p) => p.hidden === reason).trim();
    return reason === undefined || text === '' ? [] : [{ kind: 'hidden', reason, text }];
  });
