import { estimateTokens } from './tokens.ts';

/**
 * How much a border between two atoms asks to be cut at. `glue` stands below a heading, which belongs to what follows
 * it; a `section` border is always cut.
 */
export const STRENGTH = { piece: 0, glue: 1, word: 2, clause: 3, sentence: 4, line: 5, block: 6, section: 7 } as const;
export type Strength = (typeof STRENGTH)[keyof typeof STRENGTH];

/**
 * The smallest stretches of a text that chunks are made of, in order. `strengths[i]` is that of the border before
 * atom `i`, `elements[i]` the position of the placed element that it is part of. Columns, as a text may have millions.
 */
export type Atoms = { starts: number[]; ends: number[]; strengths: Strength[]; elements: number[] };

export const emptyAtoms = (): Atoms => ({ starts: [], ends: [], strengths: [], elements: [] });

/** Adds a stretch without the blanks around it, if it has anything else. */
export function addAtom(atoms: Atoms, text: string, atom: { start: number; end: number; strength: Strength; element: number }): void {
  let { start, end } = atom;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  if (start === end) return;
  atoms.starts.push(start);
  atoms.ends.push(end);
  atoms.strengths.push(atom.strength);
  atoms.elements.push(atom.element);
}

export const isBlank = (code: number): boolean =>
  code <= 32 ||
  code === 0xa0 ||
  (code >= 0x2000 && code <= 0x200b) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x3000 ||
  code === 0xfeff;

/**
 * `tokens[2 * i]` counts the tokens before atom `i`, `tokens[2 * i + 1]` those before its end, so that what any run
 * of atoms holds, marks between them included, is one difference.
 */
export function tokenSums(text: string, { starts, ends }: Atoms): Float64Array {
  const sums = new Float64Array(starts.length * 2);
  let sum = 0;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? 0;
    if (i > 0) sum += estimateTokens(text, ends[i - 1], start);
    sums[2 * i] = sum;
    sum += estimateTokens(text, start, ends[i]);
    sums[2 * i + 1] = sum;
  }
  return sums;
}
