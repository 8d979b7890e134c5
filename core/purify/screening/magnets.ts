import type { Hit } from './phrase-matcher.ts';

/** A stretch that is looked at for itself, and how few different words make it a magnet instead of writing. */
const WORDS = 60;
const DIFFERENT = 0.15;
const QUESTIONS = 8;
const ALIKE = 0.6;
const LONGEST_QUESTION = 200;

/**
 * Text that is there to be found and not to be read: a few words over and over, or one question in many wordings. Tables
 * and logs repeat themselves, too, but with numbers.
 */
export function findMagnets(lower: string): Hit[] {
  return [...stuffing(lower), ...repeatedQuestions(lower)];
}

function stuffing(lower: string): Hit[] {
  const hits: Hit[] = [];
  for (const { 0: line, index } of lower.matchAll(/[^\n]{200,}/g)) {
    if (/[|\t{}=\d]{4,}|\d[^\p{L}]*\d[^\p{L}]*\d/u.test(line.slice(0, 400))) continue;
    const words = [...line.matchAll(/\p{L}{2,}/gu)];
    for (let first = 0; first + WORDS <= words.length; first += WORDS) {
      const stretch = words.slice(first, first + WORDS);
      if (new Set(stretch.map(([word]) => word)).size > WORDS * DIFFERENT) continue;
      const start = index + (stretch[0]?.index ?? 0);
      const last = stretch.at(-1);
      hits.push({ rule: 'keyword-stuffing', weight: 0.55, start, end: index + (last ? last.index + last[0].length : line.length) });
      break;
    }
  }
  return hits;
}

function repeatedQuestions(lower: string): Hit[] {
  const questions = [...lower.matchAll(/\?(?=\s|$|["'*_)])/g)].map(({ index: end }) => {
    const text = /[^.!?\n]*$/.exec(lower.slice(Math.max(0, end - LONGEST_QUESTION), end))?.[0] ?? '';
    return { index: end - text.length, end, words: new Set(text.match(/\p{L}{3,}/gu) ?? []) };
  });
  let run = 1;
  for (let i = 1; i < questions.length; i++) {
    const [before, now] = [questions[i - 1], questions[i]];
    if (!before || !now) break;
    const shared = [...now.words].filter((word) => before.words.has(word)).length;
    const near = now.index - before.end < 200;
    run = near && shared / Math.max(1, Math.min(now.words.size, before.words.size)) >= ALIKE ? run + 1 : 1;
    const first = questions[i - run + 1];
    if (run >= QUESTIONS && first) return [{ rule: 'repeated-questions', weight: 0.5, start: first.index, end: now.end }];
  }
  return [];
}
