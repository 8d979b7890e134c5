import { fold } from '../../core/embedding/lexical/folding.ts';
import { type CodedSet, hashOf, place, SPREAD_BITS } from '../../core/purify/gazetteer/coded-set.ts';

export function encodeSet(words: readonly string[]): CodedSet {
  const folded = new Set(words.map(fold));
  const places = [...new Set([...folded].map((word) => place(hashOf(word), folded.size)))].sort((a, b) => a - b);
  const bits: number[] = [];
  let last = 0;
  for (const at of places) {
    const step = at - last;
    last = at;
    for (let i = step >>> SPREAD_BITS; i > 0; i--) bits.push(1);
    bits.push(0);
    for (let bit = SPREAD_BITS - 1; bit >= 0; bit--) bits.push((step >>> bit) & 1);
  }
  // The rest of the last byte is ones, which no step ends with.
  while (bits.length % 8 !== 0) bits.push(1);
  const bytes = Uint8Array.from({ length: bits.length / 8 }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  );
  return { size: folded.size, data: Buffer.from(bytes).toString('base64') };
}
