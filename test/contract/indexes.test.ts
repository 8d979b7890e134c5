import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddingKey, VectorKey } from '#schemas/records/ids.ts';
import { headOf, manifestOf, newDocument, newEmbeddingKey, newVectorKey } from './make.ts';
import { DIMENSIONS, isAws, STORES, type Stores, type StoreTransaction } from './stores.ts';

/** A unit vector in a plane of the space. */
function at(degrees: number): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  vector[0] = Math.cos((degrees * Math.PI) / 180);
  vector[1] = Math.sin((degrees * Math.PI) / 180);
  return vector;
}

describe.each(STORES)('the indexes, %s', (_, open) => {
  let stores: Stores;
  let keys: VectorKey[] = [];
  const commit = async (write: (ports: StoreTransaction['ports']) => Promise<void>): Promise<void> => {
    const transaction = stores.begin();
    await write(transaction.ports);
    await transaction.commit();
  };
  /** Vectors at angles, under keys that grow with them. */
  const place = async (angles: readonly number[], source = 'files'): Promise<VectorKey[]> => {
    const document = newDocument();
    const made = angles.map(() => newVectorKey(document)).sort();
    const embeddings = angles.map(() => newEmbeddingKey());
    await commit(async ({ embeddings: cache, vectors }) => {
      await cache.put(embeddings.map((key, i) => ({ key, vector: at(angles[i] ?? 0) })));
      await vectors.upsert(made.map((key, i) => ({ key, embedding: embeddings[i] ?? newEmbeddingKey(), source })));
    });
    keys.push(...made);
    return made;
  };
  const index = async (texts: readonly (string | { path: string; text: string })[]): Promise<VectorKey[]> => {
    const document = newDocument();
    const made = texts.map(() => newVectorKey(document)).sort();
    const entries = texts.map((text, i) => ({
      key: made[i] ?? newVectorKey(),
      ...(typeof text === 'string' ? { path: '', text } : text),
    }));
    await commit(({ keywords }) => keywords.upsert(entries));
    keys.push(...made);
    return made;
  };
  const byKeywords = async (query: string, most = 10) => (await stores.search().byKeywords?.(query, most)) ?? [];

  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    await commit(async ({ vectors, keywords }) => {
      await vectors.delete(keys);
      await keywords.delete(keys);
    });
    keys = [];
  });

  describe('embedding cache', () => {
    it('tells which keys it has', async () => {
      const [known, unknown] = [newEmbeddingKey(), newEmbeddingKey()];
      await commit(({ embeddings }) => embeddings.put([{ key: known, vector: at(0) }]));
      await commit(({ embeddings }) => embeddings.put([{ key: known, vector: at(0) }]));
      const { embeddings } = stores.begin().ports;
      expect(await embeddings.has([known, unknown])).toEqual(new Set([known]));
      expect(await embeddings.has([])).toEqual(new Set());
    });

    // There what a model answered is kept at once, as the port allows: it is not paid for twice.
    it.skipIf(isAws)('has nothing of a transaction that does not commit', async () => {
      const key = newEmbeddingKey();
      await stores.begin().ports.embeddings.put([{ key, vector: at(0) }]);
      expect(await stores.begin().ports.embeddings.has([key])).toEqual(new Set());
    });

    it('keeps the first vector of a key: there is only one', async () => {
      const embedding: EmbeddingKey = newEmbeddingKey();
      const key = newVectorKey();
      keys.push(key);
      await commit(({ embeddings }) => embeddings.put([{ key: embedding, vector: at(0) }]));
      await commit(async ({ embeddings, vectors }) => {
        await embeddings.put([{ key: embedding, vector: at(90) }]);
        await vectors.upsert([{ key, embedding, source: 'files' }]);
      });
      expect((await stores.search().nearest(at(0), 1))[0]?.score).toBeCloseTo(1, 5);
    });
  });

  describe('vectors', () => {
    it('come nearest first, with their cosine', async () => {
      const [a, b, c] = await place([60, 0, 30]);
      const found = await stores.search().nearest(at(0), 10);
      expect(found.map(({ key }) => key)).toEqual([b, c, a]);
      expect(found.map(({ score }) => score)).toEqual([1, Math.cos(Math.PI / 6), 0.5].map((score) => expect.closeTo(score, 5)));
    });

    it('are at most as many as asked for, and the nearest of all', async () => {
      const made = await place([50, 10, 40, 20, 30]);
      expect((await stores.search().nearest(at(0), 2)).map(({ key }) => key)).toEqual([made[1], made[3]]);
      expect(await stores.search().nearest(at(0), 9_000)).toHaveLength(5);
    });

    it('at equal distance come in the order of their keys', async () => {
      const made = await place([45, 45, 45]);
      expect((await stores.search().nearest(at(0), 3)).map(({ key }) => key)).toEqual(made);
    });

    it('of one source come with all that it has, whatever else a store gives', async () => {
      await place([0, 5]);
      const wanted = await place([10, 20], 'wiki');
      const found = (await stores.search().nearest(at(0), 10, { source: 'wiki' })).map(({ key }) => key);
      expect(found.filter((key) => wanted.includes(key))).toEqual(wanted);
    });

    it('are not found when there are none', async () => {
      expect(await stores.search().nearest(at(0), 5)).toEqual([]);
    });

    it('are written once, however often', async () => {
      const [key, embedding] = [newVectorKey(), newEmbeddingKey()];
      keys.push(key);
      await commit(({ embeddings }) => embeddings.put([{ key: embedding, vector: at(0) }]));
      for (let i = 0; i < 2; i++) await commit(({ vectors }) => vectors.upsert([{ key, embedding, source: 'files' }]));
      expect(await stores.search().nearest(at(0), 5)).toEqual([{ key, score: expect.closeTo(1, 5) }]);
    });

    // S3 Vectors writes over what is there; a key names its text, so it is the same vector.
    it.skipIf(isAws)('stay what they were first', async () => {
      const [key] = await place([0]);
      const embedding = newEmbeddingKey();
      if (!key) throw new Error('a key');
      await commit(async ({ embeddings, vectors }) => {
        await embeddings.put([{ key: embedding, vector: at(90) }]);
        await vectors.upsert([{ key, embedding, source: 'files' }]);
      });
      const found = await stores.search().nearest(at(0), 5);
      expect(found).toEqual([{ key, score: expect.closeTo(1, 5) }]);
    });

    it('whose embedding is nowhere conflict, with all of their transaction', async () => {
      const head = headOf(newDocument());
      const transaction = stores.begin();
      await transaction.ports.ledger.put(head);
      await transaction.ports.vectors.upsert([{ key: newVectorKey(), embedding: newEmbeddingKey(), source: 'files' }]);
      await expect(transaction.commit()).rejects.toMatchObject({ code: 'conflict' });
      expect(await stores.begin().ports.ledger.head(head.document)).toBeUndefined();
      expect(await stores.search().nearest(at(0), 5)).toEqual([]);
    });

    it('go when they are deleted, and those that were never there are no error', async () => {
      const [a, b] = await place([0, 10]);
      await commit(({ vectors }) => vectors.delete([a ?? newVectorKey(), newVectorKey()]));
      await commit(({ vectors }) => vectors.delete([]));
      expect((await stores.search().nearest(at(0), 5)).map(({ key }) => key)).toEqual([b]);
    });

    it('agree with a comparison of every one of them', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 179 }), { minLength: 1, maxLength: 12 }),
          fc.integer({ min: 1, max: 15 }),
          async (angles, most) => {
            await commit(({ vectors }) => vectors.delete(keys));
            await place(angles);
            const found = (await stores.search().nearest(at(0), most)).map(({ score }) => score);
            const expected = angles.map((angle) => Math.cos((angle * Math.PI) / 180)).sort((a, b) => b - a);
            expect(found).toEqual(expected.slice(0, most).map((score) => expect.closeTo(score, 4)));
          },
        ),
        { numRuns: 20 },
      );
    });
  });

  describe.skipIf(isAws)('keywords', () => {
    it('rank by BM25', async () => {
      const texts = [
        'pump pump seal',
        'pump valve valve valve',
        'tank',
        'seal',
        'a much longer text that names the pump once among others',
      ];
      const made = await index(texts);
      const lengths = texts.map((text) => text.split(' ').length);
      const average = lengths.reduce((a, b) => a + b) / texts.length;
      const score = (word: string, i: number): number => {
        const having = texts.filter((text) => text.split(' ').includes(word)).length;
        const idf = Math.max(1e-6, Math.log((texts.length - having + 0.5) / (having + 0.5)));
        const count = (texts[i] ?? '').split(' ').filter((one) => one === word).length;
        return (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * (lengths[i] ?? 0)) / average));
      };
      const found = await byKeywords('valve seal');
      const expected = [0, 1, 3].map((i) => ({ key: made[i], score: score('valve', i) + score('seal', i) }));
      expected.sort((a, b) => b.score - a.score);
      expect(found.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
      expect(found.map((one) => one.score)).toEqual(expected.map((one) => expect.closeTo(one.score, 5)));
    });

    it('find a word of the path as well', async () => {
      const [a] = await index([{ path: 'Maintenance\nSafety', text: 'wear gloves' }, 'wear a hat']);
      expect((await byKeywords('safety')).map(({ key }) => key)).toEqual([a]);
    });

    it('care neither for case nor for accents', async () => {
      const [a] = await index(['CAFÉ au lait', 'tea']);
      expect((await byKeywords('cafe')).map(({ key }) => key)).toEqual([a]);
      expect((await byKeywords('Café')).map(({ key }) => key)).toEqual([a]);
    });

    it('at equal score come in the order of their keys, and at most as many as asked for', async () => {
      const made = await index(['same words', 'same words', 'same words', 'others']);
      expect((await byKeywords('same')).map(({ key }) => key)).toEqual(made.slice(0, 3));
      expect(await byKeywords('same', 2)).toHaveLength(2);
    });

    it.each(['', '   ', '"', 'NEAR(', '*', '-', "';--", '(((', 'AND OR NOT'])('take %j for words and not for syntax', async (query) => {
      await index(['harmless text']);
      expect(await byKeywords(query)).toEqual([]);
    });

    it('follow the text of a key that is written again', async () => {
      const [key] = await index(['first words']);
      if (!key) throw new Error('a key');
      await commit(({ keywords }) => keywords.upsert([{ key, path: '', text: 'second words' }]));
      expect(await byKeywords('first')).toEqual([]);
      expect(await byKeywords('second')).toHaveLength(1);
    });

    it('go when they are deleted', async () => {
      const [a, b] = await index(['gone soon', 'gone later']);
      await commit(({ keywords }) => keywords.delete([a ?? newVectorKey(), newVectorKey()]));
      expect((await byKeywords('gone')).map(({ key }) => key)).toEqual([b]);
    });
  });

  it.skipIf(isAws)('a key stays in one index when it leaves the other', async () => {
    const [key] = await place([0]);
    if (!key) throw new Error('a key');
    await commit(({ keywords }) => keywords.upsert([{ key, path: '', text: 'both places' }]));
    await commit(({ vectors }) => vectors.delete([key]));
    expect(await stores.search().nearest(at(0), 5)).toEqual([]);
    expect((await byKeywords('places')).map((one) => one.key)).toEqual([key]);
    await commit(({ keywords }) => keywords.delete([key]));
    expect(await byKeywords('places')).toEqual([]);
  });

  it('a search reads heads and manifests', async () => {
    const head = headOf(newDocument());
    const manifest = manifestOf(head.document);
    await commit(async ({ ledger }) => {
      await ledger.put(head);
      await ledger.putManifest(`m-${head.document}`, manifest);
    });
    const heads = await stores.search().heads([head.document, newDocument()]);
    expect([...heads]).toEqual([[head.document, { ...head, version: 1 }]]);
    expect(await stores.search().manifest(`m-${head.document}`)).toEqual(manifest);
    expect(await stores.search().manifest('none')).toBeUndefined();
  });
});
