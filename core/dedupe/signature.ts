import { mix } from '../embedding/lexical/hash.ts';

/** Numbers in a signature: the standard error of a similarity of 0.8 is 0.035. */
export const SIGNATURE = 128;

/**
 * What a text's shingles come to: the least of them under each of 128 orders, of which 16 bits are kept (MinHash, Broder,
 * "On the resemblance and containment of documents", 1997; b-bit, Li and König, WWW 2010).
 */
export type Signature = Uint16Array;

const MULTIPLIERS = Uint32Array.from({ length: SIGNATURE }, (_, i) => mix(i + 1) | 1);
const ADDENDS = Uint32Array.from({ length: SIGNATURE }, (_, i) => mix(~i));

/** The signature of a text's shingles, which come part by part; undefined where there are fewer: it is like no other. */
export function signatureOf(parts: Iterable<Uint32Array>, fewest = 1): Signature | undefined {
  const least = new Uint32Array(SIGNATURE).fill(0xffffffff);
  let count = 0;
  for (const shingles of parts) {
    count += shingles.length;
    const distinct = new Uint32Array(new Set(shingles));
    for (const [i, multiplier] of MULTIPLIERS.entries()) least[i] = Math.min(least[i] ?? 0, leastOf(distinct, multiplier, ADDENDS[i] ?? 0));
  }
  return count < fewest ? undefined : Uint16Array.from(least, mix);
}

/** The least shingle in one order. */
function leastOf(shingles: Uint32Array, multiplier: number, addend: number): number {
  let least = 0xffffffff;
  for (let i = 0; i < shingles.length; i++) {
    const value = (Math.imul(shingles[i] ?? 0, multiplier) + addend) >>> 0;
    if (value < least) least = value;
  }
  return least;
}

/** The share of places in which two signatures are equal: an estimate of how much of their shingles two texts share. */
export function similarity(a: Signature, b: Signature): number {
  let equal = 0;
  for (let i = 0; i < SIGNATURE; i++) if (a[i] === b[i]) equal++;
  return equal / SIGNATURE;
}

/** How a signature is cut: documents that are equal in all rows of one band are compared. */
export type Banding = { bands: number; rows: number };

/** Pairs at the threshold that may be missed. */
const MISSED = 0.01;

/** The most rows a band (the fewest needless comparisons) with which a pair at the threshold is found, but for one in a hundred. */
export function bandingFor(threshold: number): Banding {
  for (let rows = 16; rows > 1; rows--) {
    const bands = Math.floor(SIGNATURE / rows);
    if ((1 - threshold ** rows) ** bands <= MISSED) return { bands, rows };
  }
  return { bands: SIGNATURE, rows: 1 };
}

/** A hash (32 bits) of one band. */
export function bandHash(signature: Signature, band: number, rows: number): number {
  let hash = band;
  for (let i = band * rows; i < (band + 1) * rows; i++) hash = mix(Math.imul(hash, 31) ^ (signature[i] ?? 0));
  return hash;
}
