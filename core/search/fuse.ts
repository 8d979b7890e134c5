/** Reciprocal rank fusion's constant, as in Cormack, Clarke and Büttcher (SIGIR 2009). */
const RRF_K = 60;

/**
 * What a vector's rank counts for beside a keyword's 1. The built-in embedder sees the same words as the keyword index,
 * through more noise: of the weights tried on an abstracts collection, half gave the best order of hits and lost no
 * passages. A model of meaning deserves more.
 */
export const VECTOR_WEIGHT = 0.5;

/**
 * One ranking of several, by reciprocal rank fusion: `score` is the sum of `weight / (k + rank)` over the lists, rank
 * from 1. Best first; equal scores by id, so that the same lists always give the same order. An id that a list holds
 * twice counts once, at its better rank.
 */
export function fuseRanks(lists: readonly { weight: number; ids: readonly string[] }[], k = RRF_K): { id: string; score: number }[] {
  const scores = new Map<string, number>();
  for (const { weight, ids } of lists) {
    [...new Set(ids)].forEach((id, i) => {
      scores.set(id, (scores.get(id) ?? 0) + weight / (k + i + 1));
    });
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
