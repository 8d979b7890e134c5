import type { EmbeddingCache } from '#core/ports/indexes.ts';
import type { EmbeddingKey } from '#schemas/records/ids.ts';
import { batchGet, batchWrite, type Item, type Key, keyOf } from './table.ts';

const PREFIX = 'embedding#';
const cacheKey = (key: EmbeddingKey): Key => ({ pk: `${PREFIX}${key}`, sk: 'vector' });
const embeddingOf = (item: Item): EmbeddingKey => (item.pk?.S ?? '').slice(PREFIX.length) as EmbeddingKey;

/** Numbers as four bytes each, the low one first, on any machine. */
function toBytes(vector: Float32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [i, value] of vector.entries()) bytes.setFloat32(i * 4, value, true);
  return new Uint8Array(bytes.buffer);
}

function toVector(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getFloat32(i * 4, true));
}

/** The embedding cache, and the vectors in it for those that write them to a store. */
export type StoredEmbeddings = EmbeddingCache & { get(keys: readonly EmbeddingKey[]): Promise<Map<EmbeddingKey, Float32Array>> };

const distinct = (keys: readonly EmbeddingKey[]): Item[] => [...new Set(keys)].map((key) => keyOf(cacheKey(key)));

export const dynamoEmbeddings = (table: string): StoredEmbeddings => ({
  async has(keys) {
    const items = await batchGet(table, distinct(keys), ['pk']);
    return new Set(items.map(embeddingOf));
  },
  async get(keys) {
    const items = await batchGet(table, distinct(keys));
    return new Map(items.map((item) => [embeddingOf(item), toVector(item.vector?.B ?? new Uint8Array())]));
  },
  async put(entries) {
    // One request may not name an item twice.
    const vectors = new Map(entries.map(({ key, vector }) => [key, vector]));
    const requests = [...vectors].map(([key, vector]) => ({
      PutRequest: { Item: { ...keyOf(cacheKey(key)), vector: { B: toBytes(vector) } } },
    }));
    await batchWrite(table, requests);
  },
});
