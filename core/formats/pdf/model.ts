/**
 * Lengths are points. Positions of what stands on a page are in a frame turned so that its text reads from left to
 * right: x to the right, y down. Text in other directions has frames of its own.
 */
export type Box = { x0: number; y0: number; x1: number; y1: number };

export type Style = {
  size: number;
  bold: boolean;
  italic: boolean;
  mono: boolean;
};

/** Neighbouring characters on one baseline without a wide gap. */
export type Run = Box &
  Style & {
    text: string;
    baseline: number;
    /** Position in the order that the page paints in, right-to-left lines already in reading order. */
    order: number;
    rightToLeft: boolean;
    spaceBefore: boolean;
    /** Whether only a dark ground makes it visible. */
    white: boolean;
    hidden?: string;
  };

/** A straight line that the page draws, or the edge of a box. */
export type Rule = { horizontal: boolean; at: number; from: number; to: number };

export type Line = Box & Style & { kind: 'line'; text: string; baseline: number; hidden?: string };

/** `style` is that of most of its characters. */
export type TableBlock = Box & { kind: 'table'; rows: string[][]; headerRows: number; style: Style };
export type Block = TableBlock | Line;

/** A stretch of a page that is read from top to bottom: a column, or a band across the page. */
export type Region = Box & {
  blocks: Block[];
  /** Whether its text runs in another direction than most of the page's. */
  askew: boolean;
  /** From the region's frame to the page as it is shown. */
  toPage: (box: Box) => Box;
};

export type Note = { text: string; box: Box };

/** A page after layout. */
export type PageLayout = {
  page: number;
  /** What the file calls the page, where that is another number: `iv`, `A-3`. */
  label?: string;
  width: number;
  height: number;
  regions: Region[];
  notes: Note[];
  /** Characters of text, hidden ones included. */
  characters: number;
  /** Characters of which only the looks are known. */
  unmapped: number;
  /** Part of the page that its largest picture covers. */
  pictured: number;
};

const unite = (a: Box, b: Box): Box => ({
  x0: Math.min(a.x0, b.x0),
  y0: Math.min(a.y0, b.y0),
  x1: Math.max(a.x1, b.x1),
  y1: Math.max(a.y1, b.y1),
});

export const unionOf = (boxes: readonly Box[]): Box =>
  boxes.reduce<Box>(unite, {
    x0: Number.POSITIVE_INFINITY,
    y0: Number.POSITIVE_INFINITY,
    x1: Number.NEGATIVE_INFINITY,
    y1: Number.NEGATIVE_INFINITY,
  });

export const overlap = (a0: number, a1: number, b0: number, b1: number): number => Math.min(a1, b1) - Math.max(a0, b0);
