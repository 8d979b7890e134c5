import { HASH_START, hashStep, hashUnits } from '../../embedding/lexical/hash.ts';
import { LETTER, NUMBER, unitsOf } from '../characters.ts';
import { phrase } from './phrase.ts';
import type { PhraseRule } from './rules/rule.ts';

/** A place where a rule fits. */
export type Hit<Rule extends string = string> = { rule: Rule; weight: number; start: number; end: number };

type Compiled<Line> = { line: Line; pattern: RegExp };
/** The phrases by the words that they may begin with, and the hashes of these: most words of a text are none, and are never made. */
type Compiling<Line> = { byFirstWord: Map<string, Compiled<Line>[]>; hashes: Uint8Array };

const HASHES = 1 << 14;
const slotOf = (hash: number): number => (hash ^ (hash >>> 14)) & (HASHES - 1);
const QUOTE = 39;
/** What words of plain characters are made of. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) => (/[a-zA-Z0-9']/.test(String.fromCharCode(code)) ? 1 : 0));
const unitsOfWord = (text: string, at: number, code: number): number =>
  code < 128 ? (PLAIN[code] ?? 0) : unitsOf(text, at, LETTER | NUMBER);

/**
 * Finds phrases in a text in lower case. Every phrase stands under the words that it may begin with: a text is read once, and
 * a word that begins nothing costs one look. Compiled when it is first asked.
 */
export function phraseMatcher<Line extends PhraseRule>(
  lines: readonly Line[],
  lists: Readonly<Record<string, string>>,
  isMeant: (line: Line, lower: string, start: number, end: number) => boolean = () => true,
): (lower: string) => Hit<Line['rule']>[] {
  let compiled: Compiling<Line> | undefined;
  const compile = (): Compiling<Line> => {
    const byFirstWord = new Map<string, Compiled<Line>[]>();
    const hashes = new Uint8Array(HASHES);
    for (const line of lines) {
      const { source, firstWords } = phrase(line.says, lists, line.unless);
      const one = { line, pattern: new RegExp(source, 'y') };
      for (const word of new Set(firstWords)) {
        const beginning = byFirstWord.get(word);
        if (beginning) beginning.push(one);
        else byFirstWord.set(word, [one]);
        hashes[slotOf(hashUnits(word))] = 1;
      }
    }
    return { byFirstWord, hashes };
  };
  const find = (beginning: readonly Compiled<Line>[] | undefined, index: number, lower: string, hits: Hit<Line['rule']>[]): void => {
    for (const { line, pattern } of beginning ?? []) {
      pattern.lastIndex = index;
      if (!pattern.test(lower) || !isMeant(line, lower, index, pattern.lastIndex)) continue;
      hits.push({ rule: line.rule, weight: line.weight, start: index, end: pattern.lastIndex });
    }
  };
  return (lower) => {
    compiled ??= compile();
    const { byFirstWord, hashes } = compiled;
    const hits: Hit<Line['rule']>[] = [];
    for (let at = 0; at < lower.length; ) {
      const start = at;
      let hash = HASH_START;
      let hasQuote = false;
      for (;;) {
        const code = lower.charCodeAt(at);
        const units = unitsOfWord(lower, at, code);
        if (units === 0) break;
        if (code === QUOTE) hasQuote = true;
        hash = hashStep(hash, code);
        if (units === 2) hash = hashStep(hash, lower.charCodeAt(at + 1));
        at += units;
      }
      if (at === start) at++;
      else {
        if (hashes[slotOf(hash)] === 1) find(byFirstWord.get(lower.slice(start, at)), start, lower, hits);
        // Behind a quote, or an article that lost its vowel: `d'ignorer`.
        const inner = hasQuote ? lower.lastIndexOf("'", at - 2) + 1 : 0;
        if (inner > start) find(byFirstWord.get(lower.slice(inner, at)), inner, lower, hits);
      }
    }
    return hits;
  };
}
