import { PHRASES } from './match-rules.ts';
import { WORDS } from './rules/words.ts';

/** Of what is longer no more is told apart. */
const MOST = 2_000;
/** A letter that belongs to no known word costs more than any two words. */
const UNKNOWN = 3;

type Vocabulary = { words: ReadonlySet<string>; stems: ReadonlySet<string>; longest: number };

let vocabulary: Vocabulary | undefined;

/** The words that phrases are made of, and the beginnings of those that may go on. */
function vocabularyOf(): Vocabulary {
  const written = [...Object.values(WORDS), ...PHRASES.map(({ says }) => says)].flatMap((text) => text.match(/[\p{Ll}']+\*?/gu) ?? []);
  const stems = new Set(written.flatMap((word) => (word.endsWith('*') && word.length > 4 ? word.slice(0, -1) : [])));
  const words = new Set([...written.filter((word) => word.length > 1 && !word.endsWith('*')), ...stems, 'a', 'the', 'and']);
  return { words, stems, longest: Math.max(...[...words].map((word) => word.length)) };
}

/** Letters without blanks as the words that they most likely are: those of phrases, and what stands between these. */
export function wordsApart(letters: string): string {
  vocabulary ??= vocabularyOf();
  const { words, stems, longest } = vocabulary;
  const known = letters.slice(0, MOST);
  const best = [{ cost: 0, from: 0, isWord: false }];
  for (let end = 1; end <= known.length; end++) {
    let way = { cost: (best[end - 1]?.cost ?? 0) + UNKNOWN, from: end - 1, isWord: false };
    for (let from = Math.max(0, end - longest); from < end; from++) {
      const cost = (best[from]?.cost ?? 0) + 1;
      if (cost < way.cost && words.has(known.slice(from, end))) way = { cost, from, isWord: true };
    }
    best.push(way);
  }
  const parts: string[] = [];
  let unknown = '';
  for (let end = known.length; end > 0; ) {
    const { from, isWord } = best[end] ?? { from: end - 1, isWord: false };
    const part = known.slice(from, end);
    if (isWord) {
      if (unknown !== '') parts.unshift(stems.has(part) ? `${part}${unknown}` : `${part} ${unknown}`);
      else parts.unshift(part);
      unknown = '';
    } else unknown = `${part}${unknown}`;
    end = from;
  }
  return [...(unknown === '' ? [] : [unknown]), ...parts].join(' ') + letters.slice(MOST);
}
