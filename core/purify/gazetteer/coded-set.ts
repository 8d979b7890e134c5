import { HASH_START, hashStep, mix } from '../../embedding/lexical/hash.ts';

/** A set of words as the sorted hashes of their folded forms, Rice coded. One word in 256 that is not in it seems to be. */
export type CodedSet = { size: number; data: string };
/** A word is looked for by its hash, which several sets may share. */
export type WordSet = { has(hash: number): boolean };

export const SPREAD_BITS = 8;

/** The hash of a folded word. */
export function hashOf(folded: string): number {
  let hash = HASH_START;
  for (let i = 0; i < folded.length; i++) hash = hashStep(hash, folded.charCodeAt(i));
  return mix(hash);
}

/** Where in a table of so many words a hash stands. */
export const place = (hash: number, size: number): number => Math.floor((hash / 2 ** 32) * size * 2 ** SPREAD_BITS);

function decode({ size, data }: CodedSet): Uint32Array {
  const bytes = Buffer.from(data, 'base64');
  const bit = (i: number): number => ((bytes[i >>> 3] ?? 0xff) >>> (7 - (i & 7))) & 1;
  const places = new Uint32Array(size);
  let [at, last, count] = [0, 0, 0];
  while (count < size && at + SPREAD_BITS < bytes.length * 8) {
    let high = 0;
    while (bit(at++) === 1 && at < bytes.length * 8) high++;
    let step = high;
    for (let i = 0; i < SPREAD_BITS; i++) step = (step << 1) | bit(at++);
    last += step;
    places[count++] = last;
  }
  return places.subarray(0, count);
}

/** The set, decoded at its first use. */
export function wordSet(coded: CodedSet): WordSet {
  let places: Uint32Array | undefined;
  return {
    has(hash) {
      places ??= decode(coded);
      const wanted = place(hash, coded.size);
      let [low, high] = [0, places.length - 1];
      while (low <= high) {
        const middle = (low + high) >>> 1;
        const at = places[middle] ?? 0;
        if (at === wanted) return true;
        if (at < wanted) low = middle + 1;
        else high = middle - 1;
      }
      return false;
    },
  };
}
