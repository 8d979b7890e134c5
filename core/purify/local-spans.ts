import type { Span } from '../ports/pii.ts';
import { atOnce, type Steps } from '../turns.ts';
import { addSpans, type Block, BlockSpans, blocksOf, keepSpans, shapingOf } from './blocks.ts';
import { findByHint, isOfThings } from './columns.ts';
import { findInFields } from './fields/find-in-fields.ts';
import { findInLong, findPersonalData } from './find-personal-data.ts';
import { isFigure } from './finders/figures.ts';
import { FINDERS } from './finders/index.ts';
import { matchFinders } from './finders/match.ts';
import { plain } from './finders/plain-form.ts';
import { findSpoken } from './finders/spoken.ts';
import { mergeSpans, NONE } from './merge-spans.ts';
import { isThing, writesNounsLarge } from './names/cues.ts';
import { factsOf } from './names/lexicon.ts';
import type { PartCache } from './part-cache.ts';
import type { Piece } from './pieces.ts';
import type { MaskPolicy } from './policy.ts';

/** As much of each side of a border as a name or a number is long. */
const BORDER = 48;
const BEGINNING = 4_000;

const both = (one: readonly Span[], other: readonly Span[]): readonly Span[] => (other.length === 0 ? one : [...one, ...other]);

/** A name or a number may go on over a border only where both of its sides look like a part of one. */
const BEGUN = /(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}\p{M}.'’-]*|[\p{L}.@-]*[\d@][^\s]*)\s*$/u;
const GOES_ON = /^\s*[\p{Lu}\d@(]/u;

const ENDS_WITH = /[\p{L}\p{M}'’-]+\.?\s*$/u;
const BEGINS_WITH = /^\s*(?<word>[\p{L}\p{M}'’-]+)/u;
const isOrdinary = (word: string | undefined): boolean => {
  const facts = word === undefined ? undefined : factsOf(word);
  return facts?.word === true && !facts.given;
};

/** Whether one thing may lie over a border: nothing does between two ordinary words, as two cells of a table mostly are. */
function mayGoOn(last: string, next: string): boolean {
  if (!GOES_ON.test(next) || !BEGUN.test(last)) return false;
  const [before] = ENDS_WITH.exec(last) ?? [];
  return !isOrdinary(before?.trim()) || !isOrdinary(BEGINS_WITH.exec(next)?.groups?.word);
}

/** A card as it is written where it is broken between two groups; two numbers side by side pass its check one time in ten. */
const GROUPED_CARD = /^(?:\d{4}[ -]){3}\d{1,4}(?:[ -]\d{1,3})?$|^\d{4}[ -]\d{6}[ -]\d{4,5}$/;
/** A date and a serial number side by side look like a telephone number, but for its prefix. */
const PREFIXED = /^(?:\+|00|\()/;
const SHAPES = new Map([
  ['CREDIT_CARD', GROUPED_CARD],
  ['PHONE_NUMBER', PREFIXED],
]);
/** What two pieces share is surer to be an address than three points of evidence make it. */
const SURE_ADDRESS = 0.8;

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}][\p{L}\p{M}'’-]+/gu) ?? [];
const isGivenName = (word: string): boolean => {
  const { given, rare } = factsOf(word);
  return given && !rare;
};

/** A name that is broken in two: what has two words before the border is whole, and an ordinary word goes on with a given name alone. */
function isBrokenName(left: string, right: string): boolean {
  const [before, after] = [wordsOf(left), wordsOf(right)];
  const [tellsBefore, tellsAfter] = [before.some(isGivenName), after.some(isGivenName)];
  if (before.length > 1 || !(tellsBefore || tellsAfter)) return before.length === 0;
  return (tellsAfter || !before.some(isOrdinary)) && (tellsBefore || !after.some(isOrdinary));
}

function isOver({ start, end, type, score }: Span, text: string, border: number): boolean {
  if (start >= border || end <= border + 1) return false;
  if (type === 'STREET_ADDRESS') return score >= SURE_ADDRESS;
  if (type === 'PERSON') return isBrokenName(text.slice(start, border), text.slice(border, end));
  return SHAPES.get(type)?.test(text.slice(start, end)) ?? true;
}

/** Spans that lie over the border of two pieces, as the part in each. */
function overBorder(last: string, next: string, isCell: boolean): [inLast: Span[], inNext: Span[]] {
  const [before, after] = [last.slice(-BORDER).trimEnd(), next.slice(0, BORDER).trimStart()];
  const shift = Math.max(0, last.length - BORDER);
  const indent = next.length - next.trimStart().length;
  const joined = plain(`${before} ${after}`);
  // What two cells share is all that they have of words: a surname, a given name.
  const isWhole = ({ start, end }: Span): boolean =>
    last.length <= BORDER && next.length <= BORDER && !/\p{L}/u.test(joined.slice(0, start) + joined.slice(end));
  const over = findPersonalData(joined).filter((span) => isOver(span, joined, before.length) && (!isCell || isWhole(span)));
  return [
    over.map((span) => ({ ...span, start: span.start + shift, end: before.length + shift })),
    over.map((span) => ({ ...span, start: indent, end: span.end - before.length - 1 + indent })),
  ];
}

/** Where a line of a text ends within what may be one number. */
const BROKEN = /\d\d[^\S\n]*\n[^\S\n]*(?=\d\d)/g;
/** Numbers that are long and written in groups, so that they are broken between two of these. */
const BREAKABLE = FINDERS.filter(({ type }) => ['CREDIT_CARD', 'IBAN_CODE', 'PHONE_NUMBER'].includes(type));
const FEWEST_FIGURES = 12;

const isGrouped = (code: number): boolean => isFigure(code) || code === 32 || code === 45;

/** The figures on both sides of a border that go on without another character between them than a blank or a dash. */
function figuresAround(text: string, end: number, next: number): number {
  let figures = 0;
  for (let at = end - 1; at >= Math.max(0, end - BORDER) && isGrouped(text.charCodeAt(at)); at--) if (text.charCodeAt(at) > 47) figures++;
  for (let at = next; at < next + BORDER && isGrouped(text.charCodeAt(at)); at++) if (text.charCodeAt(at) > 47) figures++;
  return figures;
}

/** Spans of a text that lie over the end of a line: finders take a number's figures as far as its line goes. */
function overLineEnds(written: string): Span[] {
  if (!written.includes('\n')) return [];
  const text = plain(written);
  return [...text.matchAll(BROKEN)].flatMap(({ 0: border, index }) => {
    const [end, next] = [index + 2, index + border.length];
    if (figuresAround(text, end, next) < FEWEST_FIGURES) return [];
    const from = Math.max(end - BORDER, text.lastIndexOf('\n', index) + 1);
    const before = text.slice(from, end);
    const [after = ''] = text.slice(next, next + BORDER).split('\n', 1);
    const joined = `${before} ${after}`;
    return mergeSpans(matchFinders(BREAKABLE, joined))
      .filter((span) => isOver(span, joined, before.length))
      .map((span) => ({ ...span, start: span.start + from, end: span.end - before.length - 1 + next }));
  });
}

/** What a block of pieces holds, and what lies over the border before it. */
function findInBlock(pieces: readonly Piece[], block: Block, nounsLarge: boolean): BlockSpans {
  const found: BlockSpans = [];
  for (let i = block.from; i < block.to; i++) {
    const { text = '', hint, continues } = pieces[i] ?? {};
    keepSpans(found, pieces, block, i, [
      ...findInLong(text, hint, nounsLarge),
      ...findByHint(text, hint),
      ...findInFields(text),
      ...findSpoken(text),
      ...overLineEnds(text),
    ]);
    const last = continues ? pieces[i - 1]?.text : undefined;
    if (last === undefined || !mayGoOn(last.slice(-BORDER), text.slice(0, BORDER))) continue;
    // `Paul` and `Paris` under `brand` and `city` are nobody together, either.
    if (continues === 'cell' && (isOfThings(hint ?? '') || isOfThings(pieces[i - 1]?.hint ?? ''))) continue;
    const [inLast, inNext] = overBorder(last, text, continues === 'cell');
    keepSpans(found, pieces, block, i - 1, inLast);
    keepSpans(found, pieces, block, i, inNext);
  }
  return found;
}

/** What the finders see in each piece; of a document that was seen before, what they saw then in the parts that are as they were. */
function* findInAll(pieces: readonly Piece[], cache: PartCache | undefined): Steps<(readonly Span[])[]> {
  // Of a text that is all there is, its finders look at the beginning themselves.
  const nounsLarge = pieces.length > 1 && writesNounsLarge(beginningOf(pieces));
  const spans: (readonly Span[])[] = pieces.map(() => NONE);
  for (const block of cache ? blocksOf(pieces) : [{ from: 0, to: pieces.length }]) {
    const find = (): BlockSpans => findInBlock(pieces, block, nounsLarge);
    // One character more tells whether that is all of it.
    const before = pieces[block.from]?.continues ? (pieces[block.from - 1]?.text.slice(-BORDER - 1) ?? '') : '';
    addSpans(spans, pieces, block, cache ? cache(shapingOf(pieces, block, before, nounsLarge), BlockSpans, find) : find());
    yield;
  }
  return spans;
}

const TITLED = /(?<!\p{L})(?:mr|mrs|ms|dr|prof|herrn?|frau|se[nñ]ora?|mme|madame|monsieur|signora?|sig|dott)\.? $/iu;
const isTitled = (text: string, start: number): boolean => TITLED.test(text.slice(Math.max(0, start - 12), start));

/**
 * Words by which the people of a document are known, and that are no ordinary words: parts of names of several words, and names
 * of one behind a title.
 */
function namesMet(pieces: readonly Piece[], spans: readonly (readonly Span[])[]): Set<string> {
  const met = new Set<string>();
  for (const [i, { text }] of pieces.entries())
    for (const span of spans[i] ?? []) {
      const parts = span.type === 'PERSON' ? (text.slice(span.start, span.end).match(/\p{Lu}[\p{L}\p{M}'’-]{2,}/gu) ?? []) : [];
      if (parts.length > 1 || isTitled(text, span.start)) for (const part of parts) if (!factsOf(part).word) met.add(part);
    }
  return met;
}

/** Where a word of a name stands alone in another part of the document. */
const metAgain = (text: string, met: ReadonlySet<string>): Span[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}@/.-])\p{Lu}[\p{L}\p{M}-]{2,}/gu)]
    .filter((match) => met.has(match[0]) && !isThing(text, match.index, match.index + match[0].length))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, type: 'PERSON', score: 0.6 }));

/** As much of a document as tells its language. */
function beginningOf(pieces: readonly Piece[]): string {
  let text = '';
  for (const piece of pieces) if (text.length < BEGINNING) text += `${piece.text.slice(0, BEGINNING)} `;
  return text;
}

type Lists = Pick<MaskPolicy, 'allowed' | 'own'>;

/** The spans of texts as the built-in finders see them and the policy's lists correct them, each in order and without overlaps. */
export function* spansInSteps(pieces: readonly Piece[], policy: Lists, cache?: PartCache): Steps<(readonly Span[])[]> {
  // A name that is allowed is no reason to look for its parts.
  const found = (yield* findInAll(pieces, cache)).map((spans, i) => withoutAllowed(spans, pieces[i]?.text ?? '', policy));
  const met = namesMet(pieces, found);
  return corrected(pieces, met.size === 0 ? found : found.map((spans, i) => both(spans, metAgain(pieces[i]?.text ?? '', met))), policy);
}

export const localSpans = (pieces: readonly Piece[], policy: Lists): (readonly Span[])[] => atOnce(spansInSteps(pieces, policy));

function withoutAllowed(spans: readonly Span[], text: string, { allowed }: Lists): readonly Span[] {
  if (spans.length === 0) return NONE;
  const isAllowed = ({ start, end }: Span): boolean => allowed(text.slice(start, end));
  return spans.some(isAllowed) ? spans.filter((span) => !isAllowed(span)) : spans;
}

/** What was found without what is allowed, and with the organisation's own kinds. */
export const corrected = (pieces: readonly Piece[], spans: readonly (readonly Span[])[], policy: Lists): (readonly Span[])[] =>
  pieces.map(({ text }, i) => {
    const seen = withoutAllowed(spans[i] ?? NONE, text, policy);
    const own = policy.own(text);
    return seen.length + own.length === 0 ? NONE : mergeSpans(seen, own);
  });
