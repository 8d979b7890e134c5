import type { EmbeddingCache, KeywordIndex, Prune, VectorStore } from '#core/ports/indexes.ts';
import { birthOf, documentOf, type VectorKey } from '#schemas/records/ids.ts';
import { conflict, type Unit } from './store.ts';
import { countWords, wordsOf } from './words.ts';

export const memoryEmbeddingCache = ({ store, writes }: Unit): EmbeddingCache => ({
  has: async (keys) => new Set(keys.filter((key) => store.embeddings.has(key))),
  async put(entries) {
    writes.push((journal) => {
      for (const { key, vector } of entries) if (!store.embeddings.has(key)) journal.set(store.embeddings, key, vector.slice());
    });
  },
  async delete(keys) {
    writes.push((journal) => {
      for (const key of keys) journal.delete(store.embeddings, key);
    });
  },
});

const pruning =
  <T>(map: Map<VectorKey, T>, writes: Unit['writes']): Prune =>
  async (document, [from, to], keep) => {
    writes.push((journal) => {
      for (const key of map.keys()) {
        const isGone = documentOf(key) === document && birthOf(key) >= from && birthOf(key) <= to && !keep.has(key);
        if (isGone) journal.delete(map, key);
      }
    });
  };

export const memoryVectors = ({ store, writes }: Unit): VectorStore => ({
  async upsert(entries) {
    writes.push((journal) => {
      for (const { key, embedding } of entries) {
        if (store.vectors.has(key)) continue;
        const vector = store.embeddings.get(embedding);
        if (!vector) throw conflict(`the embedding cache: ${embedding} is not in it, and it`);
        journal.set(store.vectors, key, vector);
      }
    });
  },
  async delete(keys) {
    writes.push((journal) => {
      for (const key of keys) journal.delete(store.vectors, key);
    });
  },
  prune: pruning(store.vectors, writes),
});

export const memoryKeywords = ({ store, writes }: Unit): KeywordIndex => ({
  async upsert(entries) {
    writes.push((journal) => {
      for (const { key, path, text } of entries) {
        const words = [...wordsOf(path), ...wordsOf(text)];
        journal.set(store.keywords, key, { counts: countWords(words), length: words.length });
      }
    });
  },
  async delete(keys) {
    writes.push((journal) => {
      for (const key of keys) journal.delete(store.keywords, key);
    });
  },
  prune: pruning(store.keywords, writes),
});
