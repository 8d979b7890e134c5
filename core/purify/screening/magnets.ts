import { LETTER, unitsOf } from '../characters.ts';
import type { Hit } from './phrase-matcher.ts';
import type { Stretch } from './stretch.ts';

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
  for (const { 0: line, index } of lower.matchAll(/(?<![^\n])[^\n]{200,}/g)) {
    if (/[|\t{}=\d]{4,}|\d[^\p{L}]*\d[^\p{L}]*\d/u.test(line.slice(0, 400))) continue;
    const stretch = stuffedStretch(line);
    if (stretch) hits.push({ rule: 'keyword-stuffing', weight: 0.55, start: index + stretch.start, end: index + stretch.end });
  }
  return hits;
}

/** The first words of a line, so many at a time, of which too few are different. */
function stuffedStretch(line: string): Stretch | undefined {
  const different = new Set<string>();
  let [count, first] = [0, 0];
  for (let at = 0; at < line.length; ) {
    const start = at;
    for (let units = unitsOf(line, at, LETTER); units > 0; units = unitsOf(line, at, LETTER)) at += units;
    if (at - start < 2) {
      at = Math.max(at, start + 1);
      continue;
    }
    if (count === 0) first = start;
    // What has enough of them is counted to its end, and its words are not made.
    if (different.size <= WORDS * DIFFERENT) different.add(line.slice(start, at));
    if (++count < WORDS) continue;
    if (different.size <= WORDS * DIFFERENT) return { start: first, end: at };
    count = 0;
    different.clear();
  }
  return undefined;
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
