import { documentRecord } from '#core/document-record.ts';
import { relatedTo } from '#core/linking/related.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import type { PipelineView } from '#core/ports/pipeline-view.ts';
import { heldRecord } from '#core/review/held-record.ts';
import { search } from '#core/search/search.ts';
import { servedChunks } from '#core/served-chunks.ts';
import type { DocumentState, Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { PipelineOverview } from '#schemas/records/pipeline-view.ts';
import { memorySearchIndex } from './memory-search.ts';
import { memoryTraces } from './memory-traces.ts';
import type { Store } from './store.ts';

/** Messages of this priority and above only record what happened. */
const RECORDING = 1_000;

const newestFirst = (a: Head, b: Head): number => b.updatedAt - a.updatedAt || (a.document < b.document ? 1 : -1);

function lettersOf(store: Store): PipelineOverview['deadLetters'] {
  const counts = new Map<string, { stage: string; code: string; count: number }>();
  for (const { stage, code } of store.deadLetters.values()) {
    const known = counts.get(`${stage}\n${code}`);
    if (known) known.count += 1;
    else counts.set(`${stage}\n${code}`, { stage, code, count: 1 });
  }
  return [...counts.values()].sort((a, b) => (`${a.stage}\n${a.code}` < `${b.stage}\n${b.code}` ? -1 : 1));
}

function statesOf(heads: readonly Head[]): Record<DocumentState, number> {
  const documents = { processing: 0, indexed: 0, rejected: 0, held: 0, failed: 0, removed: 0 };
  for (const { state } of heads) documents[state] += 1;
  return documents;
}

/** `changes` tells of documents that may have changed. */
export const memoryPipelineView = ({
  store,
  embedder,
  changes,
}: {
  store: Store;
  embedder: Embedder;
  changes: (listener: (document: DocumentId) => void) => () => void;
}): PipelineView => ({
  async overview() {
    const heads = [...store.heads.values()];
    const { model, dimensions, description } = embedder;
    return {
      embedder: { model, dimensions, description },
      documents: statesOf(heads),
      chunks: heads.reduce((sum, head) => sum + servedChunks(head), 0),
      pending: [...store.messages.values()].filter(({ priority }) => priority < RECORDING).length,
      deadLetters: lettersOf(store),
      watched: [],
    };
  },
  async documents({ states, text = '', limit, offset }) {
    const wanted = text.trim().toLowerCase();
    const found = [...store.heads.values()].filter(
      ({ state, nativeId }) => (states.length === 0 || states.includes(state)) && nativeId.toLowerCase().includes(wanted),
    );
    return found
      .sort(newestFirst)
      .slice(offset, offset + limit)
      .map(documentRecord);
  },
  async held({ limit, offset }) {
    const heads = [...store.heads.values()].filter(({ state }) => state === 'held');
    return heads
      .sort(newestFirst)
      .slice(offset, offset + limit)
      .map(heldRecord);
  },
  documentsById: async (ids) => ids.flatMap((id) => store.heads.get(id) ?? []).map(documentRecord),
  async document(id) {
    const head = store.heads.get(id);
    if (!head) return undefined;
    const entries = [...store.audit.values()].filter(({ document }) => document === id);
    const related = await relatedTo(head, {
      traces: memoryTraces({ store, writes: [] }),
      headsById: async (ids) => ids.flatMap((other) => store.heads.get(other) ?? []),
      manifest: async (digest) => store.manifests.get(digest),
    });
    return { ...documentRecord(head), events: entries.map(({ document: _, ...event }) => event), isCut: false, ...related };
  },
  search: (request) => search(request, memorySearchIndex(store, embedder)),
  subscribe: changes,
});
