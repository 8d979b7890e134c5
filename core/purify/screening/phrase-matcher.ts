import { phrase } from './phrase.ts';
import type { PhraseRule } from './rules/rule.ts';

/** A place where a rule fits. */
export type Hit<Rule extends string = string> = { rule: Rule; weight: number; start: number; end: number };

type Compiled<Line> = { line: Line; pattern: RegExp };

/**
 * Finds phrases in a text in lower case. Every phrase stands under the words that it may begin with: a text is read once, and
 * a word that begins nothing costs one look. Compiled when it is first asked.
 */
export function phraseMatcher<Line extends PhraseRule>(
  lines: readonly Line[],
  lists: Readonly<Record<string, string>>,
  isMeant: (line: Line, lower: string, start: number, end: number) => boolean = () => true,
): (lower: string) => Hit<Line['rule']>[] {
  let byFirstWord: Map<string, Compiled<Line>[]> | undefined;
  const compile = (): Map<string, Compiled<Line>[]> => {
    const compiled = new Map<string, Compiled<Line>[]>();
    for (const line of lines) {
      const { source, firstWords } = phrase(line.says, lists, line.unless);
      const one = { line, pattern: new RegExp(source, 'y') };
      for (const word of new Set(firstWords)) {
        const beginning = compiled.get(word);
        if (beginning) beginning.push(one);
        else compiled.set(word, [one]);
      }
    }
    return compiled;
  };
  const find = (word: string, index: number, lower: string, hits: Hit<Line['rule']>[]): void => {
    for (const { line, pattern } of byFirstWord?.get(word) ?? []) {
      pattern.lastIndex = index;
      if (!pattern.test(lower) || !isMeant(line, lower, index, pattern.lastIndex)) continue;
      hits.push({ rule: line.rule, weight: line.weight, start: index, end: pattern.lastIndex });
    }
  };
  return (lower) => {
    byFirstWord ??= compile();
    const hits: Hit<Line['rule']>[] = [];
    for (const { 0: word, index } of lower.matchAll(/[\p{L}\p{N}']+/gu)) {
      find(word, index, lower, hits);
      // Behind a quote, or an article that lost its vowel: `d'ignorer`.
      const inner = word.lastIndexOf("'", word.length - 2) + 1;
      if (inner > 0) find(word.slice(inner), index + inner, lower, hits);
    }
    return hits;
  };
}
