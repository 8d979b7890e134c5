import type { Hit } from './phrase-matcher.ts';
import {
  ASKED_BEFORE,
  ASKED_OF_IT,
  CALLED_BEFORE,
  CALLED_BEHIND,
  IN_SECRET,
  INITIALS,
  MACHINE,
  MADE_TO,
  MAYBE_MACHINE,
  MUST,
  NOTED_BEFORE,
  OPENS,
  READ_BEFORE,
  READS,
} from './rules/machines.ts';
import type { Stretch } from './stretch.ts';

const RULE = 'machine-address';
/** A machine is called, or told to be the reader, and asked for something; it is said what a machine must do; what it is made to do. */
const WEIGHTS = { called: 0.55, ordered: 0.5, made: 0.35, maybe: 0.45 };
/** What is to be kept from people. */
const SECRET = 0.15;
/** A document about machines says what they must do; another one has no reason to. */
const ABOUT_MACHINES = 0.6;
const MENTIONS = 2;
const AROUND = 1_500;
const SENTENCE = 300;

type Place = Stretch & { isSure: boolean };

const placesOf = (text: string, pattern: RegExp, isSure: boolean): Place[] =>
  [...text.matchAll(pattern)].map(({ 0: name, index }) => ({ start: index, end: index + name.length, isSure }));

/** How many of the places, which stand in order, begin in a stretch. */
function countBetween(places: readonly Place[], from: number, to: number): number {
  const before = (at: number): number => {
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.start ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return before(to) - before(from);
}

/** The sentence around a place, and where the next one ends. */
function sentenceAround(lower: string, { start, end }: Stretch): Stretch & { next: number } {
  const before = lower.slice(Math.max(0, start - SENTENCE), start);
  const from = start - (/[^.!?\n|]*$/.exec(before)?.[0].length ?? 0);
  const endOf = (at: number): number => at + (/^(?:[^.!?\n|]|[.](?!\s|$))*[.!?]?/.exec(lower.slice(at, at + SENTENCE))?.[0].length ?? 0);
  const to = endOf(end);
  return { start: from, end: to, next: endOf(to) };
}

/** How a sentence turns to the machine that it names; undefined: it speaks of it. */
function turnsTo(before: string, behind: string, isSure: boolean): number | undefined {
  const isCalled = (CALLED_BEFORE.test(before) || OPENS.test(before)) && CALLED_BEHIND.test(behind);
  if (ASKED_BEFORE.test(before) || READ_BEFORE.test(before) || READS.test(behind)) return isSure ? WEIGHTS.called : WEIGHTS.maybe;
  if (!isSure) return NOTED_BEFORE.test(before) && CALLED_BEHIND.test(behind) ? WEIGHTS.maybe : undefined;
  if (isCalled) return WEIGHTS.called;
  if (MADE_TO.test(before)) return WEIGHTS.made;
  return MUST.test(behind) ? WEIGHTS.ordered : undefined;
}

/**
 * Sentences that turn to a machine as their reader and ask something of it. Who is addressed tells more than the words of a
 * request: these can be any.
 */
export function findDirectives(text: string, lower: string): Hit[] {
  const sure = [...placesOf(text, INITIALS, true), ...placesOf(lower, MACHINE, true)].toSorted((a, b) => a.start - b.start);
  const hits: Hit[] = [];
  for (const place of [...sure, ...placesOf(lower, MAYBE_MACHINE, false)]) {
    const { start, end, next } = sentenceAround(lower, place);
    const weight = turnsTo(lower.slice(start, place.start), lower.slice(place.end, end), place.isSure);
    if (weight === undefined) continue;
    const asked = lower.slice(place.end, next);
    if (!ASKED_OF_IT.test(asked)) continue;
    const own = weight + (IN_SECRET.test(asked) ? SECRET : 0);
    const others = countBetween(sure, start - AROUND, start) + countBetween(sure, end, next + AROUND);
    hits.push({ rule: RULE, weight: others >= MENTIONS ? own * ABOUT_MACHINES : own, start, end: next });
  }
  return hits;
}
