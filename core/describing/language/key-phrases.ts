import type { Phrase } from '../../ports/language.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;
/** What a phrase does not go over. */
const BREAK = /[^\s]/u;
const MOST_WORDS = 4;
/** A masked value: `[PERSON_5f1c]`, `[EMAIL_ADDRESS]`, `****1111`. */
const MASKED = /\[[A-Z][A-Z_]+[^\]]{0,60}\]|\*{2,}\S*/g;

type Word = { text: string; start: number; end: number };
type Candidate = { words: Word[]; of: number };

/** Stretches of words that are no stop words, with nothing but blanks between them (Rose et al., RAKE, 2010). */
function candidatesIn(text: string, of: number, isStop: (word: string) => boolean): Candidate[] {
  const found: Candidate[] = [];
  let words: Word[] = [];
  const close = (): void => {
    if (words.length > 0 && words.length <= MOST_WORDS && words.some((word) => /\p{L}{3}/u.test(word.text))) found.push({ words, of });
    words = [];
  };
  const shown = text.replace(MASKED, (masked) => '.'.repeat(masked.length));
  for (const match of shown.matchAll(WORD)) {
    const word = { text: match[0].toLowerCase(), start: match.index, end: match.index + match[0].length };
    const last = words.at(-1);
    if (last && BREAK.test(shown.slice(last.end, word.start))) close();
    if (isStop(word.text) || !/\p{L}/u.test(word.text)) close();
    else words.push(word);
  }
  close();
  return found;
}

const nameOf = ({ words }: Candidate): string => words.map(({ text }) => text).join(' ');

/**
 * Phrases that say what texts are about. A word counts by how many words it stands with (its degree), a phrase by all its words,
 * as in RAKE, and, since what matters is said again, by how often it occurs. Scores are shares of the best.
 */
export function keyPhrasesIn(texts: readonly string[], stopWords: ReadonlySet<string>): Phrase[][] {
  const isStop = (word: string): boolean => stopWords.has(word) || word.length < 2;
  const candidates = texts.flatMap((text, of) => candidatesIn(text, of, isStop));
  const degree = new Map<string, number>();
  const times = new Map<string, number>();
  for (const candidate of candidates) {
    for (const { text } of candidate.words) degree.set(text, (degree.get(text) ?? 0) + candidate.words.length);
    times.set(nameOf(candidate), (times.get(nameOf(candidate)) ?? 0) + 1);
  }
  const scored = candidates.map((candidate) => {
    const degrees = candidate.words.reduce((sum, { text }) => sum + (degree.get(text) ?? 0), 0);
    return { candidate, score: degrees * (times.get(nameOf(candidate)) ?? 1) };
  });
  const best = scored.reduce((most, { score }) => Math.max(most, score), 1);
  const phrases: Phrase[][] = texts.map(() => []);
  for (const { candidate, score } of scored) {
    const [first, last] = [candidate.words[0], candidate.words.at(-1)];
    if (first && last) phrases[candidate.of]?.push({ start: first.start, end: last.end, score: score / best });
  }
  return phrases;
}
