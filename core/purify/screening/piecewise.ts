import { z } from 'zod';
import type { Sliceable } from '../../joined-text.ts';
import type { PartCache } from '../part-cache.ts';
import type { Hit } from './phrase-matcher.ts';
import type { Stretch } from './stretch.ts';

/**
 * A text is looked at piece by piece, so that a long one takes no more memory. Pieces end between paragraphs, where the text
 * itself says so: those behind an edit are as they were.
 */
const LEAST = 32_000;
const MOST = 200_000;
const ONE_IN = 8;
const BORDER = '\n\n';
/** So much of a paragraph's end says whether a piece ends with it. */
const SEEN = 24;
/** What is seen of both neighbours: what begins in a piece may end, and be framed, in the next. */
const SHARED = 1_000;

function endsPiece(text: string, at: number): boolean {
  let hash = 0;
  for (let i = Math.max(0, at - SEEN); i < at; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return (hash ^ (hash >>> 15)) % ONE_IN === 0;
}

function endOf(text: Sliceable, start: number): number {
  if (text.length - start <= LEAST) return text.length;
  const last = Math.min(text.length, start + MOST);
  const from = start + LEAST - SEEN;
  const window = text.slice(from, last + BORDER.length);
  for (let at = window.indexOf(BORDER, SEEN); at >= 0 && from + at < last; at = window.indexOf(BORDER, at + 1))
    if (endsPiece(window, at)) return from + at;
  return last;
}

/** What keeps the hits of each piece for the next version of the text. `shapedBy`: all that shapes them beside the piece's text. */
export type Keeping<Rule extends string> = { cache: PartCache; rule: z.ZodType<Rule>; shapedBy(at: Stretch): string[] };

const hitsWith = <Rule extends string>(rule: z.ZodType<Rule>) =>
  z.array(z.object({ rule, weight: z.number(), start: z.number(), end: z.number() }));

/** What is found in each piece of a text, once, at its place in the text. `find` answers with offsets in the piece. */
export function piecewise<Rule extends string>(
  text: Sliceable,
  find: (piece: string, at: Stretch) => Hit<Rule>[],
  keeping?: Keeping<Rule>,
): Hit<Rule>[] {
  const hits: Hit<Rule>[] = [];
  for (let start = 0; start === 0 || start < text.length; ) {
    const end = endOf(text, start);
    const at = { start: Math.max(0, start - SHARED), end: Math.min(text.length, end + SHARED) };
    const piece = text.slice(at.start, at.end);
    const own = (hit: Hit<Rule>): boolean => hit.start >= start - at.start && hit.start < end - at.start;
    const look = (): Hit<Rule>[] => find(piece, at).filter(own);
    const shapedBy = [piece, String(start - at.start), String(end - at.start)];
    const found = keeping ? keeping.cache([...shapedBy, ...keeping.shapedBy(at)], hitsWith(keeping.rule), look) : look();
    for (const hit of found) hits.push({ ...hit, start: hit.start + at.start, end: hit.end + at.start });
    if (end >= text.length) break;
    start = end;
  }
  return hits;
}
