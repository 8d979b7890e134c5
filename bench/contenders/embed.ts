import { lexicalEmbedder } from '../../core/embedding/lexical-embedder.ts';
import { DIMENSIONS } from '../settings.ts';

export const embedder = lexicalEmbedder({ dimensions: DIMENSIONS });

/** The same vectors as the arrays of numbers that both peers' interfaces ask for. */
export const embedAsNumbers = async (texts: readonly string[]): Promise<number[][]> =>
  (await embedder.embed([...texts], 'document')).map((vector) => Array.from(vector));
