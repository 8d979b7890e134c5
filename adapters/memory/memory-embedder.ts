import { createHash } from 'node:crypto';
import type { Embedder } from '#core/ports/embedder.ts';
import { countWords, wordsOf } from './words.ts';

/** What a text without a word stands for; no word is the empty one. */
const NO_WORD = '';

/** Each word's own direction: a dimension and a sign by its hash. */
function directionOf(word: string, dimensions: number): { at: number; sign: number } {
  const hash = createHash('sha256').update(word).digest();
  return { at: hash.readUInt32LE(0) % dimensions, sign: (hash[4] ?? 0) % 2 === 0 ? 1 : -1 };
}

function embedText(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  const words = wordsOf(text);
  for (const [word, count] of countWords(words.length > 0 ? words : [NO_WORD])) {
    const { at, sign } = directionOf(word, dimensions);
    vector[at] = (vector[at] ?? 0) + sign * count;
  }
  const length = Math.hypot(...vector);
  if (length > 0) return vector.map((x) => x / length);
  // Words of opposite signs met in every dimension: the text as a whole gives the direction.
  vector[directionOf(text, dimensions).at] = 1;
  return vector;
}

/** Words hashed into a vector: texts that share words are near, and that is all it knows. */
export const memoryEmbedder = ({ dimensions = 64, model = 'words' } = {}): Embedder => ({
  model,
  dimensions,
  description: 'hashed words, lexical only',
  embed: async (texts) => texts.map((text) => embedText(text, dimensions)),
});
