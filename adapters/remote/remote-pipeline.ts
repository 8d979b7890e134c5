import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import type { LetterCount } from '#core/ports/dead-letters.ts';
import type { Pipeline } from '#core/ports/pipeline.ts';
import { reportOf } from '#core/quality/report/report.ts';
import { added, NOTHING } from '#core/quality/report/tally.ts';
import type { Config, Purpose } from '#schemas/config.ts';
import type { DocumentState } from '#schemas/records/head.ts';
import {
  ExportAnswer,
  type ExportedChunk,
  QualityAnswer,
  ReconcileAnswer,
  type Reconciliation,
  RedriveAnswer,
} from '#schemas/records/operations.ts';
import type { DocumentRecord, DocumentStory, HeldRecord, PipelineOverview } from '#schemas/records/pipeline-view.ts';
import type { QualityReport } from '#schemas/records/quality-report.ts';
import type { SearchRequest, SearchResult } from '#schemas/records/search.ts';
import { type Client, type ClientOptions, remoteClient } from './client.ts';
import { erasable, erase } from './erasing.ts';
import { ingest, refresh } from './remote-passes.ts';
import type { WaitOptions } from './waiting.ts';

export type RemotePipelineOptions = ClientOptions & {
  /** Of this machine: which files are never read, and where sources lie. */
  config(): Promise<Config>;
  wait?: Partial<WaitOptions>;
};

const WAIT: WaitOptions = { pauseMs: 500, patienceMs: 20 * 60_000, storyMs: 90_000 };
const LISTED = 200;

/** An answer that our own API made from the same types, told from that of another server by its fields. */
const having = <T extends object>(...names: (keyof T & string)[]) =>
  z.custom<T>((value) => typeof value === 'object' && value !== null && names.every((name) => name in value));

const Searched = having<SearchResult>('hits', 'degraded');
const Overview = having<PipelineOverview>('documents', 'chunks');
const Documents = having<{ documents: DocumentRecord[]; more: boolean }>('documents', 'more');
const Held = having<{ documents: HeldRecord[]; more: boolean }>('documents', 'more');
const Reviewed = having<DocumentRecord>('documentId', 'state');
const Story = having<DocumentStory>('documentId', 'events');

function search(client: Client, { query, top, mode, filters, principals }: SearchRequest): Promise<SearchResult> {
  if (principals.length > 0)
    throw new SluiceError('invalid-input', '--principal: a deployed pipeline takes who asks from the token alone (--token)');
  return client.get('api/search', Searched, {
    q: query,
    top: String(top),
    ...(mode && { mode }),
    filter: filters.map(([field, value]) => `${field}=${value}`),
  });
}

async function documents(client: Client, states: readonly DocumentState[], most: number): Promise<DocumentRecord[]> {
  const found: DocumentRecord[] = [];
  for (let more = true; more && found.length < most; ) {
    const limit = Math.min(LISTED, most - found.length);
    const page = await client.get('api/documents', Documents, { state: states, limit: String(limit), offset: String(found.length) });
    found.push(...page.documents);
    more = page.more;
  }
  return found;
}

async function held(client: Client, most: number): Promise<HeldRecord[]> {
  const found: HeldRecord[] = [];
  for (let more = true; more && found.length < most; ) {
    const limit = Math.min(LISTED, most - found.length);
    const page = await client.get('api/review', Held, { limit: String(limit), offset: String(found.length) });
    found.push(...page.documents);
    more = page.more;
  }
  return found;
}

async function story(client: Client, name: string): Promise<DocumentStory | undefined> {
  try {
    return await client.post('api/story', Story, { name });
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'not-found') return undefined;
    throw error;
  }
}

async function* chunks(client: Client, source: string | undefined, purpose: Purpose | undefined): AsyncGenerator<ExportedChunk> {
  let cursor: string | undefined;
  do {
    const asked = { ...(source !== undefined && { source }), ...(purpose && { purpose }), ...(cursor !== undefined && { cursor }) };
    const page = await client.post('api/export', ExportAnswer, asked);
    yield* page.chunks;
    cursor = page.next;
  } while (cursor !== undefined);
}

async function reconcile(client: Client): Promise<Reconciliation> {
  const sum: Reconciliation = { drift: 0, missing: 0, ghosts: 0, broken: 0, stale: 0, documents: 0, chunks: 0, unsynced: 0 };
  let cursor: string | undefined;
  do {
    const { found, next } = await client.post('api/reconcile', ReconcileAnswer, cursor === undefined ? {} : { cursor });
    sum.drift += found.drift;
    sum.missing += found.missing;
    sum.ghosts += found.ghosts;
    sum.broken += found.broken;
    sum.stale += found.stale;
    sum.documents += found.documents;
    sum.chunks += found.chunks;
    sum.unsynced += found.unsynced;
    cursor = next;
  } while (cursor !== undefined);
  return sum;
}

async function quality(client: Client, source: string | undefined): Promise<QualityReport> {
  let sum = NOTHING;
  let cursor: string | undefined;
  do {
    const asked = { ...(source !== undefined && { source }), ...(cursor !== undefined && { cursor }) };
    const { tally, next } = await client.post('api/quality', QualityAnswer, asked);
    sum = added(sum, tally);
    cursor = next;
  } while (cursor !== undefined);
  return reportOf(sum);
}

async function redrive(client: Client, stage: string | undefined): Promise<LetterCount[]> {
  const counts = new Map<string, LetterCount>();
  for (let more = true; more; ) {
    const answer = await client.post('api/redrive', RedriveAnswer, stage === undefined ? {} : { stage });
    for (const letter of answer.moved) {
      const key = `${letter.stage} ${letter.code}`;
      counts.set(key, { ...letter, count: letter.count + (counts.get(key)?.count ?? 0) });
    }
    more = answer.more;
  }
  return [...counts.values()];
}

/** A deployed pipeline through its API. */
export function remotePipeline({ config, wait, ...options }: RemotePipelineOptions): Pipeline {
  const client = remoteClient(options);
  const passing = { client, config, backoffMs: options.backoffMs ?? 200, wait: { ...WAIT, ...wait } };
  return {
    search: async (request) => search(client, request),
    async overview() {
      const { embedder, watched: _, ...told } = await client.get('api/overview', Overview);
      return { ...told, embedder: { model: embedder.model, dimensions: embedder.dimensions } };
    },
    documents: (states, most) => documents(client, states, most),
    held: (most) => held(client, most),
    quality: (source) => quality(client, source),
    review: (request) => client.post('api/review', Reviewed, request),
    story: (name) => story(client, name),
    chunks: (source, purpose) => chunks(client, source, purpose),
    erasable: (request) => erasable(client, request),
    erase: (request) => erase(client, request),
    reconcile: () => reconcile(client),
    ingest: (request, listener) => ingest(passing, request, listener),
    refresh: (source, listener) => refresh(passing, source, listener),
    redrive: (stage) => redrive(client, stage),
    close: async () => undefined,
  };
}
