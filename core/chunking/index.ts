import { createHash } from 'node:crypto';
import type { DocumentText } from '../document-text.ts';
import type { Chunk, ChunkOptions } from './chunk.ts';
import { fixedChunks } from './fixed.ts';
import { structuralChunks } from './structural.ts';

export { estimateTokens } from './tokens.ts';

/**
 * The chunks of a document, in order. Together they hold every letter and digit of the text; none is above
 * `maxTokens` (at least 16). Deterministic, and linear in the text.
 */
export function chunkDocument(document: DocumentText, { strategy, maxTokens, overlap }: ChunkOptions): Chunk[] {
  const chunks = strategy === 'fixed' ? fixedChunks(document, { maxTokens, overlap }) : structuralChunks(document, maxTokens);
  return chunks.filter(({ text }) => SAYS_SOMETHING.test(text));
}

const SAYS_SOMETHING = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** What the model sees: where the text stands, the header of its table, the text. Never a file name. */
export function embeddedText({ path, tableHeader, text }: Pick<Chunk, 'path' | 'tableHeader' | 'text'>): string {
  const above = pathAbove(path, text);
  return [...(above.length > 0 ? [above.join(' > ')] : []), ...(tableHeader === undefined ? [] : [tableHeader]), text].join('\n');
}

/** The headings that the text does not itself open with. */
function pathAbove(path: readonly string[], text: string): readonly string[] {
  const own = path.findIndex((_, i) => text.startsWith(path.slice(i).join('\n\n')));
  return own < 0 ? path : path.slice(0, own);
}

/** 128 bits of SHA-256 of the embedded text and of how many chunks before had the same: unique within a document. */
export function chunkIds(chunks: readonly Pick<Chunk, 'path' | 'tableHeader' | 'text'>[]): string[] {
  const seen = new Map<string, number>();
  return chunks.map((chunk) => {
    const text = embeddedText(chunk);
    const occurrence = seen.get(text) ?? 0;
    seen.set(text, occurrence + 1);
    return createHash('sha256').update(`${occurrence}\n${text}`).digest('hex').slice(0, 32);
  });
}
