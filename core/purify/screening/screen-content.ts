import type { Sliceable } from '../../joined-text.ts';
import type { Finding, Passages } from '../screen-text.ts';
import { findInstructions, type Look } from './find-instructions.ts';
import type { Hit } from './phrase-matcher.ts';
import { quoteOf } from './quote.ts';

/** Hits this near to each other are one passage, and their weights add up. */
const PASSAGE = 500;

/** The passage that weighs most, and how much: the share of doubt that its rules leave, taken as independent. */
export function worstPassage(hits: readonly Hit[]): { score: number; hits: Hit[] } {
  const sorted = hits.toSorted((a, b) => a.start - b.start);
  let worst: { score: number; hits: Hit[] } = { score: 0, hits: [] };
  for (let i = 0; i < sorted.length; i++) {
    const first = sorted[i];
    if (!first) break;
    const strongest = new Map<string, Hit>();
    for (let j = i; j < sorted.length; j++) {
      const hit = sorted[j];
      if (!hit || hit.start > first.start + PASSAGE) break;
      if ((strongest.get(hit.rule)?.weight ?? 0) < hit.weight) strongest.set(hit.rule, hit);
    }
    const score = 1 - [...strongest.values()].reduce((rest, { weight }) => rest * (1 - weight), 1);
    if (score > worst.score) worst = { score, hits: [...strongest.values()] };
  }
  return worst;
}

/** Every hit that belongs to a passage with at least this risk. */
export function heavyHits(hits: readonly Hit[], risk: number): Hit[] {
  const heavy: Hit[] = [];
  let rest = [...hits];
  for (let worst = worstPassage(rest); worst.score >= risk && worst.hits.length > 0; worst = worstPassage(rest)) {
    const found = new Set(worst.hits);
    heavy.push(...worst.hits);
    rest = rest.filter((hit) => !found.has(hit));
  }
  return heavy;
}

/** The passages of a text that speak to a machine. */
export const screenPassages = (text: Sliceable, look: Look = {}): Passages => passagesOf(text, findInstructions(text, look));

/** What the hits of a text come to. */
export function passagesOf(text: Sliceable, hits: readonly Hit[]): Passages {
  return { risk: worstPassage(hits).score, findings: findingsOf(text, hits) };
}

/** The findings of a text: each rule once, with its weightiest place, the weightiest first. */
function findingsOf(text: Sliceable, hits: readonly Hit[]): Finding[] {
  return [...Map.groupBy(hits, ({ rule }) => rule)]
    .map(([rule, all]) => {
      const best = all.reduce((a, b) => (b.weight > a.weight ? b : a));
      return {
        rule,
        score: Number(best.weight.toFixed(4)),
        count: all.length,
        start: best.start,
        end: best.end,
        quote: quoteOf(text, best),
      };
    })
    .toSorted((a, b) => b.score - a.score);
}
