import { FREQUENCIES } from './frequencies.ts';

/** Weights are told apart in so many steps; a word that the table lacks is rare and weighs 1. */
export const LEVELS = 15;
/** A word is known by the first 24 bits of its mixed hash: 12 choose a bucket, 12 are kept beside its step. */
export const BUCKETS = 4096;
const LOW_BITS = 12;

export const wordKey = (mixed: number): number => mixed >>> (32 - 24);

/**
 * The weight of a word by how common it is in its language, from 0 (`the`) to 1, by its mixed hash. The table is part
 * of the embedder's version: another table is another model. Form: for each bucket one byte, how many words it has,
 * then two bytes for each word, low byte first: 12 bits of key, 4 of step, ascending within a bucket.
 */
export function loadWordWeights(): (mixed: number) => number {
  const bytes = Buffer.from(FREQUENCIES, 'base64');
  const firsts = new Uint32Array(BUCKETS + 1);
  for (let bucket = 0; bucket < BUCKETS; bucket++) firsts[bucket + 1] = (firsts[bucket] ?? 0) + (bytes[bucket] ?? 0);
  const entryAt = (i: number): number => (bytes[BUCKETS + 2 * i] ?? 0) | ((bytes[BUCKETS + 2 * i + 1] ?? 0) << 8);
  return (mixed) => {
    const key = wordKey(mixed);
    const bucket = key >>> LOW_BITS;
    const wanted = (key & ((1 << LOW_BITS) - 1)) << 4;
    const end = firsts[bucket + 1] ?? 0;
    for (let i = firsts[bucket] ?? 0; i < end; i++) {
      const entry = entryAt(i);
      if (entry >= wanted) return entry < wanted + 16 ? (entry & 15) / LEVELS : 1;
    }
    return 1;
  };
}
