import { type Hit, phraseMatcher } from './phrase-matcher.ts';
import { INSTRUCTIONS } from './rules/instructions.ts';
import { LANGUAGE_PHRASES } from './rules/languages.ts';
import { MARKUP } from './rules/markup.ts';
import { isForbidden, NEGATIONS, type Negation } from './rules/negation.ts';
import { OUTCOMES } from './rules/outcome.ts';
import { PERSONA } from './rules/persona.ts';
import { PRESSURE } from './rules/pressure.ts';
import type { PatternRule, PhraseRule } from './rules/rule.ts';
import { OTHER_SCRIPTS } from './rules/scripts.ts';
import { SECRETS } from './rules/secrets.ts';
import { TAKEOVER } from './rules/takeover.ts';
import { WORDS } from './rules/words.ts';

const ENGLISH: readonly PhraseRule[] = [...INSTRUCTIONS, ...PERSONA, ...TAKEOVER, ...OUTCOMES, ...PRESSURE, ...SECRETS];
export const PHRASES: readonly PhraseRule[] = [...ENGLISH, ...LANGUAGE_PHRASES];
/** Who forbids to share a password asks for none. */
const FORBIDS = /\b(?:never|not|nobody|no one|don't|cannot|can't|won't|avoid|without|refuse to)\b[^.!?\n]{0,24}$/;
const BEFORE = 40;
const IS_OTHER_SCRIPT = /[\u0370-\u1fff\u3040-\udfff]/;

const REQUESTS = new Set([...SECRETS, ...LANGUAGE_PHRASES.filter(({ rule }) => rule === 'secret-request')]);
/** What somebody was asked is told, not asked. */
const TOLD =
  /\b(?:when|if|once|was|were|been) (?:asked|told|prompted|instructed) to\s+$|\b(?:we|they|he|she) (?:asked|told|tricked|got) (?:the |an? )?(?:\w+ ){0,2}to\s+$/;
/** And who says what becomes of those who do it, warns of it. */
const DONE_BY = /\b(?:if (?:you|they|we|one|it|he|she|anyone|someone|somebody|people|users?|the \w+)|\w+s who|those who|anyone who)\s+$/;
const DOING = /^(?:ignoring|disregarding|forgetting|overriding|bypassing|neglecting|dismissing|skipping)\b/;
const CONSEQUENCE =
  /^[^.!?\n]{0,80}\b(?:voids?|voided|invalid\w*|injur\w+|hurt|harm\w*|damag\w+|dangerous|danger|fire|shock|burns|accidents?|death|liab\w+|risk\w*|fined?|penalt\w+|dismissed|disqualified|expelled|prosecuted|results? in|leads? to|causes?)\b/;
const CAUSES =
  /^[^.!?\n,;:]{0,40}\b(?:voids?|invalidates?|endangers?|(?:may|can|could|will|would|might|often) (?:\w+ ){0,2}?(?:void|invalidate|injure|hurt|harm|damage|endanger|be|result|lead|cause)|is (?:dangerous|an offence|forbidden)|results? in|leads? to|causes?)\b/;
/** A paper that says what becomes of instructions that somebody else was given. */
const PAPER =
  /\b(?:this|the|said) (?:amendment|agreement|contract|addendum|annex|circular|regulation|statute|warrant|edition|clause|notice|letter|order)(?: \w+){0,2} $/;
const STATES = /^(?:overrides|supersedes|replaces)\b/;
const TO_SOMEBODY =
  /^ (?:given |issued )?(?:to|of|for|by|from) (?:the|our|its|all) (?!ai\b|assistant|model|system|llm|chat|bot|reader|language|agent|following)\w+/;
const ENGLISH_OVERRIDE = [NEGATIONS.english];
const negationsOf = ({ negations, says }: PhraseRule): readonly Negation[] | undefined =>
  negations ?? (says.startsWith('{IGNORE}') ? ENGLISH_OVERRIDE : undefined);

/** Whether a phrase asks for what it names: who forbids it, or tells that it was asked, does not. */
function isMeant(line: PhraseRule, lower: string, start: number, end: number): boolean {
  const negations = negationsOf(line);
  const isRequest = REQUESTS.has(line);
  if (!negations && !isRequest) return true;
  const before = lower.slice(Math.max(0, start - BEFORE), start);
  const behind = lower.slice(end, end + BEFORE * 3);
  const isWarned = (DONE_BY.test(before) && CONSEQUENCE.test(behind)) || (DOING.test(lower.slice(start, end)) && CAUSES.test(behind));
  const isStated = STATES.test(lower.slice(start, end)) && PAPER.test(before) && TO_SOMEBODY.test(behind);
  if ((isWarned || isStated) && negations?.includes(NEGATIONS.english)) return false;
  return !(TOLD.test(before) || (isRequest && FORBIDS.test(before)) || isForbidden(negations, lower, start, end));
}

const matchPhrases = phraseMatcher(PHRASES, WORDS, isMeant);

/** Where English phrases fit, which has no accents that could be taken off. */
export const matchEnglish = phraseMatcher(ENGLISH, WORDS, isMeant);

/** Where a pattern fits and is meant. What is forbidden may begin within a match: `不要忘记忽略` forbids to forget it. */
function* matchesOf({ pattern, negations }: PatternRule, lower: string): Generator<{ start: number; end: number }> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(lower); match; match = pattern.exec(lower)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (isForbidden(negations, lower, start, end)) pattern.lastIndex = start + 1;
    else {
      yield { start, end };
      if (end === start) pattern.lastIndex++;
    }
  }
}

/** Where the rules fit a text in lower case. */
export function matchRules(lower: string): Hit[] {
  const hits = matchPhrases(lower);
  const others = IS_OTHER_SCRIPT.test(lower) ? OTHER_SCRIPTS.filter(({ needs }) => needs.test(lower)).flatMap(({ lines }) => lines) : [];
  for (const line of [...MARKUP, ...others])
    for (const match of matchesOf(line, lower)) hits.push({ rule: line.rule, weight: line.weight, ...match });
  return hits;
}
