import type { Span } from '../ports/pii.ts';
import { findAddresses } from './addresses/find-addresses.ts';
import { isOfThings } from './columns.ts';
import { FINDERS } from './finders/index.ts';
import { hasLetter } from './finders/letters.ts';
import { matchFinders } from './finders/match.ts';
import { plain } from './finders/plain-form.ts';
import { mergeSpans } from './merge-spans.ts';
import { caselessShadow, isCaseless } from './names/caseless.ts';
import { writesNounsLarge } from './names/cues.ts';
import { findNames } from './names/find-names.ts';
import { findInScripts } from './names/scripts.ts';

/** As much as a cell has that says nothing but its value. */
const CELL = 60;

/**
 * Personal data that the built-in finders see, in order and without overlaps. `hint`: words that stand over the text, as a
 * column's header or a field's label. `nounsLarge`: the text is a part of one that writes nouns large, as German does.
 */
export function findPersonalData(text: string, hint = '', nounsLarge = false): readonly Span[] {
  const read = plain(text);
  // A name or an address has one.
  if (!hasLetter(read)) return mergeSpans(matchFinders(FINDERS, read, hint));
  const shadow = caselessShadow(read);
  const names = text.length <= CELL && isOfThings(hint) ? [] : [...findNames(shadow, nounsLarge, isCaseless(read)), ...findInScripts(read)];
  return mergeSpans(matchFinders(FINDERS, read, hint), findAddresses(shadow), names);
}

/** The words of a column come again: what was found in so many short texts is kept, and all of it let go when there are more. */
const MOST_REMEMBERED = 4_000;
const remembered = new Map<string, readonly Span[]>();

function findInShort(text: string, hint: string, nounsLarge: boolean): readonly Span[] {
  const key = `${nounsLarge ? 1 : 0}${hint}\0${text}`;
  const known = remembered.get(key);
  if (known) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const found = findPersonalData(text, hint, nounsLarge);
  remembered.set(key, found);
  return found;
}

/** What is longer is looked at window by window, so that its words never lie in memory all at once. */
const LONGEST = 50_000;
/** As much of a text as a name or an address with the words around it takes. */
const SHARED = 400;

/** The personal data of a text of any length, in no order where it is long. */
export function findInLong(text: string, hint = '', nounsLarge = false): readonly Span[] {
  if (text.length <= CELL && hasLetter(text)) return findInShort(text, hint, nounsLarge);
  if (text.length <= LONGEST) return findPersonalData(text, hint, nounsLarge);
  const spans: Span[] = [];
  const large = nounsLarge || writesNounsLarge(text);
  for (let from = 0; from === 0 || from + SHARED < text.length; from += LONGEST - SHARED)
    for (const span of findPersonalData(text.slice(from, from + LONGEST), hint, large)) {
      // What a window cuts off is whole in its neighbour, but for what begins and ends the text.
      const isCut = (from > 0 && span.start === 0) || (from + LONGEST < text.length && span.end === LONGEST);
      if (!isCut) spans.push({ ...span, start: span.start + from, end: span.end + from });
    }
  return spans;
}
