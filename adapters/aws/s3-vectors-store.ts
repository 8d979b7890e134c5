import { SluiceError } from '#core/errors.ts';
import type { VectorStore } from '#core/ports/indexes.ts';
import type { AwsContext } from './context.ts';
import type { StoredEmbeddings } from './dynamo/dynamo-embeddings.ts';
import { s3VectorIndex, type VectorEntry, type VectorIndex } from './s3-vector-index.ts';

/** Keys cannot be listed by document, so it does not prune: what a lost deletion leaves is never served, and reconcile finds it. */
export const s3VectorsStore = (index: Pick<VectorIndex, 'put' | 'delete'>, cache: Pick<StoredEmbeddings, 'get'>): VectorStore => ({
  async upsert(entries) {
    const vectors = await cache.get(entries.map(({ embedding }) => embedding));
    const found = entries.flatMap(({ key, embedding, source }): VectorEntry[] => {
      const vector = vectors.get(embedding);
      return vector ? [{ key, vector, source }] : [];
    });
    if (found.length < entries.length)
      throw new SluiceError(
        'conflict',
        `writing vectors: ${entries.length - found.length} of ${entries.length} are not in the embedding cache`,
      );
    await index.put(found);
  },
  delete: (keys) => index.delete(keys),
});

/** The deployed vector store, for a function that writes to it. */
export const s3Vectors = ({ environment, embeddings }: AwsContext): VectorStore =>
  s3VectorsStore(s3VectorIndex(environment.of('vectors')), embeddings());
