import { hashUnits, mix } from '../../embedding/lexical/hash.ts';

/** A set of words as the sorted hashes of their folded forms, Rice coded. One word in 256 that is not in it seems to be. */
export type CodedSet = { size: number; data: string };
/** A word is looked for by its hash, which several sets may share. */
export type WordSet = { has(hash: number): boolean };

export const SPREAD_BITS = 8;

/** The hash of a folded word. */
export const hashOf = (folded: string): number => mix(hashUnits(folded));

/** Where in a table of so many words a hash stands. */
export const place = (hash: number, size: number): number => Math.floor((hash / 2 ** 32) * size * 2 ** SPREAD_BITS);

function decode({ size, data }: CodedSet): Uint32Array {
  const bytes = Buffer.from(data, 'base64');
  /** At least 25 bits from a place on, leftmost first; past the end there are ones. */
  const bitsAt = (bit: number): number => {
    const i = bit >>> 3;
    return (((bytes[i] ?? 255) << 24) | ((bytes[i + 1] ?? 255) << 16) | ((bytes[i + 2] ?? 255) << 8) | (bytes[i + 3] ?? 255)) << (bit & 7);
  };
  const places = new Uint32Array(size);
  let [at, last, count] = [0, 0, 0];
  while (count < size && at + SPREAD_BITS < bytes.length * 8) {
    let high = 0;
    for (;;) {
      const ones = Math.min(24, Math.clz32(~bitsAt(at)));
      high += ones;
      at += ones;
      if (ones < 24 || at >= bytes.length * 8) break;
    }
    last += (high << SPREAD_BITS) | (bitsAt(at + 1) >>> (32 - SPREAD_BITS));
    at += 1 + SPREAD_BITS;
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
