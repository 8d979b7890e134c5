import type { Span } from '../ports/pii.ts';

/**
 * All that either finding covers, in order and without overlaps: what overlaps becomes one span, of the type of the part that
 * is longer, or surer where both are as long.
 */
export function mergeSpans(...findings: readonly (readonly Span[])[]): Span[] {
  const merged: Span[] = [];
  // Most texts are a cell or a line with nothing in it.
  if (findings.every(({ length }) => length === 0)) return merged;
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
