/** What an embedder says of itself. */
export type EmbedderFacts = {
  /** Name and version; an index never mixes two. */
  readonly model: string;
  readonly dimensions: number;
  /** What a user should know about the model's nature, in a few words. */
  readonly description: string;
};

/**
 * Turns texts into vectors. `embed` is pure: the vector of a text depends on the text, the purpose, the model and the
 * dimensions alone, so vectors are cached for ever. Vectors are of unit length, one for each text, in order; only a
 * query in which there is nothing to look for may be all zeros, which is near to nothing.
 * Throws a retryable error when the model is out of reach or throttles, and `too-large` for a text that it refuses;
 * it never cuts a text silently.
 */
export type Embedder = EmbedderFacts & {
  embed(texts: readonly string[], purpose: 'document' | 'query'): Promise<Float32Array[]>;
};
