// Builds core/embedding/lexical/frequencies.ts from the lines of words.py on standard input; see README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fold, kindOf, LETTER } from '../../core/embedding/lexical/folding.ts';
import { HASH_START, hashStep, mix } from '../../core/embedding/lexical/hash.ts';
import { BUCKETS, LEVELS, wordKey } from '../../core/embedding/lexical/word-weights.ts';

/** A word of this Zipf value or more weighs nothing, one of `RARE` or less weighs 1. */
const COMMON = 8;
const RARE = 3;
/** A word that is common in another language and a word of English, too, is taken as between the two: `die`, `war`. */
const ENGLISH = 5;

const byWord = new Map<string, { most: number; english: number }>();
for (const line of readFileSync(0, 'utf8').split('\n')) {
  const [language, zipf = '', word = ''] = line.split('\t');
  const folded = fold(word);
  if (folded.length < 2 || ![...folded].every((unit) => unit.length === 1 && kindOf(unit.charCodeAt(0)) === LETTER)) continue;
  const known = byWord.get(folded) ?? { most: 0, english: 0 };
  known.most = Math.max(known.most, Number(zipf));
  if (language === 'en') known.english = Math.max(known.english, Number(zipf));
  byWord.set(folded, known);
}

/** The last step but one is not worth its bytes: those words count as rare. */
const levels = new Map<number, number>();
for (const [word, { most, english }] of byWord) {
  const zipf = english >= ENGLISH ? (most + english) / 2 : most;
  const level = Math.max(0, Math.round(((COMMON - Math.max(zipf, RARE)) / (COMMON - RARE)) * LEVELS));
  if (level >= LEVELS - 1) continue;
  let hash = HASH_START;
  for (let i = 0; i < word.length; i++) hash = hashStep(hash, word.charCodeAt(i));
  const key = wordKey(mix(hash));
  levels.set(key, Math.min(level, levels.get(key) ?? LEVELS));
}

const counts = new Uint8Array(BUCKETS);
const entries: number[] = [];
for (const [key, level] of [...levels].sort(([a], [b]) => a - b)) {
  const bucket = key >>> 12;
  counts[bucket] = (counts[bucket] ?? 0) + 1;
  const entry = ((key & 0xfff) << 4) | level;
  entries.push(entry & 0xff, entry >>> 8);
}
writeFileSync(
  new URL('../../core/embedding/lexical/frequencies.ts', import.meta.url),
  `// Made by bench/lexical-table; ${levels.size} words. Derived from wordfreq 3.1.1: see LICENSE-frequencies.md beside this file.\nexport const FREQUENCIES =\n  '${Buffer.from([...counts, ...entries]).toString('base64')}';\n`,
);
