import { embedderFacts } from '#core/embedding/facts.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import type { AwsContext } from '../context.ts';

/** What is known of the configured embedder, for functions that plan or write vectors: their bundles carry no client. */
export const factsOnlyEmbedder = ({ config, environment }: AwsContext): Embedder => ({
  ...embedderFacts(config.embedding),
  async embed() {
    throw new Error(`the function ${environment.function} embeds nothing: it was made without an embedder`);
  },
});
