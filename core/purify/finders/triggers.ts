import type { Finder } from './finder.ts';

const BITS = 4096;
const bitOf = (one: number, two: number): number => (Math.imul(one, 67) + two) & (BITS - 1);

type Trigger = { text: string; bits: readonly number[] };

const trigger = (text: string): Trigger => ({
  text,
  bits: Array.from({ length: text.length - 1 }, (_, i) => bitOf(text.charCodeAt(i), text.charCodeAt(i + 1))),
});

const compiled = new WeakMap<readonly string[], Trigger[]>();
function triggersOf(texts: readonly string[]): Trigger[] {
  const known = compiled.get(texts) ?? texts.map(trigger);
  compiled.set(texts, known);
  return known;
}

/**
 * Tells of a text in small letters which finders it calls for. Its pairs of letters are noted in one pass, so that most of a
 * hundred strings need not be looked for.
 */
export function calling(lower: string): (finder: Pick<Finder, 'triggers'>) => boolean {
  const pairs = new Uint32Array(BITS / 32);
  let last = lower.charCodeAt(0);
  for (let i = 1; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    const bit = bitOf(last, code);
    pairs[bit >>> 5] = (pairs[bit >>> 5] ?? 0) | (1 << (bit & 31));
    last = code;
  }
  const has = (bit: number): boolean => ((pairs[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  return ({ triggers }) => triggers === undefined || triggersOf(triggers).some(({ text, bits }) => bits.every(has) && lower.includes(text));
}

/** Tells whether a text in small letters may have any string that calls for one of the finders: a cell of a table has none. */
export function mayCall(finders: readonly Pick<Finder, 'triggers'>[]): (lower: string) => boolean {
  const all = finders.flatMap(({ triggers = [] }) => triggers);
  const single = all.filter(({ length }) => length < 2);
  const pairOf = (text: string, at: number): number => ((text.charCodeAt(at) & 127) << 7) | (text.charCodeAt(at + 1) & 127);
  const begins = new Uint8Array(1 << 14);
  for (const text of all) if (text.length > 1) begins[pairOf(text, 0)] = 1;
  return (lower) => {
    for (let i = 0; i + 1 < lower.length; i++) if (begins[pairOf(lower, i)] === 1) return true;
    return single.some((text) => lower.includes(text));
  };
}
