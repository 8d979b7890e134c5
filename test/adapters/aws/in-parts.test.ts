import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inParts } from '#adapters/aws/messaging/in-parts.ts';

it('puts everything into parts that a request takes, in order, and wastes none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 12 })),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 20 }),
      (all, count, bytes) => {
        const parts = inParts(all, { count, bytes }, (one) => one);
        const sizeOf = (part: readonly number[]): number => part.reduce((sum, one) => sum + one, 0);
        expect(parts.flat()).toEqual(all);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(count);
          expect(part.length === 1 || sizeOf(part) <= bytes).toBe(true);
        }
        for (const [i, part] of parts.entries()) {
          const next = parts[i + 1]?.[0];
          if (next !== undefined) expect(part.length === count || sizeOf(part) + next > bytes).toBe(true);
        }
      },
    ),
  );
});
