import type { EmbeddingCache } from '#core/ports/indexes.ts';
import type { EmbeddingKey } from '#schemas/records/ids.ts';
import { batchGet, batchWrite, type Item, type Key, keyOf, updateItem } from './table.ts';

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

/** A vector that nothing asks for goes after this time; one that is asked for with less than a third of it left gets all of it anew. */
const KEPT_DAYS = 180;

const distinct = (keys: readonly EmbeddingKey[]): Item[] => [...new Set(keys)].map((key) => keyOf(cacheKey(key)));

/** Gives a vector all of its time anew, unless it went meanwhile: then it is missed, and made again. */
const keep = (table: string, key: EmbeddingKey, expires: number): Promise<boolean> =>
  updateItem(table, cacheKey(key), {
    UpdateExpression: 'SET expires = :expires',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':expires': { N: String(expires) } },
  });

export function dynamoEmbeddings(table: string, now: () => number, keptDays = KEPT_DAYS): StoredEmbeddings {
  const kept = keptDays * 86_400;
  const known = async (keys: readonly EmbeddingKey[]): Promise<Item[]> => batchGet(table, distinct(keys), ['pk', 'expires']);
  return {
    async has(keys) {
      const items = await known(keys);
      const seconds = Math.floor(now() / 1000);
      const old = items.filter(({ expires }) => Number(expires?.N ?? 0) < seconds + kept / 3);
      await Promise.all(old.map((item) => keep(table, embeddingOf(item), Math.floor(seconds + kept))));
      return new Set(items.map(embeddingOf));
    },
    async get(keys) {
      const items = await batchGet(table, distinct(keys));
      return new Map(items.map((item) => [embeddingOf(item), toVector(item.vector?.B ?? new Uint8Array())]));
    },
    async put(entries) {
      // A key has one vector: what another function wrote meanwhile stays. One request may not name an item twice.
      const there = new Set((await known(entries.map(({ key }) => key))).map(embeddingOf));
      const vectors = new Map(entries.flatMap(({ key, vector }) => (there.has(key) ? [] : [[key, vector] as const])));
      const expires = { N: String(Math.floor(now() / 1000 + kept)) };
      const requests = [...vectors].map(([key, vector]) => ({
        PutRequest: { Item: { ...keyOf(cacheKey(key)), vector: { B: toBytes(vector) }, expires } },
      }));
      await batchWrite(table, requests);
    },
    async delete(keys) {
      await batchWrite(
        table,
        distinct(keys).map((Key) => ({ DeleteRequest: { Key } })),
      );
    },
  };
}
