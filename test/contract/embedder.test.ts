import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import { lexicalEmbedder } from '#core/embedding/lexical-embedder.ts';
import type { Embedder } from '#core/ports/embedder.ts';

const EMBEDDERS: [name: string, make: (dimensions: number) => Embedder][] = [
  ['memory', (dimensions) => memoryEmbedder({ dimensions })],
  ['lexical', (dimensions) => lexicalEmbedder({ dimensions })],
];

const lengthOf = (vector: Float32Array): number => Math.hypot(...vector);
const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

describe.each(EMBEDDERS)('the embedder, %s', (_, make) => {
  const embedder = make(128);
  const one = async (text: string, purpose: 'document' | 'query' = 'document'): Promise<Float32Array> => {
    const [vector] = await embedder.embed([text], purpose);
    if (!vector) throw new Error('no vector');
    return vector;
  };

  it('says what it is', () => {
    expect(embedder.model).not.toBe('');
    expect(embedder.description).not.toBe('');
    expect(embedder.dimensions).toBe(128);
  });

  it('gives nothing for nothing', async () => {
    expect(await embedder.embed([], 'document')).toEqual([]);
  });

  it('gives each text one vector of its dimensions and of unit length, but for a query in which there is nothing to look for', async () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.lorem(), fc.constantFrom('', ' ', '!?', '的', '12 12')), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom('document' as const, 'query' as const), async (some, purpose) => {
        const vectors = await embedder.embed(some, purpose);
        expect(vectors).toHaveLength(some.length);
        for (const vector of vectors) {
          expect(vector).toHaveLength(128);
          const length = lengthOf(vector);
          if (purpose === 'document' || length > 0) expect(length).toBeCloseTo(1, 4);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([64, 384, 1_000])('gives vectors of %i dimensions', async (dimensions) => {
    const [vector] = await make(dimensions).embed(['pump'], 'document');
    expect(vector).toHaveLength(dimensions);
  });

  it('gives a text the same vector in whatever company, and from another instance', async () => {
    const alone = await one('The pump leaks.');
    const [, among] = await embedder.embed(['Other text', 'The pump leaks.', 'and more'], 'document');
    const [other] = await make(128).embed(['The pump leaks.'], 'document');
    expect(among).toEqual(alone);
    expect(other).toEqual(alone);
  });

  it('puts texts that share words nearer than texts that share none', async () => {
    const query = await one('circulation pump pressure', 'query');
    const near = cosine(query, await one('The pressure of the circulation pump is too low.'));
    const far = cosine(query, await one('Holidays are requested in writing two weeks ahead.'));
    expect(near).toBeGreaterThan(far);
  });

  it('keeps its vectors apart: changing one changes no other', async () => {
    const first = await one('pump');
    first.fill(0);
    expect(lengthOf(await one('pump'))).toBeCloseTo(1, 4);
  });
});
