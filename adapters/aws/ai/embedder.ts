import { lexicalEmbedder } from '#core/embedding/lexical-embedder.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import type { AwsContext } from '../context.ts';
import { bedrockEmbedder } from './bedrock-embedder.ts';
import { callServiceOf, homeRegion } from './call-service.ts';

/** The embedder that the configuration names, for functions that embed. */
export function embedderOf(context: AwsContext): Embedder {
  const { embedding, budgets } = context.config;
  if (embedding.model === 'lexical') return lexicalEmbedder({ dimensions: embedding.dimensions });
  return bedrockEmbedder({ embedding, budget: budgets.embedding, home: homeRegion(), callService: callServiceOf(context) });
}
