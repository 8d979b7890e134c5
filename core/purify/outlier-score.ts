/** So many of a document's nearest neighbours say how much it belongs to them. */
const NEAREST = 3;
/** So many usual deviations below what is usual are certainly another subject; half of them, as likely as not. */
const FAR = 5;
/** In a source of copies the smallest difference would be far. */
const LEAST_DEVIATION = 0.03;

/** Cosine of two vectors, whatever their lengths. */
function likeness(a: Int8Array, b: Int8Array): number {
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    const [x = 0, y = 0] = [a[i], b[i]];
    dot += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? 0 : dot / Math.sqrt(squareA * squareB);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** How near a document is to its nearest neighbours among others. */
function belonging(one: Int8Array, others: readonly Int8Array[]): number {
  const near = others
    .map((other) => likeness(one, other))
    .sort((a, b) => b - a)
    .slice(0, NEAREST);
  return near.reduce((sum, value) => sum + value, 0) / Math.max(1, near.length);
}

/** How much a document is about something else than those of its source, 0..1, by what is usual between them. */
export function outlierScore(one: Int8Array, sample: readonly Int8Array[]): number {
  const usual = sample.map((other, i) => belonging(other, sample.toSpliced(i, 1)));
  const middle = median(usual);
  const deviation = Math.max(LEAST_DEVIATION, 1.4826 * median(usual.map((value) => Math.abs(value - middle))));
  return Math.min(1, Math.max(0, (middle - belonging(one, sample)) / deviation / FAR));
}
