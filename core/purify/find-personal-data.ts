import type { Span } from '../ports/pii.ts';
import { findAddresses } from './addresses/find-addresses.ts';
import { FINDERS } from './finders/index.ts';
import { matchFinders } from './finders/match.ts';
import { mergeSpans } from './merge-spans.ts';
import { caselessShadow } from './names/caseless.ts';
import { findNames } from './names/find-names.ts';

/**
 * Personal data that the built-in finders see, in order and without overlaps. `hint`: words that stand over the text, as a
 * column's header or a field's label. `nounsLarge`: the text is a part of one that writes nouns large, as German does.
 */
export function findPersonalData(text: string, hint = '', nounsLarge = false): Span[] {
  const shadow = caselessShadow(text);
  return mergeSpans(matchFinders(FINDERS, text, hint), findAddresses(shadow), findNames(shadow, nounsLarge));
}
