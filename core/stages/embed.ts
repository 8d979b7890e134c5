import type { EmbeddingKey } from '#schemas/records/ids.ts';
import { type ManifestEntry, Plan } from '#schemas/records/manifest.ts';
import { refuseOtherModel } from '../manifest.ts';
import type { Ports } from '../ports/index.ts';
import { follow, stage } from '../stage.ts';
import { entryText } from './chunk.ts';
import { SHAPES } from './shapes.ts';

/** A plan's batch: the entries that it adds. */
export function batchEntries({ manifest, added, batchSize }: Plan, batch: number): ManifestEntry[] {
  return added.slice(batch * batchSize, (batch + 1) * batchSize).flatMap((i) => manifest.entries[i] ?? []);
}

/** Texts after which vectors are kept: when a service fails in the middle, what it answered is not paid for twice. */
const SLICE = 96;

/** Sees to it that the cache has a vector for every text of the batch; embeds only those that it lacks. */
export const embed = stage({
  name: 'embed',
  ...SHAPES.embed,
  on: ['chunks.planned'],
  async run(detail, { work, embedder, embeddings }: Pick<Ports, 'work' | 'embedder' | 'embeddings'>) {
    const { batch, of } = detail;
    const plan = await work.read(detail.plan, Plan);
    refuseOtherModel('embedding', plan.manifest, embedder);
    const entries = batchEntries(plan, batch);
    const texts = new Map<EmbeddingKey, string>(entries.map((entry) => [entry.embeddingKey, entryText(entry)]));
    const cached = await embeddings.has([...texts.keys()]);
    const missing = [...texts].filter(([key]) => !cached.has(key));
    for (let at = 0; at < missing.length; at += SLICE) {
      const slice = missing.slice(at, at + SLICE);
      const vectors = await embedder.embed(
        slice.map(([, text]) => text),
        'document',
      );
      await embeddings.put(slice.flatMap(([key], i) => (vectors[i] ? [{ key, vector: vectors[i] }] : [])));
    }
    const embedded = missing.length;
    return [follow(detail, 'chunks.embedded', { plan: detail.plan, batch, of, embedded, reused: entries.length - embedded })];
  },
});
