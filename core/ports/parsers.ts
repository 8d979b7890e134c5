import type { Extracted } from '#schemas/records/extracted.ts';
import type { ContentHandle } from './content.ts';

/** A document, or (`bytes`) a part of one that is read as a file of its own. `contentHash`: what the bytes must have. */
export type Parsable = Pick<ContentHandle, 'name' | 'size'> & { contentHash?: string } & (
    | Pick<ContentHandle, 'withFile'>
    | { bytes: Uint8Array }
  );

export type ParseOptions = {
  /** Pages of a PDF to read, from 1, both ends included; `pages` of the answer still counts all of them. */
  pages?: { from: number; to: number };
  /** A document without text is no error: a recogniser looks at it next, or it is a part of one. */
  mayBeEmpty?: boolean;
};

/**
 * Parses a document's bytes, apart from the pipeline's own process where there is one to protect. Throws a reject code
 * for a bad document (`parse-timeout` and `parse-memory` when it passes its bounds) and `superseded` when the bytes are
 * not the observed ones.
 */
export type Parsers = {
  parse(content: Parsable, options?: ParseOptions): Promise<Extracted>;
  /** A page of a PDF (from 1) as a PNG picture that a recogniser can read. */
  picture(content: Parsable, page: number): Promise<Uint8Array>;
  /** A file within a container, by its path there; undefined: there is none. */
  member(content: Parsable, path: string): Promise<Uint8Array | undefined>;
};
