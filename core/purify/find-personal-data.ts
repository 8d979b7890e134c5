import type { Span } from '../ports/pii.ts';
import { findAddresses } from './addresses/find-addresses.ts';
import { FINDERS } from './finders/index.ts';
import { matchFinders } from './finders/match.ts';
import { mergeSpans } from './merge-spans.ts';
import { findNames } from './names/find-names.ts';

/**
 * Personal data that the built-in finders see, in order and without overlaps. `hint`: words that stand over the text, as a
 * column's header or a field's label.
 */
export const findPersonalData = (text: string, hint = ''): Span[] =>
  mergeSpans(matchFinders(FINDERS, text, hint), findAddresses(text), findNames(text));
