import type { Embedder } from '../ports/embedder.ts';
import { LEXICAL_DESCRIPTION, LEXICAL_MODEL } from './facts.ts';
import { FeatureCounts } from './lexical/feature-counts.ts';
import { featuresOf } from './lexical/features.ts';

/** How slowly a repeated feature adds up: from 1 at its first occurrence to 1 + this. */
const SATURATION = 6;

/**
 * The built-in embedder: a text's words, their beginnings and their parts, weighted by how rare they are in their
 * language, each at a place and with a sign that its hash says (Weinberger et al., ICML 2009). Near is what shares
 * words, not what means the same. A vector depends on nothing but its text and the dimensions; only additions,
 * multiplications and square roots are used, which every machine rounds alike.
 */
export function lexicalEmbedder({ dimensions }: { dimensions: number }): Embedder {
  const counts = new FeatureCounts();
  const sum = new Float64Array(dimensions);
  const add = (hash: number, weight: number): void => counts.add(hash, weight);
  const embedOne = (text: string, purpose: 'document' | 'query', weightOf: (mixed: number) => number): Float32Array => {
    sum.fill(0);
    featuresOf(text, weightOf, add);
    counts.drain((key, count, weight) => {
      const value = (weight * count * (1 + SATURATION)) / (count + SATURATION);
      const at = key % dimensions;
      sum[at] = (sum[at] ?? 0) + (Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) < 0 ? -value : value);
    });
    return unit(sum, purpose === 'document');
  };
  return {
    model: LEXICAL_MODEL,
    dimensions,
    description: LEXICAL_DESCRIPTION,
    async embed(texts, purpose) {
      const weightOf = await wordWeights();
      return texts.map((text) => embedOne(text, purpose, weightOf));
    },
  };
}

let loaded: Promise<(mixed: number) => number> | undefined;
/** One table for all embedders of a process, loaded by the first text. */
const wordWeights = (): Promise<(mixed: number) => number> => {
  loaded ??= import('./lexical/word-weights.ts').then(({ loadWordWeights }) => loadWordWeights());
  return loaded;
};

/** At length one; of a text without any feature along the first axis where it must have a length (stores refuse zeros), else zeros. */
function unit(sum: Float64Array, mustHaveLength: boolean): Float32Array {
  let square = 0;
  for (const value of sum) square += value * value;
  const vector = new Float32Array(sum.length);
  if (square === 0) vector[0] = mustHaveLength ? 1 : 0;
  else {
    const scale = 1 / Math.sqrt(square);
    for (let i = 0; i < vector.length; i++) vector[i] = (sum[i] ?? 0) * scale;
  }
  return vector;
}
