/** A stretch of a document's text that is embedded and retrieved. */
export type Chunk = {
  /** UTF-16 offsets into the document's text, end exclusive. */
  start: number;
  end: number;
  /** `text.slice(start, end)`: without heading path or repeated table header. */
  text: string;
  /** Estimated model tokens of `text`. */
  tokens: number;
  /** The headings that it stands under, outermost first. */
  path: string[];
  /** The table header that applies to the rows in `text`, when the header itself lies in an earlier chunk. */
  tableHeader?: string;
  /** First page, slide or sheet that it touches, from 1. */
  page?: number;
};

export type ChunkOptions = {
  strategy: 'structural' | 'fixed';
  /** Most tokens of a chunk's text. */
  maxTokens: number;
  /** Tokens that a chunk of the `fixed` strategy repeats from the one before. */
  overlap: number;
};
