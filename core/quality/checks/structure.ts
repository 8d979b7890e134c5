import { elementText } from '../../document-text.ts';
import { limits } from '../check.ts';
import type { TextCheck } from '../subject.ts';

/** Shorter ones need no structure. */
const LONG = 4_000;
/** A page and a half in one piece. */
const WALL = 5_000;
const MANY = 60;

function median(sizes: readonly number[]): number {
  return [...sizes].sort((a, b) => a - b)[sizes.length >> 1] ?? 0;
}

/** Whether a long document is divided as one that somebody wrote: neither one wall of text nor crumbs of a letter or two. */
export const structure: TextCheck = {
  name: 'structure',
  isDefect: true,
  limits: limits({ weight: 0.5, warn: 0.4 }),
  judge({ content, text }) {
    if (text.length < LONG) return undefined;
    const sizes = content.filter(({ kind }) => kind !== 'table' && kind !== 'code').map((element) => elementText(element).length);
    const longest = Math.max(0, ...sizes);
    const wall = longest > WALL ? longest / text.length : 0;
    const crumbs = sizes.length >= MANY && median(sizes) <= 2 ? 1 : 0;
    const message = `${content.length} parts, the longest has ${longest} of ${text.length} characters`;
    return { score: crumbs ? 0 : Math.min(1, (1 - wall) * 2), message };
  },
};
