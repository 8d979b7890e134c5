import type { Span } from '../ports/pii.ts';

const EMAIL = /[A-Z0-9][A-Z0-9._%+'-]{0,63}@(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.){1,8}[A-Z]{2,24}(?![A-Z0-9])/gi;
/** 13 to 19 digits, in groups by single spaces or hyphens. */
const CARD = /(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d-])/g;

/** The Luhn check digit (ISO/IEC 7812-1). */
export function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Whether a major industry issues such numbers, which a run of equal digits or a serial number mostly is not. */
const isIssued = (digits: string): boolean => /^[2-6]/.test(digits) && !/^(\d)\1+$/.test(digits);

function* matches(text: string, pattern: RegExp): Generator<{ start: number; end: number; found: string }> {
  for (const match of text.matchAll(pattern)) yield { start: match.index, end: match.index + match[0].length, found: match[0] };
}

/** E-mail addresses, and payment card numbers by issuer and check digit. In order, without overlaps. */
export function findPersonalData(text: string): Span[] {
  const spans: Span[] = [];
  if (text.includes('@')) for (const { start, end } of matches(text, EMAIL)) spans.push({ start, end, type: 'EMAIL_ADDRESS', score: 1 });
  for (const { start, end, found } of matches(text, CARD)) {
    const digits = found.replace(/\D/g, '');
    if (isIssued(digits) && hasLuhnDigit(digits)) spans.push({ start, end, type: 'CREDIT_CARD', score: 1 });
  }
  return spans.sort((a, b) => a.start - b.start).filter((span, i, all) => i === 0 || span.start >= (all[i - 1]?.end ?? 0));
}
