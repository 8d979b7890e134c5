import { z } from 'zod';
import type { ColumnProfile, Profile } from './profile.ts';

/**
 * What is kept of a profile: what a shift is told by, and nothing that tells a value. Names of columns and frequent values are
 * keyed hashes, as a file without a header may have a person in either.
 */
export const KeptProfile = z.object({
  /** Of the bytes that were profiled. */
  contentHash: z.string(),
  at: z.number(),
  rows: z.number(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['integer', 'number', 'boolean', 'date', 'time', 'text']),
      empty: z.number(),
      mean: z.number().exactOptional(),
      deviation: z.number().exactOptional(),
      top: z.array(z.object({ value: z.string(), count: z.number() })).exactOptional(),
    }),
  ),
});
export type KeptProfile = z.infer<typeof KeptProfile>;
export type KeptColumn = KeptProfile['columns'][number];

/** The mean of fewer values is nearly one of them. */
const MANY = 10;

/** `hash` is keyed: without the key, guessing a value proves nothing. */
export function keptProfile(
  { rows, columns }: Profile,
  { contentHash, at, hash }: { contentHash: string; at: number; hash: (text: string) => string },
): KeptProfile {
  const kept = ({ name, type, empty, mean, deviation, top }: ColumnProfile): KeptColumn => ({
    name: hash(name),
    type,
    empty,
    ...(mean !== undefined && deviation !== undefined && rows - empty >= MANY && { mean, deviation }),
    ...(top && { top: top.map(({ value, count }) => ({ value: hash(value), count })) }),
  });
  return { contentHash, at, rows, columns: columns.map(kept) };
}
