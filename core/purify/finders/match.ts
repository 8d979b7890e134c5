import type { Span } from '../../ports/pii.ts';
import { ENOUGH, type Finder, IN_CONTEXT, type Words } from './finder.ts';
import { hasLetter } from './letters.ts';
import { numberRegions } from './number-regions.ts';
import { figuresOf, mayFit, type Reach, reachOf } from './reach.ts';
import { calling, mayCall } from './triggers.ts';

const BEFORE = 70;
const AFTER = 30;

/** So little that it decides between two kinds alone. */
const PER_CHARACTER = 0.0001;

/**
 * How sure words around a finding make it. Where several kinds are told of one number, it is of the kind whose word is nearest before
 * it; what stands behind it is mostly of the next number.
 */
function toldBy(context: Words, before: string, after: string, hint: string): number {
  const at = context.lastIn(before);
  if (at >= 0) return IN_CONTEXT - (before.length - at) * PER_CHARACTER;
  return context.test(after) || context.test(hint) ? IN_CONTEXT - (BEFORE + 1) * PER_CHARACTER : 0;
}

export type Surroundings = { hint: string; alone: string };

/** How sure a finding is, with what stands around it. */
function sureness(finder: Finder, text: string, start: number, end: number, { hint, alone }: Surroundings): number {
  const before = text.slice(Math.max(0, start - BEFORE), start);
  if (finder.unless?.test(before) || finder.unlessBefore?.test(text.slice(end, end + BEFORE))) return 0;
  const told = finder.context ? toldBy(finder.context, before, text.slice(end, end + AFTER), hint) : 0;
  if (finder.score >= ENOUGH || told > 0) return Math.max(told, finder.score);
  return finder.alone !== undefined && end - start === alone.length ? finder.alone : finder.score;
}

/** What one finder sees in `part`, which begins at `offset` of the text. */
function found(finder: Finder, part: string, offset: number, text: string, around: Surroundings, spans: Span[]): void {
  const { pattern } = finder;
  // Not matchAll, which copies the pattern: that costs more than most of these matches.
  pattern.lastIndex = 0;
  for (let match = pattern.exec(part); match !== null; match = pattern.exec(part)) {
    const id = match.groups?.id;
    const value = id ?? match[0];
    if (match[0] === '') pattern.lastIndex++;
    const start = offset + match.index + (id === undefined ? 0 : match[0].lastIndexOf(id));
    const end = start + value.length;
    const score = sureness(finder, text, start, end, around);
    if (score >= ENOUGH && (finder.valid === undefined || finder.valid(value))) spans.push({ start, end, type: finder.type, score });
  }
}

/** Without the stop or bracket that ends the sentence around an address. */
function trimmed(span: Span, text: string): Span {
  let { end } = span;
  while (end > span.start && /[.,;:!?)'"»]/.test(text[end - 1] ?? '')) end--;
  return { ...span, end };
}

type Figure = { finder: Finder; reach: Reach };
/** What is asked of a text: finders that look at all of it, and those that look at stretches around figures. */
type Asked = { plain: readonly Finder[]; figures: readonly Figure[] };
type AskedByHint = Asked & { hinted: ReadonlySet<Finder> };
/** Sorted once: most texts are a line or a cell. */
type Sorted = Asked & { always: readonly Finder[]; mayCall(lower: string): boolean; byHint: Map<string, AskedByHint> };
const sorted = new WeakMap<readonly Finder[], Sorted>();
function sortedOf(finders: readonly Finder[]): Sorted {
  const known = sorted.get(finders);
  if (known) return known;
  const figures = finders.filter(({ digits }) => digits > 0).map((finder) => ({ finder, reach: reachOf(finder.pattern) }));
  const plain = finders.filter(({ digits }) => digits === 0);
  const made: Sorted = { plain, figures, always: plain.filter(isUntriggered), mayCall: mayCall(finders), byHint: new Map() };
  sorted.set(finders, made);
  return made;
}

const isUntriggered = ({ triggers }: Finder): boolean => triggers === undefined;

/** Hints that are remembered: a table has one for each column, a form one for each field. */
const MOST_HINTS = 1_000;

/** What of the finders may see anything where the text has no letters: the words that tell stand over it, or are not needed. */
function askedOfFigures({ plain, figures, byHint }: Sorted, hint: string): AskedByHint {
  const known = byHint.get(hint);
  if (known) return known;
  const lower = hint.toLowerCase();
  const hinted = new Set(
    [...plain, ...figures.map(({ finder }) => finder)].filter(({ triggers = [''] }) => triggers.some((one) => lower.includes(one))),
  );
  const mayBeSure = ({ score, alone = 0, context }: Finder): boolean => Math.max(score, alone) >= ENOUGH || context?.test(hint) === true;
  const made = {
    hinted,
    plain: plain.filter((finder) => hinted.has(finder) || finder.triggers?.some((trigger) => !hasLetter(trigger))),
    figures: figures.filter(({ finder }) => hinted.has(finder) && mayBeSure(finder)),
  };
  if (byHint.size >= MOST_HINTS) byHint.clear();
  byHint.set(hint, made);
  return made;
}

/** The finders that have something to look for in a text, and whether one of those is called for. */
function askedOf(own: Sorted, text: string, hint: string): Asked & { isCalled(finder: Finder): boolean } {
  if (!hasLetter(text)) {
    const { plain, figures, hinted } = askedOfFigures(own, hint);
    return {
      plain,
      figures,
      isCalled: (finder) => hinted.has(finder) || finder.triggers?.some((trigger) => text.includes(trigger)) === true,
    };
  }
  const { plain, figures, always } = own;
  const lower = hint === '' ? text.toLowerCase() : `${hint}\n${text}`.toLowerCase();
  return own.mayCall(lower) ? { plain, figures, isCalled: calling(lower) } : { plain: always, figures, isCalled: isUntriggered };
}

/**
 * What the finders see in a text, in no order. Patterns of figures look at the stretches around figures alone, so that prose
 * costs little. `hint`: words that stand over the text, as a column's header.
 */
export function matchFinders(finders: readonly Finder[], text: string, hint = ''): Span[] {
  if (text === '') return [];
  const { plain, figures, isCalled } = askedOf(sortedOf(finders), text, hint);
  const around: Surroundings = { hint, alone: text.length <= 64 ? text.trim() : '' };
  const spans: Span[] = [];
  for (const finder of plain) if (isCalled(finder) && (finder.sign?.test(text) ?? true)) found(finder, text, 0, text, around, spans);
  for (const { start, end } of numberRegions(text)) {
    const part = text.slice(start, end);
    const most = figuresOf(part);
    for (const { finder, reach } of figures)
      if (mayFit(finder, reach, most) && isCalled(finder)) found(finder, part, start, text, around, spans);
  }
  return spans.map((span) => (span.type === 'URL' ? trimmed(span, text) : span));
}
