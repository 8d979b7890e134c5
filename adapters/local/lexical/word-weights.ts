import { FREQUENCIES } from './frequencies.ts';

/** Weights are told apart in so many steps; a word that the table lacks is rare and weighs 1. */
export const LEVELS = 15;
const KEY_BITS = 24;
/** Slots of the table; a power of two, about a third of them taken. */
const SLOTS = 1 << 18;

/** The part of a word's mixed hash that the table knows it by. */
export const wordKey = (mixed: number): number => mixed >>> (32 - KEY_BITS);

/**
 * The weight of a word by how common it is in its language, from 0 (`the`) to 1, by its mixed hash. The table is part
 * of the embedder's version: another table is another model.
 */
export function loadWordWeights(): (mixed: number) => number {
  const bytes = Buffer.from(FREQUENCIES, 'base64');
  const slots = new Uint32Array(SLOTS);
  let key = 0;
  for (let at = 0; at < bytes.length; ) {
    let value = 0;
    let scale = 1;
    let byte = 0x80;
    while (byte >= 0x80) {
      byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
    }
    key += Math.floor(value / 16);
    let slot = key & (SLOTS - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    slots[slot] = ((key << 4) | (value & 15)) + 1;
  }
  return (mixed) => {
    const wanted = wordKey(mixed);
    let slot = wanted & (SLOTS - 1);
    for (let held = slots[slot] ?? 0; held !== 0; held = slots[slot] ?? 0) {
      if ((held - 1) >>> 4 === wanted) return ((held - 1) & 15) / LEVELS;
      slot = (slot + 1) & (SLOTS - 1);
    }
    return 1;
  };
}
