import type { Head } from '#schemas/records/head.ts';

/** Chunks that searches may find. What was put back, or is about to be removed, has its own until it is carried out. */
export const servedChunks = ({ removed, committed }: Pick<Head, 'removed' | 'committed'>): number =>
  removed ? 0 : (committed?.chunks ?? 0);
