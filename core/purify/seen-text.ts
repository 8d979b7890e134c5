import type { Span } from '../ports/pii.ts';

/** Characters that nothing is drawn for, and marks that are written apart from their letters: a document has none, a text may. */
const UNUSUAL = /[\0-\x08\x0e-\x1f\u00ad\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\ufeff]|[\u0300-\u036f]/;
const PARTS = /(?<unseen>(?:[\0-\x08\x0e-\x1f\u00ad\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\ufeff]|\u034f)+)|\p{L}[\u0300-\u036f]+/gu;

/** A text as it is seen, and where each of its units stands in what was written. */
type Seen = { text: string; starts: number[]; ends: number[] };

function seen(written: string): Seen {
  const all: Seen = { text: '', starts: [], ends: [] };
  const add = (part: string, start: number, end: number | undefined): void => {
    all.text += part;
    for (let i = 0; i < part.length; i++) {
      all.starts.push(end === undefined ? start + i : start);
      all.ends.push(end ?? start + i + 1);
    }
  };
  let at = 0;
  for (const { 0: part, index, groups } of written.matchAll(PARTS)) {
    add(written.slice(at, index), at, undefined);
    at = index + part.length;
    if (groups?.unseen === undefined) add(part.normalize('NFC'), index, at);
  }
  add(written.slice(at), at, undefined);
  return all;
}

/** What is found in a text as a reader sees it, at its place in the text as it was written. */
export function findInSeen(written: string, find: (text: string) => readonly Span[]): readonly Span[] {
  if (!UNUSUAL.test(written)) return find(written);
  const { text, starts, ends } = seen(written);
  return find(text).map((span) => ({ ...span, start: starts[span.start] ?? span.start, end: ends[span.end - 1] ?? span.end }));
}
