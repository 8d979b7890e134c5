import type { Config } from '#schemas/config.ts';
import type { Span } from '../ports/pii.ts';
import { findPersonalData } from './find-personal-data.ts';

type Strategy = Config['pii']['default'];

const VISIBLE = 4;

function replacement(found: string, type: string, strategy: Strategy): string {
  if (strategy === 'redact') return `[${type}]`;
  const kept = found.length - VISIBLE;
  return found.replace(/[\p{L}\p{N}]/gu, (character, at: number) => (at < kept ? '*' : character));
}

/** The text with each span replaced by the strategy. */
export function maskSpans(text: string, spans: readonly Span[], strategy: Strategy): string {
  if (strategy === 'keep' || spans.length === 0) return text;
  let masked = '';
  let at = 0;
  for (const { start, end, type } of spans) {
    masked += text.slice(at, start) + replacement(text.slice(start, end), type, strategy);
    at = end;
  }
  return masked + text.slice(at);
}

/** The text with what the built-in finders see replaced by the strategy; the spans are offsets in the input. */
export function maskText(text: string, strategy: Strategy): { masked: string; spans: Span[] } {
  const spans = strategy === 'keep' ? [] : findPersonalData(text);
  return { masked: maskSpans(text, spans, strategy), spans };
}
