import type { Finder } from './finder.ts';

const TRIPLES = 1 << 13;
const tripleOf = (one: number, two: number, three: number): number => (one * 4489 + two * 67 + three) & (TRIPLES - 1);

/** A string with its letters by threes; a shorter one is always looked for. */
type Trigger = { text: string; triples: Uint16Array };

const trigger = (text: string): Trigger => ({
  text,
  triples: Uint16Array.from({ length: Math.max(0, text.length - 2) }, (_, i) =>
    tripleOf(text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2)),
  ),
});

const compiled = new WeakMap<readonly string[], Trigger[]>();
function triggersOf(texts: readonly string[]): Trigger[] {
  const known = compiled.get(texts) ?? texts.map(trigger);
  compiled.set(texts, known);
  return known;
}

/** One for all texts, since a new one for each would wait outside of the heap to be let go. */
const met = new Uint8Array(TRIPLES);

function hasAll(triples: Uint16Array): boolean {
  for (let i = 0; i < triples.length; i++) if (met[triples[i] ?? 0] === 0) return false;
  return true;
}

/**
 * Tells of a text in small letters which finders it calls for, until the next text is asked about. Its letters by threes are noted in
 * one pass, so that most of a hundred strings need not be looked for.
 */
export function calling(lower: string): (finder: Pick<Finder, 'triggers'>) => boolean {
  met.fill(0);
  let [one, two] = [lower.charCodeAt(0), lower.charCodeAt(1)];
  for (let i = 2; i < lower.length; i++) {
    const three = lower.charCodeAt(i);
    met[tripleOf(one, two, three)] = 1;
    one = two;
    two = three;
  }
  return ({ triggers }) => {
    if (triggers === undefined) return true;
    for (const { text, triples } of triggersOf(triggers)) if (hasAll(triples) && lower.includes(text)) return true;
    return false;
  };
}

/** Tells whether a text in small letters may have any string that calls for one of the finders: a cell of a table has none. */
export function mayCall(finders: readonly Pick<Finder, 'triggers'>[]): (lower: string) => boolean {
  const all = finders.flatMap(({ triggers = [] }) => triggers);
  const single = all.filter(({ length }) => length < 2);
  const beginning = (text: string, at: number): number => ((text.charCodeAt(at) & 127) << 7) | (text.charCodeAt(at + 1) & 127);
  const begins = new Uint8Array(1 << 14);
  for (const text of all) if (text.length > 1) begins[beginning(text, 0)] = 1;
  return (lower) => {
    for (let i = 0; i + 1 < lower.length; i++) if (begins[beginning(lower, i)] === 1) return true;
    return single.some((text) => lower.includes(text));
  };
}
