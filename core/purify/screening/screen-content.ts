import type { Finding, Passages } from '../screen-text.ts';
import { allowedIn } from './allowed.ts';
import { shippedWeights } from './classifier/shipped.ts';
import { judgeWindows, type Weights } from './classifier/windows.ts';
import { framedWeight, frameOf } from './context.ts';
import { decodePassages } from './decode.ts';
import { undisguise } from './disguise.ts';
import { findMagnets } from './magnets.ts';
import { type Hit, matchRules } from './match-rules.ts';
import { lowerCase } from './normal-text.ts';
import { quoteOf } from './quote.ts';
import { overlap, type Stretch } from './stretch.ts';

/** Hits this near to each other are one passage, and their weights add up. */
const PASSAGE = 500;
/** A passage in a code that says something, whatever it says; and one that gives instructions. */
const CODED = 0.5;
const CODED_INSTRUCTION = 0.85;
/** Nobody spells honest words so that a filter misses them. */
const DISGUISE = 0.2;
/** Instructions where nobody looks are there for a machine. */
const UNSEEN = 0.45;
const COMMENT = /<!\s?--[\s\S]{0,4000}?--\s?>/g;
/** Below this a window of the classifier is no evidence, and its most is just short of a hold by itself. */
const CLASSIFIER = { least: 0.1, most: 0.48, middle: 3, slope: 0.8 };

export type Look = {
  /** What of the text a reader does not see. */
  unseen?: readonly Stretch[];
  /** Passages that are let pass. */
  allow?: readonly string[];
  weights?: Weights;
};

/** What in a text is aimed at a machine that reads it, weighed by how it is framed. */
export function findInstructions(text: string, { unseen = [], allow = [], weights = shippedWeights() }: Look = {}): Hit[] {
  const lower = lowerCase(text);
  const plain = matchRules(lower);
  const hits = [...plain, ...codedHits(text), ...disguisedHits(lower, plain), ...classifierHits(text, weights), ...findMagnets(lower)];
  const comments = [...text.matchAll(COMMENT)].map(({ 0: comment, index }) => ({ start: index, end: index + comment.length }));
  const allowed = allowedIn(text, allow);
  return [...hits.map((hit) => framed(hit, text, lower)), ...unseenHits(hits, [...unseen, ...comments])].filter(
    (hit) => hit.weight > 0 && !allowed.some((passage) => overlap(passage, hit)),
  );
}

const framed = (hit: Hit, text: string, lower: string): Hit => ({
  ...hit,
  weight: framedWeight(hit.weight, frameOf(text, lower, hit.start, hit.end)),
});

function codedHits(text: string): Hit[] {
  return decodePassages(text).map(({ code, text: decoded, isProse, start, end }) => {
    const weight = matchRules(lowerCase(decoded)).length > 0 ? CODED_INSTRUCTION : isProse && code !== 'percent' ? CODED : 0;
    return { rule: `encoded-${code}`, weight, start, end };
  });
}

function disguisedHits(lower: string, plain: readonly Hit[]): Hit[] {
  const { text, disguised } = undisguise(lower);
  if (disguised === 0) return [];
  const known = new Set(plain.map(({ rule }) => rule));
  return matchRules(text)
    .filter(({ rule, weight }) => !known.has(rule) && weight >= 0.4)
    .map(({ weight, start, end }) => ({
      rule: 'disguised-spelling',
      weight: Math.min(0.95, weight + DISGUISE),
      start: Math.min(start, lower.length),
      end: Math.min(end, lower.length),
    }));
}

/** Windows overlap; of those that do, the one that says most counts. */
function classifierHits(text: string, weights: Weights): Hit[] {
  const hits: Hit[] = [];
  judgeWindows(text, weights, ({ start, end, logit }) => {
    const weight = CLASSIFIER.most / (1 + Math.exp((CLASSIFIER.middle - logit) / CLASSIFIER.slope));
    if (weight < CLASSIFIER.least) return;
    const before = hits.at(-1);
    if (before && overlap(before, { start, end })) {
      if (before.weight < weight) hits[hits.length - 1] = { rule: 'classifier', weight, start, end };
    } else hits.push({ rule: 'classifier', weight, start, end });
  });
  return hits;
}

function unseenHits(hits: readonly Hit[], hidden: readonly Stretch[]): Hit[] {
  return hidden.flatMap(({ start, end }) =>
    hits.some((hit) => hit.rule !== 'classifier' && hit.start >= start && hit.end <= end && hit.weight >= 0.3)
      ? [{ rule: 'hidden-instruction', weight: UNSEEN, start, end }]
      : [],
  );
}

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
export function screenPassages(text: string, look: Look = {}): Passages {
  const hits = findInstructions(text, look);
  return { risk: worstPassage(hits).score, findings: findingsOf(text, hits) };
}

/** The findings of a text: each rule once, with its weightiest place, the weightiest first. */
function findingsOf(text: string, hits: readonly Hit[]): Finding[] {
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
