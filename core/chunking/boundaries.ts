import { type Atoms, STRENGTH } from './atoms.ts';

/** Characters on either side of a border that decide its rank among borders of its strength. */
const NEAR = 24;

/**
 * Which atoms begin a chunk. A border is cut where the stretch between the next stronger borders to its left and right
 * is more than `maxTokens`. What is within a chunk is so never above `maxTokens` (its strongest border would be cut),
 * and whether a border is cut depends on the text within `maxTokens` of it alone: an edit moves nothing further away.
 * Among borders of one strength the characters around them rank, so that the ranking is local, too.
 */
export function chooseCuts(text: string, atoms: Atoms, sums: Float64Array, maxTokens: number): Uint8Array {
  const count = atoms.starts.length;
  const ranks = Float64Array.from({ length: count }, (_, i) => rank(text, atoms, i));
  const cuts = new Uint8Array(count);
  const left = nearestStronger(ranks, 0, 1, (a, b) => a >= b);
  const right = nearestStronger(ranks, count - 1, -1, (a, b) => a > b);
  for (let i = 0; i < count; i++) {
    const from = sums[2 * Math.max(0, left[i] ?? 0)] ?? 0;
    const until = right[i] ?? count;
    const to = sums[2 * (until < 0 || until >= count ? count - 1 : until - 1) + 1] ?? 0;
    if (i === 0 || atoms.strengths[i] === STRENGTH.section || to - from > maxTokens) cuts[i] = 1;
  }
  return cuts;
}

function rank(text: string, { starts, ends, strengths }: Atoms, i: number): number {
  const start = starts[i] ?? 0;
  const before = ends[i - 1] ?? 0;
  let hash = 0x811c9dc5;
  for (let at = Math.max(0, before - NEAR); at < before; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  for (let at = start; at < start + NEAR; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (strengths[i] ?? 0) * 0x1_0000_0000 + ((hash ^ (hash >>> 16)) >>> 0);
}

/** For each border the next one, in the direction of `step`, that is stronger; -1 where there is none. */
function nearestStronger(ranks: Float64Array, first: number, step: 1 | -1, stronger: (a: number, b: number) => boolean): Int32Array {
  const nearest = new Int32Array(ranks.length).fill(-1);
  const stack: number[] = [];
  for (let n = 0, i = first; n < ranks.length; n++, i += step) {
    const own = ranks[i] ?? 0;
    while (stack.length > 0 && !stronger(ranks[stack.at(-1) ?? 0] ?? 0, own)) stack.pop();
    nearest[i] = stack.at(-1) ?? -1;
    stack.push(i);
  }
  return nearest;
}

/**
 * Takes back cuts beside chunks of at most `minTokens`, the weaker of their two borders first, where both together fit;
 * never that of a section.
 */
export function joinSmall(
  cuts: Uint8Array,
  { strengths }: Atoms,
  sums: Float64Array,
  limits: { minTokens: number; maxTokens: number },
): void {
  const begins = [...cuts.keys()].filter((i) => cuts[i] === 1);
  const size = (from: number, until: number): number => (sums[2 * until - 1] ?? 0) - (sums[2 * from] ?? 0);
  let from = begins[0] ?? 0;
  for (let n = 1; n < begins.length; n++) {
    const cut = begins[n] ?? 0;
    const next = begins[n + 1] ?? cuts.length;
    const after = size(cut, next);
    const small = Math.min(size(from, cut), after);
    const laterIsWeaker = after <= limits.minTokens && next < cuts.length && (strengths[next] ?? 0) < (strengths[cut] ?? 0);
    const joins = small <= limits.minTokens && size(from, next) <= limits.maxTokens && strengths[cut] !== STRENGTH.section;
    if (joins && !(laterIsWeaker && size(from, cut) > limits.minTokens)) cuts[cut] = 0;
    else from = cut;
  }
}
