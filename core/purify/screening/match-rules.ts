import { type Hit, phraseMatcher } from './phrase-matcher.ts';
import { INSTRUCTIONS } from './rules/instructions.ts';
import { LANGUAGE_PHRASES, OTHER_SCRIPTS } from './rules/languages.ts';
import { MARKUP } from './rules/markup.ts';
import { PERSONA } from './rules/persona.ts';
import type { PhraseRule } from './rules/rule.ts';
import { SECRETS } from './rules/secrets.ts';
import { TAKEOVER } from './rules/takeover.ts';
import { WORDS } from './rules/words.ts';

const PHRASES: readonly PhraseRule[] = [...INSTRUCTIONS, ...PERSONA, ...TAKEOVER, ...SECRETS, ...LANGUAGE_PHRASES];
/** Who forbids to ignore instructions wants them followed. */
const FORBIDS_TO_IGNORE = /\b(?:never|not|don't|cannot|can't|ne|no|nunca|jamais|nie|niemals)\s+(?:\w+\s+)?$|\bn'$/;
/** Who forbids to share a password asks for none. */
const FORBIDS = /\b(?:never|not|nobody|no one|don't|cannot|can't|won't|avoid|without|refuse to)\b[^.!?\n]{0,24}$/;
const BEFORE = 40;
const IS_OTHER_SCRIPT = /[\u0370-\u1fff\u3040-\udfff]/;

const REQUESTS = new Set(SECRETS);
const OVERRIDES = new Set(PHRASES.filter(({ says }) => /^(?:\{IGNORE\}|ignor)/.test(says)));
const forbids = (line: PhraseRule): RegExp | undefined =>
  REQUESTS.has(line) ? FORBIDS : OVERRIDES.has(line) ? FORBIDS_TO_IGNORE : undefined;
const matchPhrases = phraseMatcher(
  PHRASES,
  WORDS,
  (line, lower, start) => !forbids(line)?.test(lower.slice(Math.max(0, start - BEFORE), start)),
);

/** Where the rules fit a text in lower case. */
export function matchRules(lower: string): Hit[] {
  const hits = matchPhrases(lower);
  for (const { rule, weight, pattern } of IS_OTHER_SCRIPT.test(lower) ? [...MARKUP, ...OTHER_SCRIPTS] : MARKUP) {
    for (const match of lower.matchAll(pattern)) hits.push({ rule, weight, start: match.index, end: match.index + match[0].length });
  }
  return hits;
}
