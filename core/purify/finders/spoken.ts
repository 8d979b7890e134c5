import type { Span } from '../../ports/pii.ts';
import { luhn, varied } from './checksums.ts';
import { PHONE_WORDS } from './contact.ts';
import { BANK_WORDS, CARD_WORDS } from './finance.ts';
import { ENOUGH, IN_CONTEXT, type WordTest, words } from './finder.ts';

/** Figures as they are said. */
const SAID = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const FIGURES = new Map([...SAID.map((word, figure) => [word, String(figure)] as const), ['oh', '0']]);
const TIMES = new Map([
  ['double', 2],
  ['triple', 3],
]);

const FIGURE = `(?:(?:double|triple) )?(?:${[...FIGURES.keys()].join('|')})(?!\\p{L})`;
/** Three in a row: fewer are counted in any text. */
const RUN = new RegExp(`(?<!\\p{L})${FIGURE}(?:[ ,-]{1,2}${FIGURE}){2,40}`, 'giu');

function figuresOf(run: string): string {
  let figures = '';
  let times = 1;
  for (const [word] of run.toLowerCase().matchAll(/\p{L}+/gu)) {
    const said = FIGURES.get(word);
    if (said !== undefined) figures += said.repeat(times);
    times = said === undefined ? (TIMES.get(word) ?? 1) : 1;
  }
  return figures;
}

/** `one two three four`: each the next of the one before. */
const isCounting = (figures: string): boolean => '01234567890 09876543210'.includes(figures);

/** What is said before a number, how many figures it has, and what it is then. */
const KINDS: readonly { type: string; before: WordTest; least: number; most: number }[] = [
  { type: 'SECRET', before: words('cvv', 'cvc', '(?:card )?security code'), least: 3, most: 4 },
  { type: 'PASSWORD', before: words('pin\\b', 'pass ?(?:code|word)'), least: 4, most: 8 },
  { type: 'US_SSN', before: words('social\\b', 'ssn\\b'), least: 9, most: 9 },
  { type: 'CREDIT_CARD', before: CARD_WORDS, least: 12, most: 19 },
  { type: 'US_BANK_NUMBER', before: BANK_WORDS, least: 8, most: 17 },
  { type: 'PHONE_NUMBER', before: PHONE_WORDS, least: 7, most: 15 },
];
const BEFORE = 70;
/** So many that are not counted are somebody's number, whatever is said before. */
const [LEAST_ALONE, MOST_ALONE] = [10, 12];

function kindOf(figures: string, before: string): Pick<Span, 'type' | 'score'> | undefined {
  const { length } = figures;
  if (length >= 13 && length <= 19 && luhn(figures) && varied(figures)) return { type: 'CREDIT_CARD', score: IN_CONTEXT };
  const told = KINDS.find((kind) => length >= kind.least && length <= kind.most && kind.before.test(before));
  if (told) return { type: told.type, score: IN_CONTEXT };
  const isAlone = length >= LEAST_ALONE && length <= MOST_ALONE && !isCounting(figures) && varied(figures);
  return isAlone ? { type: 'PHONE_NUMBER', score: ENOUGH } : undefined;
}

/** The end of one figure and two more: most texts have none, and are passed over twice as fast as by whole words. */
const MAY_BE =
  /(?:ro|oh|ne|wo|ee|ur|ve|ix|en|ht)[ ,-]{1,2}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)[ ,-]{1,2}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)/;

/** Numbers that are said figure by figure in English, as in the transcript of a call. */
export function findSpoken(text: string): Span[] {
  if (!MAY_BE.test(text)) return [];
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index: start }) => {
    const kind = kindOf(figuresOf(run), text.slice(Math.max(0, start - BEFORE), start));
    return kind ? [{ start, end: start + run.length, ...kind }] : [];
  });
}
