import type { Config } from '#schemas/config.ts';
import { findPersonalData, type Span } from './find-personal-data.ts';

type Strategy = Config['pii']['default'];

const VISIBLE = 4;

function replacement(found: string, type: string, strategy: Strategy): string {
  if (strategy === 'redact') return `[${type}]`;
  const kept = found.length - VISIBLE;
  return found.replace(/[\p{L}\p{N}]/gu, (character, at: number) => (at < kept ? '*' : character));
}

/** The text with each finding replaced by the strategy; the spans are offsets in the input. */
export function maskText(text: string, strategy: Strategy): { masked: string; spans: Span[] } {
  if (strategy === 'keep') return { masked: text, spans: [] };
  const spans = findPersonalData(text);
  let masked = '';
  let at = 0;
  for (const { start, end, type } of spans) {
    masked += text.slice(at, start) + replacement(text.slice(start, end), type, strategy);
    at = end;
  }
  return { masked: masked + text.slice(at), spans };
}
