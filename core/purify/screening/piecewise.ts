import type { Stretch } from './stretch.ts';

/** A text is looked at piece by piece, so that a long one takes no more memory; neighbours share what a passage may fill. */
const PIECE = 200_000;
const SHARED = 2_000;

/** What is found in each piece of a text, once, at its place in the text. `find` answers with offsets in the piece. */
export function piecewise<Found extends Stretch>(text: string, find: (piece: string, at: Stretch) => Found[]): Found[] {
  const hits: Found[] = [];
  for (let from = 0; from === 0 || from + SHARED < text.length; from += PIECE - SHARED) {
    const at = { start: from, end: Math.min(text.length, from + PIECE) };
    // What begins in the part that the piece before has, too, was found there, unless it ran over its end.
    const known = from === 0 ? 0 : SHARED / 2;
    const rest = at.end === text.length ? PIECE : PIECE - SHARED / 2;
    for (const hit of find(text.slice(at.start, at.end), at))
      if (hit.start >= known && hit.start < rest) hits.push({ ...hit, start: hit.start + from, end: hit.end + from });
  }
  return hits;
}
