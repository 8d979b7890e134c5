import { documentRecord } from '#core/document-record.ts';
import { relatedTo } from '#core/linking/related.ts';
import type { PipelineReader } from '#core/ports/pipeline-view.ts';
import type { SearchIndex } from '#core/ports/search.ts';
import { heldRecord } from '#core/review/held-record.ts';
import { search } from '#core/search/search.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { PipelineOverview } from '#schemas/records/pipeline-view.ts';
import { readStory } from '../dynamo/dynamo-audit.ts';
import { dynamoTraces } from '../dynamo/dynamo-traces.ts';
import { type LedgerStore, readHeads, readManifest } from '../dynamo/ledger-items.ts';
import { countHeads, listHeads } from './listing.ts';

/** Events of a story that are shown; a document that changes every minute gathers thousands. */
const EVENTS = 300;

export type AwsPipelineViewOptions = {
  ledger: LedgerStore;
  auditTable: string;
  index: SearchIndex;
  queues(): Promise<Pick<PipelineOverview, 'pending' | 'deadLetters'>>;
};

export function awsPipelineView({ ledger, auditTable, index, queues }: AwsPipelineViewOptions): PipelineReader {
  const byId = async (ids: readonly DocumentId[]) => [...(await readHeads(ledger, ids)).values()];
  return {
    async overview() {
      const [counts, messages] = await Promise.all([countHeads(ledger), queues()]);
      const { model, dimensions, description } = index.embedder;
      return { embedder: { model, dimensions, description }, ...counts, ...messages, watched: [] };
    },
    documents: async (query) => (await listHeads(ledger, query)).map(documentRecord),
    held: async (query) => (await listHeads(ledger, { states: ['held'], ...query })).map(heldRecord),
    documentsById: async (ids) => (await byId(ids)).map(documentRecord),
    async document(id) {
      const [[head], events] = await Promise.all([byId([id]), readStory(auditTable, id, EVENTS + 1)]);
      if (!head) return undefined;
      const manifest = (digest: string) => readManifest(ledger, digest);
      const related = await relatedTo(head, { traces: dynamoTraces(ledger.table), headsById: byId, manifest });
      const shown = events.slice(-EVENTS).map(({ document: _, ...event }) => event);
      return { ...documentRecord(head), events: shown, isCut: events.length > EVENTS, ...related };
    },
    search: (request) => search(request, index),
  };
}
