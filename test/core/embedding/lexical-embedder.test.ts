import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lexicalEmbedder } from '#core/embedding/lexical-embedder.ts';
import { processorClock } from '#test/processor-time.ts';

const embedder = lexicalEmbedder({ dimensions: 512 });
const vectors = (...texts: string[]): Promise<Float32Array[]> => embedder.embed(texts, 'document');
const dot = (a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
const nearness = async (a: string, b: string): Promise<number> => {
  const [va, vb] = await vectors(a, b);
  return dot(va, vb);
};
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.lorem({ maxCount: 80 }));

test('says its name, its dimensions and that it is lexical', () => {
  expect(embedder.model).toMatch(/^sluice-lexical-\d+$/);
  expect(embedder.dimensions).toBe(512);
  expect(embedder.description).toContain('lexical');
});

test('every text has one vector of unit length', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 5 }), fc.integer({ min: 64, max: 1024 }), async (texts, dimensions) => {
      const found = await lexicalEmbedder({ dimensions }).embed(texts, 'document');
      expect(found).toHaveLength(texts.length);
      for (const vector of found) {
        expect(vector).toHaveLength(dimensions);
        expect(Math.abs(Math.sqrt(dot(vector, vector)) - 1)).toBeLessThan(1e-5);
      }
    }),
    { numRuns: 50 },
  );
});

test('a vector depends on nothing but its text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), async (texts) => {
      const together = await vectors(...texts);
      for (const [i, one] of texts.entries())
        expect((await lexicalEmbedder({ dimensions: 512 }).embed([one], 'document'))[0]).toEqual(together[i]);
    }),
    { numRuns: 50 },
  );
});

test('a vector is the same to the last bit on every machine and in every version of this model', async () => {
  const [vector] = await vectors(
    'The tenant may end the lease with three months’ notice. Die Kündigungsfrist beträgt 3 Monate. 契約は更新されます。 AB-1234',
  );
  const digest = createHash('sha256')
    .update(Buffer.from(vector?.buffer ?? new ArrayBuffer(0)))
    .digest('hex');
  expect(digest.slice(0, 16)).toBe('3809c18ce884dfa0');
});

describe('near is', () => {
  test.each([
    ['the same words in another order', 'the rent is paid in advance', 'in advance the rent is paid'],
    ['another case, accent or compatibility form', 'Café Über die Ｓtraße', 'cafe uber die strasse'],
    ['more stop words', 'termination of the contract', 'what about the termination of a contract'],
  ])('%s', async (_, a, b) => {
    expect(await nearness(a, b)).toBeGreaterThan(0.9);
  });

  test.each([
    ['an inflected form', 'cancelled invoices', 'cancel an invoice', 'a delivered parcel'],
    ['a typing error', 'terminaton of contrct', 'termination of contract', 'delivery of goods'],
    ['a part of a compound', 'Kündigungsfrist', 'Kündigung', 'Lieferung'],
    ['characters of a script without blanks', '契約は毎年更新されます', '契約の更新', '支払い条件について'],
    ['a part number', 'spare part XK-20417', 'XK-20417', 'XK-20981 part'],
    ['a rare word rather than a common one', 'the good year of the spinnaker', 'spinnaker', 'good year'],
  ])('%s', async (_, query, near, far) => {
    expect(await nearness(query, near)).toBeGreaterThan((await nearness(query, far)) + 0.1);
  });

  test('not what shares no word', async () => {
    expect(Math.abs(await nearness('quarterly revenue of the harbour', 'a recipe for lentil soup'))).toBeLessThan(0.2);
  });
});

test('repeating a text changes little: counts saturate', async () => {
  const once = 'The carrier delivers the goods to the harbour.';
  expect(await nearness(once, `${once} `.repeat(20))).toBeGreaterThan(0.9);
});

test.each([
  ['a word without end', 'x'.repeat(2_000_000)],
  ['a text of distinct words', Array.from({ length: 200_000 }, (_, i) => `w${i.toString(36)}q`).join(' ')],
  ['characters without blanks', '契約更新'.repeat(200_000)],
])('takes %s in linear time', async (_, long) => {
  const elapsed = processorClock();
  await vectors(long);
  expect(elapsed()).toBeLessThan(3000);
});
