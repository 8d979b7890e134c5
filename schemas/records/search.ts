import { z } from 'zod';
import { Principal } from '../config.ts';
import type { PartRecord } from './case.ts';

export const SearchMode = z.enum(['hybrid', 'vector', 'keyword']);
export type SearchMode = z.infer<typeof SearchMode>;

export const SearchRequest = z.object({
  query: z.string(),
  top: z.int().min(1).max(1_000),
  /** Unset: hybrid where the store has keywords, else vector. */
  mode: SearchMode.exactOptional(),
  /** Field and value pairs that a document's metadata must have, all of them. */
  filters: z.array(z.tuple([z.string(), z.string()])),
  /** Who asks; without one only what is public is found. */
  principals: z.array(Principal),
});
export type SearchRequest = z.infer<typeof SearchRequest>;

export type Hit = {
  documentId: string;
  uri: string;
  chunkId: string;
  /** Reciprocal-rank score for hybrid, cosine similarity for vector, BM25 for keyword; higher is better. */
  score: number;
  text: string;
  /** Headings that it stands under, outermost first. */
  path: string[];
  page: number | null;
  /** UTF-16 offsets into the document's masked text. */
  start: number;
  end: number;
  title: string | null;
  /** Of a hit in a case: the documents that it was made of, in time order. */
  parts?: PartRecord[];
};

/** `degraded` names the parts of the mode that the store does not have, and `advice` the stores that have them. */
export type SearchResult = { query: string; mode: SearchMode; embedder: string; hits: Hit[]; degraded: string[]; advice?: string };
