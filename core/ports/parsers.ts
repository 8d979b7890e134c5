import type { Extracted } from '#schemas/records/extracted.ts';
import type { ContentHandle } from './content.ts';

/**
 * Parses a document's bytes, apart from the pipeline's own process where there is one to protect. Throws a reject code
 * for a bad document (`parse-timeout` and `parse-memory` when it passes its bounds) and `superseded` when the bytes are
 * not the observed ones.
 */
export type Parsers = {
  parse(content: Pick<ContentHandle, 'name' | 'size' | 'withFile'> & { contentHash?: string }): Promise<Extracted>;
};
