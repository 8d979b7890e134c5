import type { Sliceable } from '../../joined-text.ts';
import { maskText } from '../mask-text.ts';
import { type MaskPolicy, REDACTING } from '../policy.ts';

const LONGEST = 120;

/** The passage as evidence: one line, short, without personal data or characters that a terminal would act on. */
export function quoteOf(text: Sliceable, { start, end }: { start: number; end: number }, policy: MaskPolicy = REDACTING): string {
  const { masked } = maskText(text.slice(start, Math.min(end, start + 4 * LONGEST)), policy);
  const line = masked.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).toWellFormed()}…` : line;
}
