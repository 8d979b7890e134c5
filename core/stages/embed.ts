import type { EmbeddingKey } from '#schemas/records/ids.ts';
import { type ManifestEntry, Plan } from '#schemas/records/manifest.ts';
import type { Ports } from '../ports/index.ts';
import { follow, stage } from '../stage.ts';
import { entryText } from './chunk.ts';
import { SHAPES } from './shapes.ts';

/** A plan's batch: the entries that it adds. */
export function batchEntries({ manifest, added, batchSize }: Plan, batch: number): ManifestEntry[] {
  return added.slice(batch * batchSize, (batch + 1) * batchSize).flatMap((i) => manifest.entries[i] ?? []);
}

/** Sees to it that the cache has a vector for every text of the batch; embeds only those that it lacks. */
export const embed = stage({
  name: 'embed',
  ...SHAPES.embed,
  on: ['chunks.planned'],
  async run(detail, { work, embedder, embeddings }: Pick<Ports, 'work' | 'embedder' | 'embeddings'>) {
    const { plan, batch, of } = detail;
    const entries = batchEntries(await work.read(plan, Plan), batch);
    const texts = new Map<EmbeddingKey, string>(entries.map((entry) => [entry.embeddingKey, entryText(entry)]));
    const cached = await embeddings.has([...texts.keys()]);
    const missing = [...texts].filter(([key]) => !cached.has(key));
    const vectors = await embedder.embed(
      missing.map(([, text]) => text),
      'document',
    );
    await embeddings.put(missing.flatMap(([key], i) => (vectors[i] ? [{ key, vector: vectors[i] }] : [])));
    return [follow(detail, 'chunks.embedded', { plan, batch, of, embedded: missing.length, reused: entries.length - missing.length })];
  },
});
