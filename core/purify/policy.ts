import type { Config, Source } from '#schemas/config.ts';
import type { PiiStrategy, Recogniser } from '#schemas/pii.ts';
import type { Keys } from '../ports/index.ts';
import type { Span } from '../ports/pii.ts';
import { type Finder, words } from './finders/finder.ts';
import { matchFinders } from './finders/match.ts';
import { NONE } from './merge-spans.ts';
import { tokenOf } from './token.ts';

/** What is done with what is found. */
export type MaskPolicy = {
  strategyOf(type: string): PiiStrategy;
  /** The same value under the same key gives the same token; absent where there is no key. */
  token?: (type: string, value: string) => string;
  allowed(value: string): boolean;
  /** What the organisation's own kinds and its block-list see. */
  own(text: string): readonly Span[];
  /** Those that a service outside has of the organisation's own kinds. */
  recognisers: readonly Recogniser[];
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const listed = (values: readonly string[]): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${[...values]
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  );

const BLOCKED = 'BLOCKED';

const always = (type: string, pattern: RegExp): Finder => ({ type, pattern, score: 1, digits: 0 });

function ownFinders(kinds: Config['pii']['kinds'], block: readonly string[]): Finder[] {
  const finders = kinds.flatMap(({ type, pattern, list, context }): Finder[] => [
    ...(pattern === undefined
      ? []
      : [{ ...always(type, new RegExp(pattern, 'gu')), ...(context.length > 0 && { score: 0, context: words(...context.map(escaped)) }) }]),
    ...(list.length > 0 ? [always(type, listed(list))] : []),
  ]);
  return block.length > 0 ? [...finders, always(BLOCKED, listed(block))] : finders;
}

function allowing(allow: readonly string[]): (value: string) => boolean {
  if (allow.length === 0) return () => false;
  const pattern = new RegExp(`^(?:${allow.map((value) => value.split('*').map(escaped).join('.{0,200}')).join('|')})$`, 'isu');
  return (value) => pattern.test(value.trim());
}

/**
 * The policy of the configuration and, over it, of the source. Without keys, what would be a token is redacted. `kept`: takes what
 * each token stands for, as it is first written.
 */
export function maskPolicy(pii: Config['pii'], source?: Pick<Source, 'pii'>, keys?: Keys, kept?: Map<string, string>): MaskPolicy {
  const types = { ...pii.types, ...source?.pii?.types };
  const usual = source?.pii?.default ?? pii.default;
  const finders = ownFinders(pii.kinds, [...pii.block, ...(source?.pii?.block ?? [])]);
  return {
    // What is on the block-list is masked also where personal data is kept.
    strategyOf: (type) => types[type] ?? (type === BLOCKED ? 'redact' : usual),
    allowed: allowing([...pii.allow, ...(source?.pii?.allow ?? [])]),
    own: (text) => (finders.length === 0 ? NONE : matchFinders(finders, text)),
    recognisers: [...pii.recognisers, ...(source?.pii?.recognisers ?? [])],
    ...(keys && {
      token(type, value) {
        const token = tokenOf(keys, type, value);
        if (kept && !kept.has(token)) kept.set(token, value);
        return token;
      },
    }),
  };
}

/** The policy with all that it finds redacted, whatever it keeps: for those who decide about a document, and for models. */
export const redactingPolicy = (pii: Config['pii'], source?: Pick<Source, 'pii'>): MaskPolicy => ({
  ...maskPolicy(pii, source),
  strategyOf: () => 'redact',
});

/** Everything that is found is redacted, whatever is configured. */
export const REDACTING: MaskPolicy = { strategyOf: () => 'redact', allowed: () => false, own: () => NONE, recognisers: [] };
