// What the classifier learns from: the attack parts of attacks, innocent texts, made-up attacks and everyday texts in the same words, and ordinary prose of two other sets.
import { attackParts, type Case } from './data.ts';
import { everydayTexts } from './everyday.ts';
import type { Example } from './fit.ts';
import { madeUpAttacks } from './made-up.ts';
import { random } from './random.ts';

/** A large source counts less for each of its characters, so that none drowns the others. */
const FULL_WEIGHT_CHARACTERS = 30_000;
/** Requests that would be innocent elsewhere say little; a false alarm costs more than a miss. */
const SOURCE_WEIGHTS: Record<string, number> = { 'bipia-attacked': 0.1 };
const INNOCENT_WEIGHT = 2;
const MADE_UP = 1200;
const MADE_UP_WEIGHT = 0.6;
const EVERYDAY = 900;
const EVERYDAY_WEIGHT = 0.6;

export function examplesOf(cases: readonly Case[], prose: readonly string[]): Example[] {
  const parts = attackParts(cases);
  const textOf = ({ id, text, label }: Case): string => (label === 1 ? (parts.get(id) ?? text) : text);
  const sizes = new Map<string, number>();
  for (const one of cases) sizes.set(one.source, (sizes.get(one.source) ?? 0) + textOf(one).length);
  return [
    ...cases.map((one): Example => {
      const share = Math.min(1, Math.sqrt(FULL_WEIGHT_CHARACTERS / (sizes.get(one.source) ?? 1)));
      const weight = share * (SOURCE_WEIGHTS[one.source] ?? 1) * (one.label === 1 ? 1 : INNOCENT_WEIGHT);
      return { text: textOf(one), label: one.label, weight };
    }),
    ...amongProse(madeUpAttacks(MADE_UP), prose).map((text): Example => ({ text, label: 1, weight: MADE_UP_WEIGHT })),
    ...amongProse(everydayTexts(EVERYDAY), prose).map((text): Example => ({ text, label: 0, weight: EVERYDAY_WEIGHT })),
    ...prose.map((text): Example => ({ text, label: 0, weight: 0.5 })),
  ];
}

/** Made-up texts with a few innocent words around them, as a window of a document shows them. */
function amongProse(texts: readonly string[], prose: readonly string[]): string[] {
  const next = random(11);
  const some = (): string => {
    const words = (prose[Math.floor(next() * prose.length)] ?? '').split(/\s+/);
    const from = Math.floor(next() * words.length);
    return words.slice(from, from + Math.floor(next() * 8)).join(' ');
  };
  return texts.map((text) => `${some()} ${text} ${some()}`.trim());
}
