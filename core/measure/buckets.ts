/**
 * Times are kept as counts of buckets that grow by a quarter each, so that percentiles of any stretch of time can be told
 * to within an eighth from a few rows.
 */
const GROWTH = Math.log(1.25);
const NONE = -1_000;

export const bucketOf = (value: number): number => (value > 0 ? Math.ceil(Math.log(value) / GROWTH) : NONE);

/** The middle of a bucket, on its own scale. */
const middleOf = (bucket: number): number => (bucket === NONE ? 0 : Math.exp((bucket - 0.5) * GROWTH));

/** The value below which this share of all values lies; undefined when there are none. */
export function percentile(counts: ReadonlyMap<number, number>, share: number): number | undefined {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [bucket, count] of sorted) {
    seen += count;
    if (seen >= all * share) return middleOf(bucket);
  }
  return undefined;
}
