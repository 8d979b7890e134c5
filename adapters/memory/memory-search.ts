import type { Embedder } from '#core/ports/embedder.ts';
import type { Ranked } from '#core/ports/indexes.ts';
import type { SearchIndex } from '#core/ports/search.ts';
import type { Store, Words } from './store.ts';
import { wordsOf } from './words.ts';

/** The usual parameters of BM25, which SQLite's FTS5 has too. */
const K1 = 1.2;
const B = 0.75;
/** FTS5's least weight of a word that most chunks have: it still counts, a little. */
const LEAST_IDF = 1e-6;

const best = (ranked: Ranked[], most: number): Ranked[] =>
  ranked.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1)).slice(0, most);

function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let ofA = 0;
  let ofB = 0;
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0;
    dot += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return dot / (Math.sqrt(ofA * ofB) || 1);
}

/** Okapi BM25 (Robertson, Walker, TREC-3, 1994) of the words of a query, each counted once. */
function bm25(chunks: ReadonlyMap<unknown, Words>, query: readonly string[]): (words: Words) => number {
  const total = chunks.size;
  let length = 0;
  for (const words of chunks.values()) length += words.length;
  const average = length / total;
  const weights = [...new Set(query)].map((word) => {
    let having = 0;
    for (const { counts } of chunks.values()) if (counts.has(word)) having += 1;
    return { word, idf: Math.max(LEAST_IDF, Math.log((total - having + 0.5) / (having + 0.5))) };
  });
  return (words) =>
    weights.reduce((sum, { word, idf }) => {
      const count = words.counts.get(word) ?? 0;
      return sum + (idf * count * (K1 + 1)) / (count + K1 * (1 - B + (B * words.length) / average));
    }, 0);
}

/** Looks at every chunk: exact, and linear in their number. */
export const memorySearchIndex = (store: Store, embedder: Embedder): SearchIndex => ({
  embedder,
  async nearest(vector, most) {
    return best(
      [...store.vectors].map(([key, stored]) => ({ key, score: cosine(stored, vector) })),
      most,
    );
  },
  async byKeywords(query, most) {
    const words = wordsOf(query);
    const score = bm25(store.keywords, words);
    const found = [...store.keywords].filter(([, { counts }]) => words.some((word) => counts.has(word)));
    return best(
      found.map(([key, chunk]) => ({ key, score: score(chunk) })),
      most,
    );
  },
  async heads(documents) {
    return new Map(
      documents.flatMap((document) => {
        const head = store.heads.get(document);
        return head ? [[document, head] as const] : [];
      }),
    );
  },
  manifest: async (digest) => store.manifests.get(digest),
});
