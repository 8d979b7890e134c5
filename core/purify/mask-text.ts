import type { Span } from '../ports/pii.ts';
import { generalised } from './generalise.ts';
import { localSpans } from './local-spans.ts';
import type { MaskPolicy } from './policy.ts';
import { findInSeen } from './seen-text.ts';

const VISIBLE = 4;

/** The last characters stay; of a short value a quarter, so that an age is not told whole. */
function partial(found: string): string {
  const kept = found.length - Math.min(VISIBLE, Math.floor(found.length / 3));
  return found.replace(/[\p{L}\p{N}]/gu, (character, at: number) => (at < kept ? '*' : character));
}

function replacement(found: string, type: string, policy: MaskPolicy): string {
  switch (policy.strategyOf(type)) {
    case 'keep':
      return found;
    case 'partial':
      return partial(found);
    case 'token':
      return policy.token?.(type, found) ?? `[${type}]`;
    case 'generalise':
      return generalised(type, found) ?? `[${type}]`;
    default:
      return `[${type}]`;
  }
}

/** The text with each span replaced by its kind's strategy. */
export function maskSpans(text: string, spans: readonly Span[], policy: MaskPolicy): string {
  if (spans.length === 0) return text;
  let masked = '';
  let at = 0;
  for (const { start, end, type } of spans) {
    masked += text.slice(at, start) + replacement(text.slice(start, end), type, policy);
    at = end;
  }
  return masked + text.slice(at);
}

/** The text with what the built-in finders see replaced; the spans are offsets in the input, of what was replaced. */
export function maskText(text: string, policy: MaskPolicy): { masked: string; spans: Span[] } {
  const found = findInSeen(text, (seen) => localSpans([{ text: seen }], policy)[0] ?? []);
  const spans = found.filter(({ type }) => policy.strategyOf(type) !== 'keep');
  return { masked: maskSpans(text, spans, policy), spans };
}
