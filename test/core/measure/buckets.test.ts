import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, percentile } from '#core/measure/buckets.ts';

const counted = (values: readonly number[]): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1);
  return counts;
};

describe('a percentile of counted buckets', () => {
  it('is within an eighth of the one of the values', () => {
    const values = fc.array(fc.double({ min: 0.001, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.95), (all, share) => {
        const sorted = [...all].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
        const told = percentile(counted(all), share) ?? Number.NaN;
        expect(Math.abs(told / exact - 1)).toBeLessThan(0.126);
      }),
    );
  });

  it('of no time at all is none at all', () => {
    expect(percentile(counted([0, 0, 0, 5]), 0.5)).toBe(0);
    expect(percentile(counted([]), 0.5)).toBeUndefined();
  });
});
