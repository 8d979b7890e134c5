import { z } from 'zod';
import type { Sliceable } from '../../joined-text.ts';
import type { PartCache } from '../part-cache.ts';
import { allowedIn } from './allowed.ts';
import { shippedWeights } from './classifier/shipped.ts';
import { judgeWindows, type Weights } from './classifier/windows.ts';
import { framedWeight, frameOf, isOfExam } from './context.ts';
import { decodePassages } from './decode.ts';
import { undisguise, withoutAccents } from './disguise.ts';
import { findDirectives } from './machine-directive.ts';
import { findMagnets } from './magnets.ts';
import { matchEnglish, matchRules } from './match-rules.ts';
import { lowerCase } from './normal-text.ts';
import type { Hit } from './phrase-matcher.ts';
import { piecewise } from './piecewise.ts';
import { findPromotions } from './promotion.ts';
import { asksForSomething, findShifts } from './register-shift.ts';
import { overlap, type Stretch } from './stretch.ts';

/** A passage in a code that says something, whatever it says; that asks for something; that gives instructions. */
/** Base64 is what settings and mails are in; addresses hold prose in percent signs. */
const CODED: Readonly<Record<string, number>> = { base64: 0.45, percent: 0 };
const UNUSUAL_CODE = 0.5;
const CODED_REQUEST = 0.6;
const CODED_INSTRUCTION = 0.85;
/** Nobody spells honest words so that a filter misses them. */
const DISGUISE = 0.2;
/** To answer only so and to imagine something is what those are asked who sit an exam. */
const EXAM = 0.6;
/** Instructions where nobody looks are there for a machine. */
const UNSEEN = 0.5;
const COMMENT = /<!\s?--[\s\S]{0,4000}?--\s?>/g;
/** Below this a window of the classifier is no evidence, and its most is just short of a hold by itself. */
const CLASSIFIER = { least: 0.1, most: 0.48, middle: 3, slope: 0.8 };

export type Look = {
  /** What of the text a reader does not see. */
  unseen?: readonly Stretch[];
  /** What of the text is source code. */
  code?: readonly Stretch[];
  /** Passages that are let pass. */
  allow?: readonly string[];
  weights?: Weights;
  /** Of a document that was seen before. */
  cache?: PartCache | undefined;
};

/** What in a text is aimed at a machine that reads it, weighed by how it is framed. */
export function findInstructions(
  text: Sliceable,
  { unseen = [], code = [], allow = [], weights = shippedWeights(), cache }: Look = {},
): Hit[] {
  const within = (stretches: readonly Stretch[], at: Stretch): Stretch[] =>
    stretches.filter((stretch) => overlap(stretch, at)).map(({ start, end }) => ({ start: start - at.start, end: end - at.start }));
  const shapedBy = (at: Stretch): string[] => ['instructions', JSON.stringify([within(unseen, at), within(code, at), allow])];
  const look = (piece: string, at: Stretch): Hit[] =>
    hitsOfPiece(piece, { unseen: within(unseen, at), code: within(code, at), allow, weights });
  return piecewise(text, look, cache && { cache, rule: z.string(), shapedBy });
}

function hitsOfPiece(text: string, { unseen, code, allow, weights }: Required<Omit<Look, 'cache'>>): Hit[] {
  const lower = lowerCase(text);
  const plain = matchRules(lower);
  const hits = [
    ...plain,
    ...codedHits(text),
    ...disguisedHits(lower, plain),
    ...classifierHits(text, weights),
    ...findMagnets(lower),
    ...findShifts(lower),
    ...findDirectives(text, lower),
    ...findPromotions(text, lower),
  ];
  const comments = [...text.matchAll(COMMENT)].map(({ 0: comment, index }) => ({ start: index, end: index + comment.length }));
  const allowed = allowedIn(text, allow);
  return [...framed(hits, text, lower, code), ...unseenHits(hits, [...unseen, ...comments])].filter(
    (hit) => hit.weight > 0 && !allowed.some((passage) => overlap(passage, hit)),
  );
}

/** Who puts words in a code or a disguise does not quote them. */
const IS_DISGUISED = /^(?:encoded-|disguised-)/;

/** A window of the classifier is wider than the words that are mentioned in it, and has them as its reason. */
function framed(hits: readonly Hit[], text: string, lower: string, code: readonly Stretch[]): Hit[] {
  const frames = hits.map((hit) => {
    const frame = frameOf(text, lower, hit, code);
    return { hit, frame: IS_DISGUISED.test(hit.rule) ? { ...frame, mention: undefined } : frame };
  });
  const mentions = frames.flatMap(({ frame }) => frame.mention ?? []);
  return frames.map(({ hit, frame }) => {
    const mention = frame.mention ?? (hit.rule === 'classifier' ? mentions.find((words) => overlap(words, hit)) : undefined);
    return { ...hit, weight: framedWeight(hit.weight, { ...frame, mention }) * (isOfExam(hit.rule, lower, hit) ? EXAM : 1) };
  });
}

function codedHits(text: string): Hit[] {
  return decodePassages(text).map(({ code, text: decoded, isProse, start, end }) => {
    return { rule: `encoded-${code}`, weight: codedWeight(lowerCase(decoded), isProse ? (CODED[code] ?? UNUSUAL_CODE) : 0), start, end };
  });
}

function codedWeight(decoded: string, asProse: number): number {
  if (matchRules(decoded).length > 0) return CODED_INSTRUCTION;
  return asProse > 0 && asksForSomething(decoded) ? CODED_REQUEST : asProse;
}

/** Told by the rules that fit better once the disguise is taken off. */
function disguisedHits(lower: string, plain: readonly Hit[]): Hit[] {
  const { text, disguised } = undisguise(lower);
  const bare = withoutAccents(text);
  const found = [...(disguised > 0 ? matchRules(text) : []), ...(bare === undefined ? [] : matchEnglish(bare))];
  const known = new Map<string, number>();
  for (const { rule, weight } of plain) known.set(rule, Math.max(weight, known.get(rule) ?? 0));
  return found
    .filter(({ rule, weight }) => weight >= 0.4 && weight > (known.get(rule) ?? 0))
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

/** One for each stretch that is not seen and gives instructions, where it does. */
function unseenHits(hits: readonly Hit[], hidden: readonly Stretch[]): Hit[] {
  return hidden.flatMap(({ start, end }) => {
    const hit = hits.find((one) => one.start >= start && one.end <= end && one.weight >= (one.rule === 'classifier' ? 0.25 : 0.3));
    return hit ? [{ ...hit, rule: 'hidden-instruction', weight: UNSEEN }] : [];
  });
}
