import { createHash, randomUUID } from 'node:crypto';
import type { BusEvent, Detail, EventName } from '#schemas/events/index.ts';
import { parseEvent } from '#schemas/events/index.ts';
import type { Head, Observation } from '#schemas/records/head.ts';
import { ContentHash, DocumentId, EmbeddingKey, type VectorKey, vectorKey, WorkKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';

const hex32 = (): string => randomUUID().replaceAll('-', '');

export const newDocument = (): DocumentId => DocumentId.parse(hex32());
export const newEmbeddingKey = (): EmbeddingKey => EmbeddingKey.parse(hex32());
export const newVectorKey = (document = newDocument(), generation = 1): VectorKey => vectorKey(document, hex32(), generation);
export const workKeyOf = (document: DocumentId, generation: number, name = 'chunk-0a', area: 'masked' | 'unmasked' = 'masked'): WorkKey =>
  WorkKey.parse(`${area}/${document}/${generation}/${name}`);

export const sha256 = (bytes: Uint8Array | string): ContentHash => ContentHash.parse(createHash('sha256').update(bytes).digest('hex'));

export const observationOf = (text = 'a'): Observation => ({
  facts: { size: text.length, mtimeNs: '1', ctimeNs: '1', inode: '1' },
  contentHash: sha256(text),
  at: 1_000,
});

export const headOf = (document: DocumentId, changes: Partial<Head> = {}): Head => ({
  document,
  version: 0,
  source: 'files',
  nativeId: `/${document}.txt`,
  uri: `file:///${document}.txt`,
  generation: 1,
  state: 'processing',
  revision: 1,
  observation: observationOf(),
  removed: false,
  committed: null,
  classification: 'internal',
  access: ['public'],
  metadata: { tags: [] },
  updatedAt: 1_000,
  ...changes,
});

export const manifestOf = (document: DocumentId, texts: readonly string[] = ['one']): Manifest => ({
  v: 1,
  document,
  model: 'words',
  dimensions: 64,
  metadata: {},
  format: 'txt',
  entries: texts.map((text, i) => ({
    chunkId: sha256(text).slice(0, 32),
    vectorKey: vectorKey(document, sha256(text).slice(0, 32), 1),
    embeddingKey: EmbeddingKey.parse(sha256(text).slice(32)),
    text,
    path: [],
    start: i,
    end: i + text.length,
    tokens: 1,
  })),
});

type Common = 'v' | 'source' | 'generation' | 'revision' | 'lane' | 'hops';

/** An event as it comes off the bus. */
export function eventOf<N extends EventName>(
  name: N,
  detail: Omit<Detail<N>, Common> & Partial<Pick<Detail<N>, Common & keyof Detail<N>>>,
): BusEvent {
  return parseEvent({
    version: '0',
    id: randomUUID(),
    source: 'sluice',
    'detail-type': name,
    account: '',
    region: '',
    time: '2026-01-01T00:00:00Z',
    resources: [],
    detail: { v: 1, source: 'files', generation: 1, revision: 1, lane: 'bulk', hops: 0, ...detail },
  });
}
