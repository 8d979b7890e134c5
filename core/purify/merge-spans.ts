import type { Span } from '../ports/pii.ts';

/** Shared by all texts that hold nothing. */
export const NONE: readonly Span[] = [];

const isMerged = (spans: readonly Span[]): boolean =>
  spans.every(({ start, end }, i) => end > start && (i === 0 || start >= (spans[i - 1]?.end ?? 0)));

/**
 * All that either finding covers, in order and without overlaps: what overlaps becomes one span, of the type of the part that
 * is longer, or surer where both are as long.
 */
export function mergeSpans(...findings: readonly (readonly Span[])[]): readonly Span[] {
  // Most texts are a cell or a line with nothing in it, or what one finder saw.
  const [first = NONE, ...others] = findings.filter(({ length }) => length > 0);
  if (others.length === 0 && isMerged(first)) return first;
  const merged: Span[] = [];
  for (const span of findings.flat().sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) {
      if (span.end > span.start) merged.push({ ...span });
      continue;
    }
    const [length, before] = [span.end - span.start, last.end - last.start];
    const { type, score } = length > before || (length === before && span.score > last.score) ? span : last;
    Object.assign(last, { type, score, end: Math.max(last.end, span.end) });
  }
  return merged;
}
