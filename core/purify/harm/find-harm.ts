import { z } from 'zod';
import { HARMS, type HarmCategory } from '#schemas/harm.ts';
import type { Sliceable } from '../../joined-text.ts';
import { STRONG_WORDS } from '../../strong-words.ts';
import type { PartCache } from '../part-cache.ts';
import type { HarmFinding } from '../screen-text.ts';
import { isQuoted } from '../screening/context.ts';
import { lowerCase } from '../screening/normal-text.ts';
import { type Hit, phraseMatcher } from '../screening/phrase-matcher.ts';
import { piecewise } from '../screening/piecewise.ts';
import { quoteOf } from '../screening/quote.ts';
import { HARM_PHRASES, type HarmPhrase } from './phrases.ts';
import { isSlur } from './slurs.ts';
import { HARM_WORDS } from './words.ts';

/** What stands this near to each other adds up. */
const PASSAGE = 500;
const SLUR = 0.6;
const STRONG = 0.2;
/** Who quotes it need not mean it. */
const QUOTED = 0.5;

type HarmHit = Hit<HarmCategory>;

const matchPhrases = phraseMatcher<HarmPhrase>(HARM_PHRASES, HARM_WORDS);

function hitsOf(text: string): HarmHit[] {
  const lower = lowerCase(text);
  const hits = matchPhrases(lower);
  for (const { 0: word, index: start } of lower.matchAll(/\p{L}{3,}/gu)) {
    if (STRONG_WORDS.has(word)) hits.push({ rule: 'insult', weight: STRONG, start, end: start + word.length });
    else if (isSlur(word)) hits.push({ rule: 'hate', weight: SLUR, start, end: start + word.length });
  }
  return hits.map((hit) => (isQuoted(text, hit.start, hit.end) ? { ...hit, weight: hit.weight * QUOTED } : hit));
}

/** The weightiest of the hits that overlap, in the order of the text. */
function placesOf(hits: readonly HarmHit[]): HarmHit[] {
  const places: HarmHit[] = [];
  for (const hit of hits.toSorted((a, b) => a.start - b.start || b.weight - a.weight)) {
    const before = places.at(-1);
    if (!before || before.end <= hit.start) places.push(hit);
    else if (before.weight < hit.weight) places[places.length - 1] = hit;
  }
  return places;
}

/** One finding for a category: its worst passage, the doubt that its places leave taken as independent. */
function findingOf(category: HarmCategory, hits: readonly HarmHit[], text: Sliceable): HarmFinding {
  const places = placesOf(hits);
  let worst = { doubt: 0, start: 0, end: 0 };
  let doubt = 0;
  let first = 0;
  for (const { start, end, weight } of places) {
    doubt += Math.log1p(-weight);
    for (let before = places[first]; before && before.start < start - PASSAGE; before = places[++first])
      doubt -= Math.log1p(-before.weight);
    if (doubt < worst.doubt) worst = { doubt, start: places[first]?.start ?? start, end };
  }
  const score = Number((1 - Math.exp(worst.doubt)).toFixed(4));
  const { start, end } = worst;
  return { category, rule: `harm-${category}`, score, count: places.length, start, end, quote: quoteOf(text, worst) };
}

/** What in a text hurts people, by category (`harm-hate`, ...), the worst first: by words and phrases, which know no irony. */
export function findHarm(text: Sliceable, cache?: PartCache): HarmFinding[] {
  const hits = piecewise(text, hitsOf, cache && { cache, rule: z.enum(HARMS), shapedBy: () => ['harm'] });
  return [...Map.groupBy(hits, ({ rule }) => rule)]
    .map(([category, all]) => findingOf(category, all, text))
    .toSorted((a, b) => b.score - a.score);
}
