import { meanConfidence, sureLetters, type Word } from './lines.ts';
import { type Raster, scaled, turned } from './raster.ts';

/**
 * Below this mean nothing was read, only guessed: print that stands on its head, or none. Of the receipts that OCR is
 * measured on, upright ones have 0.47 to 0.96, those on their head 0.17 to 0.35.
 */
const GUESSED = 0.45;
const READ = 0.55;
/** Letters that are surely read the other way round, for each that was upright. */
const TIMES_SURER = 1.5;
/** Dots of a smaller picture that shows well enough which way is up. */
const GLANCE_DOTS = 1_500_000;

/** Words of fewer letters may well be taller than wide. */
const MARKS = 3;

export const isGuessed = (words: readonly Word[]): boolean => meanConfidence(words) < GUESSED;

/** Whether text runs from top to bottom, which the recogniser reads by itself: most of its words are taller than wide. */
function isUpended(words: readonly Word[]): boolean {
  const long = words.filter(({ text }) => text.length >= MARKS);
  const standing = long.filter(({ left, top, right, bottom }) => bottom - top > right - left);
  return standing.length * 2 > long.length;
}

/**
 * Quarters of a circle, clockwise, that bring a picture upright, by what was read of it as it lies; it is looked at once more,
 * on its head and small, where that was mere guessing.
 */
export function quartersToUpright(raster: Raster, words: readonly Word[], read: (raster: Raster) => Word[]): number {
  if (words.length === 0) return 0;
  if (!isGuessed(words)) return isUpended(words) ? 3 : 0;
  const glance = scaled(raster, Math.min(1, Math.sqrt(GLANCE_DOTS / (raster.width * raster.height))));
  const half = read(turned(glance, 2));
  if (meanConfidence(half) < READ || sureLetters(half) <= TIMES_SURER * sureLetters(words)) return 0;
  return isUpended(half) ? 1 : 2;
}
