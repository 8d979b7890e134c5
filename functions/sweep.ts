import { s3VectorIndex } from '#adapters/aws/s3-vector-index.ts';
import { s3VectorsStore } from '#adapters/aws/s3-vectors-store.ts';
import { sweepHandler } from '#adapters/aws/sweep/sweep-handler.ts';

/** Writes no vectors, so it needs no cache; it deletes those that a function owed which died. */
export const handler = sweepHandler({
  vectors: ({ environment }) => s3VectorsStore(s3VectorIndex(environment.of('vectors')), { get: async () => new Map() }),
});
