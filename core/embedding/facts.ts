import type { Config } from '#schemas/config.ts';
import { embeddingModel } from '#schemas/models.ts';
import type { EmbedderFacts } from '../ports/embedder.ts';

/** Another table or other features are another model. */
export const LEXICAL_MODEL = 'sluice-lexical-1';
export const LEXICAL_DESCRIPTION = 'built in, offline, lexical: near is what shares words or parts of words';

/**
 * What an embedder of this configuration says of itself, without the embedder: for stages that plan and compare vectors
 * and make none. Binary vectors are another model, so that they are never compared with the others.
 */
export function embedderFacts({ model, dimensions, encoding }: Config['embedding']): EmbedderFacts {
  const { id } = embeddingModel(model);
  if (id === undefined) return { model: LEXICAL_MODEL, dimensions, description: LEXICAL_DESCRIPTION };
  const binary = encoding === 'binary';
  return {
    model: binary ? `${id}/binary` : id,
    dimensions,
    description: `Amazon Bedrock, by meaning${binary ? ', a sign for each dimension' : ''}`,
  };
}
