import type { Element } from '#schemas/records/extracted.ts';

/** How a document itself writes the words that its line ends split. */
export type Vocabulary = { whole: ReadonlySet<string>; hyphenated: ReadonlySet<string> };

const SPLIT = /(?<=\p{L})-\n(?=\p{L})/gu;
const WORD = /[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*/gu;
/** Enough text to know an author's spelling by. */
const SAMPLE = 4_000_000;
/** Longest part of a word that is looked at on either side of a hyphen. */
const REACH = 40;

/** First parts that English writes with a hyphen as a rule. */
const HYPHENATING = new Set(
  'all cross ex half high least long low mid mother non post pre quasi self semi short so three two well'.split(' '),
);

/** The spellings that decide about a document's split words; undefined if no line end splits one. */
export function vocabularyFor(elements: readonly Element[]): Vocabulary | undefined {
  const texts = elements
    .filter((element) => element.kind !== 'code' && element.kind !== 'table')
    .map((element) => ('text' in element ? element.text : ''));
  const wanted = new Set(texts.flatMap((text) => [...text.matchAll(SPLIT)].flatMap(({ index }) => Object.values(spellings(text, index)))));
  if (wanted.size === 0) return undefined;
  const whole = new Set<string>();
  const hyphenated = new Set<string>();
  let budget = SAMPLE;
  for (const text of texts) {
    if (budget <= 0) break;
    for (const [word] of text.slice(0, budget).matchAll(WORD)) {
      const lower = word.toLowerCase();
      if (wanted.has(lower)) (lower.includes('-') ? hyphenated : whole).add(lower);
    }
    budget -= text.length;
  }
  return { whole, hyphenated };
}

/** The text with the words whole that a hyphen and a line end split; a hyphen that belongs to the word stays. */
export function joinHyphenated(text: string, vocabulary: Vocabulary): string {
  return text.replace(SPLIT, (_, at: number) => (keepsHyphen(text, at, vocabulary) ? '-' : ''));
}

function keepsHyphen(text: string, at: number, { whole, hyphenated }: Vocabulary): boolean {
  const { joined, kept } = spellings(text, at);
  if (hyphenated.has(kept)) return true;
  if (whole.has(joined)) return false;
  // A capital after the hyphen begins a name (Jean-Paul), a second hyphen a phrase (state-of-the-art).
  const first = kept.slice(0, kept.lastIndexOf('-'));
  return /^\p{Lu}/u.test(text.slice(at + 2, at + 4)) || first.includes('-') || HYPHENATING.has(first);
}

/** Both ways to write the word around the hyphen at `at`, in lower case. */
function spellings(text: string, at: number): { joined: string; kept: string } {
  const before = /[\p{L}\p{M}\p{N}-]*$/u.exec(text.slice(Math.max(0, at - REACH), at))?.[0] ?? '';
  const after = /^[\p{L}\p{M}\p{N}]*/u.exec(text.slice(at + 2, at + 2 + REACH))?.[0] ?? '';
  return { joined: (before + after).toLowerCase(), kept: `${before}-${after}`.toLowerCase() };
}
