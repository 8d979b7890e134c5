import { type Hit, phraseMatcher } from './phrase-matcher.ts';
import { INSTRUCTIONS } from './rules/instructions.ts';
import { LANGUAGE_PHRASES, OTHER_SCRIPTS } from './rules/languages.ts';
import { MARKUP } from './rules/markup.ts';
import { PERSONA } from './rules/persona.ts';
import type { PhraseRule } from './rules/rule.ts';
import { SECRETS } from './rules/secrets.ts';
import { TAKEOVER } from './rules/takeover.ts';
import { WORDS } from './rules/words.ts';

const ENGLISH: readonly PhraseRule[] = [...INSTRUCTIONS, ...PERSONA, ...TAKEOVER, ...SECRETS];
export const PHRASES: readonly PhraseRule[] = [...ENGLISH, ...LANGUAGE_PHRASES];
/** Who forbids to ignore instructions wants them followed. */
const FORBIDS_AT_ONCE = /\b(?:never|not|don't|cannot|can't|ne|no|nunca|jamais|nie|niemals)\s+(?:\w+\s+)?$|\bn'$/;
/** Who forbids to share a password asks for none. */
const FORBIDS = /\b(?:never|not|nobody|no one|don't|cannot|can't|won't|avoid|without|refuse to)\b[^.!?\n]{0,24}$/;
const BEFORE = 40;
const IS_OTHER_SCRIPT = /[\u0370-\u1fff\u3040-\udfff]/;

const REQUESTS = new Set([...SECRETS, ...LANGUAGE_PHRASES.filter(({ rule }) => rule === 'secret-request')]);
/** German says it at the end. */
const FORBIDDEN_BEHIND = /^[^.!?\n,]{0,40}\snicht\s*[.!]/;
/** What somebody was asked is told, not asked. */
const TOLD =
  /\b(?:when|if|once|was|were|been) (?:asked|told|prompted|instructed) to\s+$|\b(?:we|they|he|she) (?:asked|told|tricked|got) (?:the |an? )?(?:\w+ ){0,2}to\s+$/;
const OVERRIDES = new Set(PHRASES.filter(({ says }) => /^(?:\{IGNORE\}|(?:ignor|neger|zignor)[^ ]*\|)/.test(says)));

/** Whether a phrase asks for what it names: who forbids it, or tells that it was asked, does not. */
function isMeant(line: PhraseRule, lower: string, start: number, end: number): boolean {
  const before = lower.slice(Math.max(0, start - BEFORE), start);
  if (REQUESTS.has(line)) return !FORBIDS.test(before) && !FORBIDS_AT_ONCE.test(before) && !TOLD.test(before);
  return (
    !OVERRIDES.has(line) ||
    !(FORBIDS_AT_ONCE.test(before) || TOLD.test(before) || FORBIDDEN_BEHIND.test(lower.slice(end, end + BEFORE * 2)))
  );
}

const matchPhrases = phraseMatcher(PHRASES, WORDS, isMeant);

/** Where English phrases fit, which has no accents that could be taken off. */
export const matchEnglish = phraseMatcher(ENGLISH, WORDS, isMeant);

/** Where the rules fit a text in lower case. */
export function matchRules(lower: string): Hit[] {
  const hits = matchPhrases(lower);
  for (const { rule, weight, pattern } of IS_OTHER_SCRIPT.test(lower) ? [...MARKUP, ...OTHER_SCRIPTS] : MARKUP) {
    for (const match of lower.matchAll(pattern)) hits.push({ rule, weight, start: match.index, end: match.index + match[0].length });
  }
  return hits;
}
