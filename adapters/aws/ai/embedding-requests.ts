import { z } from 'zod';
import type { Config } from '#schemas/config.ts';
import { type EmbeddingModel, embeddingModel } from '#schemas/models.ts';

/** How a model is asked for vectors, and what it answers. */
export type EmbeddingRequest = {
  body(texts: readonly string[], purpose: 'document' | 'query'): object;
  /** One vector for each text, in order, of any length. */
  vectors(answer: unknown): number[][];
};

const Vector = z.array(z.number());

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
const TitanAnswer = z.object({ embeddingsByType: z.object({ float: Vector.optional(), binary: Vector.optional() }) });

const titan = ({ dimensions, encoding }: Config['embedding']): EmbeddingRequest => ({
  body: ([inputText]) => ({ inputText, dimensions, normalize: true, embeddingTypes: [encoding] }),
  vectors(answer) {
    const { embeddingsByType } = TitanAnswer.parse(answer);
    // A bit is a direction: with signs, cosine ranks as Hamming distance does.
    const signs = embeddingsByType.binary?.map((bit) => (bit > 0 ? 1 : -1));
    return [(encoding === 'binary' ? signs : embeddingsByType.float) ?? []];
  },
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v3.html and ...-v4.html */
const CohereAnswer = z.object({ embeddings: z.union([z.object({ float: z.array(Vector) }), z.array(Vector)]) });

const cohere = (more: object): EmbeddingRequest => ({
  body: (texts, purpose) => ({
    texts,
    input_type: purpose === 'query' ? 'search_query' : 'search_document',
    truncate: 'NONE',
    embedding_types: ['float'],
    ...more,
  }),
  vectors(answer) {
    const { embeddings } = CohereAnswer.parse(answer);
    return Array.isArray(embeddings) ? embeddings : embeddings.float;
  },
});

const REQUESTS: Record<EmbeddingModel['request'], ((embedding: Config['embedding']) => EmbeddingRequest) | undefined> = {
  'built-in': undefined,
  titan,
  'cohere-v3': () => cohere({}),
  'cohere-v4': ({ dimensions }) => cohere({ output_dimension: dimensions }),
};

export function embeddingRequest(embedding: Config['embedding']): EmbeddingRequest {
  const make = REQUESTS[embeddingModel(embedding.model).request];
  if (!make) throw new Error(`${embedding.model} is no model of Bedrock`);
  return make(embedding);
}
