import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { localSpans } from '#core/purify/local-spans.ts';
import { REDACTING } from '#core/purify/policy.ts';

const FILE = path.join(import.meta.dirname, '../../fixtures/masking/sentences.txt');

type Marked = { text: string; personal: { start: number; end: number }[] };

/** `My name is [[Anna]]`: the text without its marks, and where they stood. */
function marked(line: string): Marked {
  const parts = line.replaceAll('\\n', '\n').split(/\[\[(.*?)\]\]/s);
  const sentence: Marked = { text: '', personal: [] };
  for (const [i, part] of parts.entries()) {
    const start = sentence.text.length;
    sentence.text += part;
    if (i % 2 === 1) sentence.personal.push({ start, end: start + part.length });
  }
  return sentence;
}

const sentences = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map(marked);

/** A value counts as masked where nearly all of it is: a stop or a bracket at its end tells nothing. */
const NEARLY = 0.85;

it('every value in sentences of ten languages is masked, and nothing else in them', () => {
  const missed: string[] = [];
  const masked: string[] = [];
  for (const { text, personal } of sentences) {
    const [spans = []] = localSpans([{ text }], REDACTING);
    const common = (one: { start: number; end: number }, other: { start: number; end: number }): number =>
      Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
    for (const value of personal)
      if (spans.reduce((sum, span) => sum + common(value, span), 0) < NEARLY * (value.end - value.start))
        missed.push(`${text.slice(value.start, value.end)} | ${text}`);
    for (const span of spans)
      if (!personal.some((value) => common(value, span) > 0)) masked.push(`${span.type}: ${text.slice(span.start, span.end)} | ${text}`);
  }
  expect(sentences.length).toBeGreaterThan(300);
  expect({ missed, masked }).toEqual({ missed: [], masked: [] });
});
