import { phrase } from './phrase.ts';
import { INSTRUCTIONS } from './rules/instructions.ts';
import { LANGUAGE_PHRASES, OTHER_SCRIPTS } from './rules/languages.ts';
import { MARKUP } from './rules/markup.ts';
import { PERSONA } from './rules/persona.ts';
import type { PhraseRule } from './rules/rule.ts';
import { SECRETS } from './rules/secrets.ts';
import { TAKEOVER } from './rules/takeover.ts';
import { WORDS } from './rules/words.ts';

/** A place where a rule fits. */
export type Hit = { rule: string; weight: number; start: number; end: number };

type Compiled = { rule: string; weight: number; pattern: RegExp; isRequest: boolean };

const PHRASES: readonly PhraseRule[] = [...INSTRUCTIONS, ...PERSONA, ...TAKEOVER, ...SECRETS, ...LANGUAGE_PHRASES];
/** Who forbids to share a password asks for none. */
const FORBIDS = /\b(?:never|not|nobody|no one|don't|cannot|can't|won't|avoid|without|refuse to)\b[^.!?\n]{0,24}$/;
const BEFORE = 40;
const IS_OTHER_SCRIPT = /[\u0370-\u1fff\u3040-\udfff]/;

/** Every phrase under the words that it may begin with: a text is read once, and a word that begins nothing costs one look. */
let byFirstWord: Map<string, Compiled[]> | undefined;

function compile(): Map<string, Compiled[]> {
  const compiled = new Map<string, Compiled[]>();
  for (const line of PHRASES) {
    const { source, firstWords } = phrase(line.says, WORDS);
    const one = { rule: line.rule, weight: line.weight, pattern: new RegExp(source, 'y'), isRequest: SECRETS.includes(line) };
    for (const word of new Set(firstWords)) {
      const beginning = compiled.get(word);
      if (beginning) beginning.push(one);
      else compiled.set(word, [one]);
    }
  }
  return compiled;
}

/** Where the rules fit a text in lower case. */
export function matchRules(lower: string): Hit[] {
  byFirstWord ??= compile();
  const hits: Hit[] = [];
  for (const { 0: word, index } of lower.matchAll(/[\p{L}\p{N}']+/gu)) {
    for (const { rule, weight, pattern, isRequest } of byFirstWord.get(word) ?? []) {
      pattern.lastIndex = index;
      if (!pattern.test(lower)) continue;
      if (isRequest && FORBIDS.test(lower.slice(Math.max(0, index - BEFORE), index))) continue;
      hits.push({ rule, weight, start: index, end: pattern.lastIndex });
    }
  }
  for (const { rule, weight, pattern } of IS_OTHER_SCRIPT.test(lower) ? [...MARKUP, ...OTHER_SCRIPTS] : MARKUP) {
    for (const match of lower.matchAll(pattern)) hits.push({ rule, weight, start: match.index, end: match.index + match[0].length });
  }
  return hits;
}
