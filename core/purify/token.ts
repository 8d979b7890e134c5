import { fold } from '../embedding/lexical/folding.ts';
import type { Keys } from '../ports/index.ts';

const LENGTH = 12;

/** Another way of writing the same value: case, accents, blanks and the signs between figures say nothing. */
const normal = (value: string): string =>
  fold(value)
    .replace(/[^\p{L}\p{N}@]+/gu, /\p{L}/u.test(value) ? ' ' : '')
    .trim();

/** A name for a value that nobody can turn back without the key, and that is the same wherever the value stands. */
export const tokenOf = (keys: Keys, type: string, value: string): string =>
  `[${type}_${keys.hash('pii-token', `${type}\u0000${normal(value)}`).slice(0, LENGTH)}]`;
