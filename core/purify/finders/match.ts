import type { Span } from '../../ports/pii.ts';
import { ENOUGH, type Finder, IN_CONTEXT } from './finder.ts';
import { numberRegions } from './number-regions.ts';
import { calling } from './triggers.ts';

const BEFORE = 70;
const AFTER = 30;

export type Surroundings = { hint: string; alone: string };

/** How sure a finding is, with what stands around it. */
function sureness(finder: Finder, text: string, start: number, end: number, { hint, alone }: Surroundings): number {
  const before = text.slice(Math.max(0, start - BEFORE), start);
  if (finder.unless?.test(before)) return 0;
  if (finder.score >= ENOUGH) return finder.score;
  if (finder.context && (finder.context.test(before) || finder.context.test(text.slice(end, end + AFTER)) || finder.context.test(hint)))
    return IN_CONTEXT;
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

/** The length of the longest word of a text. */
function longestWord(text: string): number {
  let [longest, start] = [0, 0];
  for (let i = 0; i <= text.length; i++)
    if (i === text.length || text.charCodeAt(i) <= 32) {
      longest = Math.max(longest, i - start);
      start = i + 1;
    }
  return longest;
}

/** Without the stop or bracket that ends the sentence around an address. */
function trimmed(span: Span, text: string): Span {
  let { end } = span;
  while (end > span.start && /[.,;:!?)'"»]/.test(text[end - 1] ?? '')) end--;
  return { ...span, end };
}

/** Finders by what they look at, sorted once: most texts are a line or a cell. `called`: those of figures that need a word, too. */
type Sorted = { plain: Finder[]; figures: Finder[]; called: Finder[] };
const sorted = new WeakMap<readonly Finder[], Sorted>();
function sortedOf(finders: readonly Finder[]): Sorted {
  const known = sorted.get(finders);
  if (known) return known;
  const figures = finders.filter(({ digits }) => digits > 0);
  const made = { plain: finders.filter(({ digits }) => digits === 0), figures, called: figures.filter(({ triggers }) => triggers) };
  sorted.set(finders, made);
  return made;
}

/**
 * What the finders see in a text, in no order. Patterns of figures look at the stretches around figures alone, so that prose
 * costs little. `hint`: words that stand over the text, as a column's header.
 */
export function matchFinders(finders: readonly Finder[], text: string, hint = ''): Span[] {
  const around: Surroundings = { hint, alone: text.length <= 64 ? text.trim() : '' };
  const spans: Span[] = [];
  const { plain, figures, called } = sortedOf(finders);
  const isCalledFor = calling(`${hint}\n${text}`.toLowerCase());
  for (const finder of plain) if (isCalledFor(finder) && (finder.sign?.test(text) ?? true)) found(finder, text, 0, text, around, spans);
  const regions = numberRegions(text);
  const uncalled = regions.length === 0 ? called : called.filter((finder) => !isCalledFor(finder));
  for (const { start, end, digits } of regions) {
    const part = text.slice(start, end);
    const unbroken = longestWord(part);
    for (const finder of figures)
      if (finder.digits <= digits && (finder.unbroken ?? 0) <= unbroken && !uncalled.includes(finder))
        found(finder, part, start, text, around, spans);
  }
  return spans.map((span) => (span.type === 'URL' ? trimmed(span, text) : span));
}
