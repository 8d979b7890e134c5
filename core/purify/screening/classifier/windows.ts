import { featuresOf } from './features.ts';

/** Weights of hashed features; their number is a power of two. */
export type Weights = { values: Int8Array | Float32Array; scale: number; bias: number };

/** A stretch of words and how much it looks like an instruction to a model, in log odds. */
export type Judged = { start: number; end: number; logit: number };

/** Words of a window and of the step to the next: a planted sentence fills the small one, a long role play the large one. */
export const WINDOWS = [
  { words: 20, step: 5 },
  { words: 64, step: 16 },
] as const;

/** Texts are judged piece by piece, so that a long one costs no more memory than a short one. */
const PIECE = 60_000;
const SHARED = 600;

/** Every window of a text with its log odds. */
export function judgeWindows(text: string, weights: Weights, judged: (window: Judged) => void): void {
  for (let from = 0; from < text.length; from += PIECE - SHARED) {
    judgePiece(text.slice(from, from + PIECE), from, weights, judged);
    if (from + PIECE >= text.length) break;
  }
}

function judgePiece(text: string, offset: number, { values, scale, bias }: Weights, judged: (window: Judged) => void): void {
  const mask = values.length - 1;
  // Running sums by word: the sum of a window is a difference of two.
  const sums: number[] = [0];
  const counts: number[] = [0];
  let sum = 0;
  let count = 0;
  let last = 0;
  const starts = featuresOf(text, (hash, token) => {
    while (last < token) {
      last++;
      sums.push(sum);
      counts.push(count);
    }
    sum += values[hash & mask] ?? 0;
    count++;
  });
  sums.push(sum);
  counts.push(count);
  for (const { words, step } of WINDOWS) {
    for (let first = 0; first < starts.length; first += step) {
      const end = Math.min(starts.length, first + words);
      const features = (counts[end] ?? 0) - (counts[first] ?? 0);
      const logit = bias + (scale * ((sums[end] ?? 0) - (sums[first] ?? 0))) / Math.sqrt(Math.max(features, 20));
      judged({ start: offset + (starts[first] ?? 0), end: offset + (starts[end] ?? text.length), logit });
      if (end === starts.length) break;
    }
  }
}
