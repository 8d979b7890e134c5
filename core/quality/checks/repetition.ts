import { limits } from '../check.ts';
import { type TextCheck, wordsOf } from '../subject.ts';

const ENOUGH = 200;
const MOST = 20_000;
const WORDS = 5;
/** A text that says everything three times over. */
const USUAL = 1 / 3;

/** How much of the prose is said for the first time: the share of different runs of five words (shingles; Broder, 1997). */
export const repetition: TextCheck = {
  name: 'repetition',
  isDefect: true,
  limits: limits({ weight: 1, warn: 0.4 }),
  judge({ prose }) {
    const words = wordsOf(prose).slice(0, MOST);
    if (words.length < ENOUGH) return undefined;
    const runs = words.length - WORDS + 1;
    const different = new Set(Array.from({ length: runs }, (_, i) => words.slice(i, i + WORDS).join(' '))).size;
    const share = different / runs;
    return { score: Math.min(1, share / USUAL), message: `${Math.round(share * 100)} % of its runs of ${WORDS} words are different` };
  },
};
