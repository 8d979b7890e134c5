import type { Hit } from './phrase-matcher.ts';
import {
  ASKED_BEFORE,
  ASKED_OF_IT,
  CALLED_AT_END,
  CALLED_AT_ONCE,
  CALLED_BEFORE,
  CALLED_BEHIND,
  ENDS_CALL,
  IN_SECRET,
  INITIALS,
  MACHINE,
  MADE_TO,
  MAYBE_PERSON,
  MUST,
  NOTED_BEFORE,
  OPENS,
  READ_BEFORE,
  READS,
  THING,
} from './rules/machines.ts';
import type { Stretch } from './stretch.ts';

const RULE = 'machine-address';
/** A machine is called, or told to be the reader, and asked for something; it is said what a machine must do; what it is made to do. */
const WEIGHTS = { called: 0.55, ordered: 0.5, made: 0.35, thing: 0.5, person: 0.45 };
/** Called without a word of what is usually asked: so much less. */
const UNASKED = 0.25;
/** What is to be kept from people. */
const SECRET = 0.15;
/** A document about machines says what they must do; another one has no reason to. */
const ABOUT_MACHINES = 0.6;
const MENTIONS = 2;
const AROUND = 1_500;
const SENTENCE = 300;

type Kind = 'machine' | 'thing' | 'person';
type Place = Stretch & { kind: Kind };

const placesOf = (text: string, pattern: RegExp, kind: Kind): Place[] =>
  [...text.matchAll(pattern)].map(({ 0: name, index }) => ({ start: index, end: index + name.length, kind }));

const inOrder = (a: Place, b: Place): number => a.start - b.start;

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

type Turn = keyof typeof WEIGHTS;

/** How a sentence turns to the machine that it names; undefined: it speaks of it. */
function turnsTo(before: string, behind: string, kind: Kind): Turn | undefined {
  const called = kind === 'machine' ? 'called' : kind;
  if (ASKED_BEFORE.test(before) || READ_BEFORE.test(before) || READS.test(behind)) return called;
  if (CALLED_AT_END.test(before) && ENDS_CALL.test(behind)) return called;
  if ((kind === 'machine' ? CALLED_BEFORE : NOTED_BEFORE).test(before) && CALLED_BEHIND.test(behind)) return called;
  if (kind === 'machine' && OPENS.test(before) && CALLED_AT_ONCE.test(behind)) return called;
  if (kind !== 'machine') return undefined;
  if (MADE_TO.test(before)) return 'made';
  return MUST.test(behind) ? 'ordered' : undefined;
}

/**
 * Sentences that turn to a machine as their reader and ask something of it. Who is addressed tells more than the words of a
 * request: these can be any.
 */
export function findDirectives(text: string, lower: string): Hit[] {
  const machines = [...placesOf(text, INITIALS, 'machine'), ...placesOf(lower, MACHINE, 'machine')].toSorted(inOrder);
  const others = [...machines, ...placesOf(lower, THING, 'thing'), ...placesOf(lower, MAYBE_PERSON, 'person')].toSorted(inOrder);
  const hits: Hit[] = [];
  for (const place of others) {
    const { start, end, next } = sentenceAround(lower, place);
    const turn = turnsTo(lower.slice(start, place.start), lower.slice(place.end, end), place.kind);
    if (turn === undefined) continue;
    const asked = lower.slice(place.end, next);
    const isAsked = ASKED_OF_IT.test(asked);
    const known = place.kind === 'machine' ? machines : others;
    const mentions = countBetween(known, start - AROUND, start) + countBetween(known, end, next + AROUND);
    const isAbout = mentions >= MENTIONS;
    if (!isAsked && (isAbout || turn !== 'called')) continue;
    const own = WEIGHTS[turn] - (isAsked ? 0 : UNASKED) + (IN_SECRET.test(asked) ? SECRET : 0);
    hits.push({ rule: RULE, weight: isAbout ? own * ABOUT_MACHINES : own, start, end: next });
  }
  return hits;
}
