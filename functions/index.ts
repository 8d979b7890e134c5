import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { s3VectorIndex } from '#adapters/aws/s3-vector-index.ts';
import { s3VectorsStore } from '#adapters/aws/s3-vectors-store.ts';
import { index } from '#core/stages/index-chunks.ts';

export const handler = stageHandler(index, {
  vectors: ({ environment, embeddings }) => s3VectorsStore(s3VectorIndex(environment.of('vectors')), embeddings()),
});
