import type { Config } from '#schemas/config.ts';
import type { Detail } from '#schemas/events/index.ts';
import { DescribedDocument } from '#schemas/records/described.ts';
import { type EmbeddingKey, vectorKey } from '#schemas/records/ids.ts';
import type { Manifest, ManifestEntry, Plan } from '#schemas/records/manifest.ts';
import { chunkDocument, chunkIds, embeddedText } from '../chunking/index.ts';
import { labelOf } from '../classification/labels.ts';
import { documentText } from '../document-text.ts';
import { digest, workKey } from '../fingerprint.ts';
import { compareManifests } from '../manifest.ts';
import type { Ports } from '../ports/index.ts';
import { follow, stage } from '../stage.ts';
import { SHAPES } from './shapes.ts';

/** The key under which a text's vector is cached, whatever document it stands in. */
export const embeddingKey = ({ keys, embedder }: Pick<Ports, 'keys' | 'embedder'>, text: string): EmbeddingKey =>
  keys.hash('embedding', `${embedder.model}\u0000${embedder.dimensions}\u0000${text}`) as EmbeddingKey;

/** The text that a manifest's entry was embedded as. */
export const entryText = ({ path, tableHeader, text }: Pick<ManifestEntry, 'path' | 'tableHeader' | 'text'>): string =>
  embeddedText({ path: [...path], text, ...(tableHeader !== undefined && { tableHeader }) });

function wantedEntries(
  extracted: DescribedDocument,
  { document, generation }: Detail<'document.described'>,
  config: Config,
  ports: Pick<Ports, 'keys' | 'embedder'>,
): ManifestEntry[] {
  const chunks = chunkDocument(documentText(extracted.elements), config.chunking);
  const ids = chunkIds(chunks);
  return chunks.map((chunk, i) => {
    const chunkId = ids[i] ?? '';
    const { text, path, start, end, tokens, page, tableHeader } = chunk;
    return {
      chunkId,
      vectorKey: vectorKey(document, chunkId, generation),
      embeddingKey: embeddingKey(ports, embeddedText(chunk)),
      text,
      path,
      start,
      end,
      tokens,
      ...(page !== undefined && { page }),
      ...(tableHeader !== undefined && { tableHeader }),
    };
  });
}

/** Computes the chunks that the document should have, and what that takes from where the index is. */
export const chunk = stage({
  name: 'chunk',
  ...SHAPES.chunk,
  on: ['document.described'],
  async run(detail, ports: Ports) {
    const { ledger, work, policies, embedder, fingerprint } = ports;
    const [extracted, config, head] = await Promise.all([
      work.read(detail.elements, DescribedDocument),
      policies.at(detail.revision),
      ledger.head(detail.document),
    ]);
    const base = head?.committed?.manifest ?? null;
    const committed = base === null ? undefined : await ledger.manifest(base);
    const { metadata } = extracted;
    const { tags = [], ...description } = extracted.description;
    const found = Object.keys(detail.found).sort();
    const label = labelOf(extracted);
    const wanted: Manifest = {
      v: 1,
      document: detail.document,
      model: embedder.model,
      dimensions: embedder.dimensions,
      metadata: tags.length > 0 ? { ...metadata, keywords: [...(metadata.keywords ?? []), ...tags] } : metadata,
      ...(extracted.said && { said: extracted.said }),
      ...(extracted.uri !== undefined && { uri: extracted.uri }),
      format: extracted.format,
      ...(extracted.pages !== undefined && { pages: extracted.pages }),
      ...description,
      ...(found.length > 0 && { found }),
      ...(label !== undefined && { label }),
      entries: wantedEntries(extracted, detail, config, ports),
    };
    const { batchSize } = config.embedding;
    const plan: Plan = {
      v: 1,
      base,
      ...compareManifests(committed, wanted),
      batchSize,
      elements: detail.elements,
      quality: detail.quality,
      fingerprint: fingerprint('embed', config),
    };
    const key = workKey('masked', detail.document, detail.generation, 'chunk', digest(`${fingerprint('chunk', config)}:${base}`, 16));
    await work.write(key, plan);
    const of = Math.ceil(plan.added.length / batchSize);
    if (of === 0) return [follow(detail, 'chunks.embedded', { plan: key, batch: 0, of, embedded: 0, reused: 0 })];
    return Array.from({ length: of }, (_, batch) => follow(detail, 'chunks.planned', { plan: key, batch, of }));
  },
});
