import type { Head } from '#schemas/records/head.ts';
import { type DocumentId, documentOf, type VectorKey } from '#schemas/records/ids.ts';
import type { Manifest, ManifestEntry } from '#schemas/records/manifest.ts';
import type { Hit, SearchMode, SearchRequest, SearchResult } from '#schemas/records/search.ts';
import { partRecords } from '../cases/parts.ts';
import { isFor, mayFind } from '../classification/may-find.ts';
import { withAncestors } from '../describing/tags.ts';
import { SluiceError } from '../errors.ts';
import type { Ranked } from '../ports/indexes.ts';
import type { SearchIndex } from '../ports/search.ts';
import { shownUri } from '../shown-uri.ts';
import { sidecarOf } from '../sidecar-words.ts';
import { fuseRanks, VECTOR_WEIGHT } from './fuse.ts';

/** How many candidates are asked for at first, and by how much more while filters leave too few. */
const FIRST = 100;
const GROWTH = 5;
const MOST = 20_000;

const entitiesOf = ({ metadata }: Head, kind: string): string[] =>
  (metadata.entities ?? []).flatMap(({ type, name }) => (type === kind ? [name] : []));

/** Who knows a tag may filter by it, though readers see it masked. */
const tagsOf = ({ metadata, observation }: Head): string[] => [...metadata.tags, ...withAncestors(sidecarOf(observation).tags ?? [])];

const fields: Record<string, (head: Head) => readonly (string | undefined)[]> = {
  source: (head) => [head.source],
  uri: (head) => [shownUri(head)],
  classification: (head) => [head.classification],
  title: ({ metadata }) => [metadata.title],
  author: ({ metadata }) => [metadata.author],
  language: ({ metadata }) => [metadata.language],
  format: ({ metadata }) => [metadata.format],
  created: ({ metadata }) => [metadata.created],
  modified: ({ metadata }) => [metadata.modified],
  caseKey: ({ metadata }) => [metadata.caseKey],
  tag: tagsOf,
  tags: tagsOf,
  topic: ({ metadata }) => (metadata.topic ? withAncestors([metadata.topic.name]) : []),
  phrase: ({ metadata }) => metadata.keyPhrases ?? [],
  sentiment: ({ metadata }) => [metadata.sentiment?.label],
  entity: ({ metadata }) => (metadata.entities ?? []).map(({ name }) => name),
  organization: (head) => entitiesOf(head, 'ORGANIZATION'),
  location: (head) => entitiesOf(head, 'LOCATION'),
  date: (head) => entitiesOf(head, 'DATE'),
};

const KEYWORD_ADVICE = 'keyword search takes another store: SQLite (one machine), OpenSearch or pgvector';

export const FILTER_FIELDS = Object.keys(fields);

function checkFilters(filters: SearchRequest['filters']): void {
  for (const [field] of filters) {
    if (!Object.hasOwn(fields, field) && !JOINED.test(field)) {
      throw new SluiceError(
        'invalid-filter',
        `filtering by ${field}: there is no such field; there are ${FILTER_FIELDS.join(', ')}, and columns of reference tables (table.column)`,
      );
    }
  }
}

/** A column of a reference table, by the table's name and its own. */
const JOINED = /^[a-z][a-z0-9-]*\../;

const valuesOf = (head: Head, field: string): readonly (string | undefined)[] =>
  (Object.hasOwn(fields, field) ? fields[field]?.(head) : head.metadata.joined?.[field]) ?? [];

/** Whether a head may be served to whoever asks, and is what they filter for. */
const isWanted = (head: Head, { filters, principals }: SearchRequest): boolean =>
  !head.removed &&
  isFor(head, 'retrieval') &&
  mayFind(head, principals) &&
  filters.every(([field, value]) => valuesOf(head, field).includes(value));

/** A search whose mode is settled. */
type Moded = SearchRequest & { mode: SearchMode };

/** A query in which the embedder finds nothing (a `%`) is a vector of zeros, and nothing is near to that. */
async function nearest(index: SearchIndex, query: string, most: number, scope: { source?: string }): Promise<Ranked[]> {
  const [vector] = await index.embedder.embed([query], 'query');
  return vector?.some((value) => value !== 0) ? index.nearest(vector, most, scope) : [];
}

async function candidates(
  { query, mode, filters }: Moded,
  index: SearchIndex,
  most: number,
): Promise<{ ranked: Ranked[]; exhausted: boolean }> {
  const source = filters.find(([field]) => field === 'source')?.[1];
  const scope = source === undefined ? {} : { source };
  const [vectors, keywords] = await Promise.all([
    mode === 'keyword' ? [] : nearest(index, query, most, scope),
    mode === 'vector' ? [] : (index.byKeywords?.(query, most) ?? []),
  ]);
  const exhausted = vectors.length < most && keywords.length < most;
  if (mode === 'vector') return { ranked: vectors, exhausted };
  if (mode === 'keyword') return { ranked: keywords, exhausted };
  const fused = fuseRanks([
    { weight: 1, ids: keywords.map(({ key }) => key) },
    { weight: VECTOR_WEIGHT, ids: vectors.map(({ key }) => key) },
  ]);
  return { ranked: fused.map(({ id, score }) => ({ key: id as VectorKey, score })), exhausted };
}

type Served = { head: Head; entries: Map<VectorKey, ManifestEntry> };

/** Heads and manifests that a search has read, each once. */
function servedBy(
  index: SearchIndex,
  request: SearchRequest,
): (keys: readonly VectorKey[]) => Promise<Map<DocumentId, Served | undefined>> {
  const known = new Map<DocumentId, Served | undefined>();
  return async (keys) => {
    const unknown = [...new Set(keys.map(documentOf))].filter((document) => !known.has(document));
    const heads = await index.heads(unknown);
    for (const document of unknown) {
      const head = heads.get(document);
      const digest = head?.committed?.manifest;
      const manifest = head && digest && isWanted(head, request) ? await index.manifest(digest) : undefined;
      known.set(document, head && manifest ? { head, entries: entriesOf(manifest) } : undefined);
    }
    return known;
  };
}

const byManifest = new WeakMap<Manifest, Map<VectorKey, ManifestEntry>>();

function entriesOf(manifest: Manifest): Map<VectorKey, ManifestEntry> {
  const known = byManifest.get(manifest) ?? new Map(manifest.entries.map((entry) => [entry.vectorKey, entry]));
  byManifest.set(manifest, known);
  return known;
}

function toHit({ head }: Served, entry: ManifestEntry, score: number): Hit {
  const parts = partRecords(head)?.filter(({ leftOut }) => leftOut === null);
  return {
    documentId: head.document,
    uri: shownUri(head),
    chunkId: entry.chunkId,
    score: Number(score.toFixed(6)),
    text: entry.text,
    path: entry.path,
    page: entry.page ?? null,
    start: entry.start,
    end: entry.end,
    title: head.metadata.title ?? null,
    ...(parts && { parts }),
  };
}

/**
 * Ranks chunks by keywords, vectors or both (reciprocal rank fusion, Cormack et al., SIGIR 2009), drops what no
 * committed manifest has or who asks may not see, and fetches on until `top` are found or nothing is left.
 */
export async function search(asked: SearchRequest, index: SearchIndex): Promise<SearchResult> {
  checkFilters(asked.filters);
  const request: Moded = { ...asked, mode: asked.mode ?? (index.byKeywords ? 'hybrid' : 'vector') };
  const degraded = request.mode !== 'vector' && !index.byKeywords ? ['keyword'] : [];
  const served = servedBy(index, request);
  const advice = degraded.length > 0 ? { advice: KEYWORD_ADVICE } : {};
  const result = { query: request.query, mode: request.mode, embedder: index.embedder.model, degraded, ...advice };
  if (request.query.trim() === '') return { ...result, hits: [] };
  for (let most = Math.max(FIRST, request.top * 2); ; most *= GROWTH) {
    const { ranked, exhausted } = await candidates(request, index, most);
    const documents = await served(ranked.map(({ key }) => key));
    const hits: Hit[] = [];
    for (const { key, score } of ranked) {
      const from = documents.get(documentOf(key));
      const entry = from?.entries.get(key);
      if (from && entry) hits.push(toHit(from, entry, score));
      if (hits.length === request.top) break;
    }
    if (hits.length === request.top || exhausted || most >= MOST) return { ...result, hits };
  }
}
