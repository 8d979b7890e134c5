import { SluiceError } from '#core/errors.ts';
import { compileBranches } from './event-pattern/compile.ts';
import { JsonObject, readJson } from './event-pattern/json-text.ts';
import { matcher } from './event-pattern/match.ts';

/**
 * An Amazon EventBridge event pattern as a function of an event, compiled once: it runs on every event of the bus.
 * The pattern is its JSON text (then duplicate names and long numbers count as written) or the value of that text.
 * Throws `invalid-pattern` where EventBridge would refuse it. Events are plain JSON values.
 *
 * Source: the Amazon EventBridge user guide and the behaviour of aws/event-ruler, the matcher that EventBridge uses.
 */
export function compilePattern(pattern: unknown): (event: unknown) => boolean {
  const tree = typeof pattern === 'string' ? readJson(pattern, 'invalid-pattern', 'an event pattern') : pattern;
  return matcher(compileBranches(tree));
}

/**
 * Decides a pattern for an event, both as JSON text; without an event, whether the pattern is valid. Throws
 * `invalid-pattern` or `invalid-event`.
 */
export function matchJson(patternText: string, eventText?: string): { match: boolean } | { valid: true } {
  const matches = compilePattern(patternText);
  if (eventText === undefined) return { valid: true };
  const event = readJson(eventText, 'invalid-event', 'an event');
  if (!(event instanceof JsonObject)) throw new SluiceError('invalid-event', 'reading an event: it is no JSON object');
  return { match: matches(event) };
}
